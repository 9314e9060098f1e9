"""Writes order40.json: Taylor coefficients 0 to 40 of the primitives at one
point each, from mpmath at 120 digits. Needs mpmath; run by hand."""
import json
from mpmath import mp, mpf, taylor, diff, nstr
import mpmath as m

mp.dps = 120
sqrt2 = m.sqrt(2)
F = {
    "Sqrt": (m.sqrt, "1.7"),
    "Cbrt": (m.cbrt, "0.9"),
    "Exp": (m.exp, "0.3"),
    "Exp2": (lambda x: mpf(2) ** x, "0.7"),
    "Expm1": (m.expm1, "0.2"),
    "Log": (m.log, "1.3"),
    "Log2": (lambda x: m.log(x, 2), "3.5"),
    "Log10": (m.log10, "0.8"),
    "Log1p": (m.log1p, "0.4"),
    "Sin": (m.sin, "0.7"),
    "Cos": (m.cos, "2.2"),
    "Tan": (m.tan, "0.6"),
    "Asin": (m.asin, "0.3"),
    "Acos": (m.acos, "-0.4"),
    "Atan": (m.atan, "0.9"),
    "Sinh": (m.sinh, "1.1"),
    "Cosh": (m.cosh, "0.5"),
    "Tanh": (m.tanh, "0.8"),
    "Asinh": (m.asinh, "1.5"),
    "Acosh": (m.acosh, "2.5"),
    "Atanh": (m.atanh, "0.35"),
    "Erf": (m.erf, "0.6"),
    "Erfc": (m.erfc, "1.4"),
    "Erfcx": (lambda x: m.exp(x * x) * m.erfc(x), "0.7"),
    "Erfinv": (m.erfinv, "0.25"),
    "NormCDF": (lambda x: m.erfc(-x / sqrt2) / 2, "0.4"),
    "LogNormCDF": (lambda x: m.log(m.erfc(-x / sqrt2) / 2), "-0.6"),
    "Gamma": (m.gamma, "2.3"),
    "Lgamma": (m.loggamma, "3.1"),
    "Digamma": (m.digamma, "1.6"),
    "Logistic": (lambda x: 1 / (1 + m.exp(-x)), "0.9"),
    "Softplus": (lambda x: m.log1p(m.exp(x)), "-0.3"),
    "Sinc": (m.sinc, "1.2"),
    "LambertW": (lambda x: m.lambertw(x), "0.8"),
}


def coefficients(f, x, n=40):
    # By the integral of Cauchy on a circle within the radius of convergence:
    # the trapezoidal rule converges geometrically.
    r, p = RADIUS.get(f, mpf(1) / 8), 512
    v = [f(x + r * m.expjpi(mpf(2) * i / p)) for i in range(p)]
    return [(sum(v[i] * m.expjpi(-mpf(2) * i * k / p) for i in range(p)) / p / r**k).real for k in range(n + 1)]


RADIUS = {}
# erfinv is real only in mpmath: revert the series of erf instead.
def erfinv_series(x, n=40):
    y = m.erfinv(x)
    a = m.taylor(m.erf, y, n)
    a[0] = mpf(0)
    b = [mpf(0)] * (n + 1)  # t(s) with a(t) = s
    b[1] = 1 / a[1]
    for k in range(2, n + 1):
        # coefficient k of a(b) with b[k] = 0, by Horner
        s = [mpf(0)] * (k + 1)
        for c in reversed(a[1 : k + 1]):
            s[0] += c
            t = [mpf(0)] * (k + 1)
            for i in range(k + 1):
                for j in range(k + 1 - i):
                    t[i + j] += s[i] * b[j]
            s = t
        b[k] = -s[k] / a[1]
    b[0] = y
    return b


out = {}
for name, (f, s) in F.items():
    x = mpf(float(s))
    c = erfinv_series(x) if name == "Erfinv" else coefficients(f, x)
    out[name] = {"x": float(s), "c": [nstr(v, 20) for v in c]}
    print(name, flush=True)
json.dump(out, open("order40.json", "w"), indent=0)
