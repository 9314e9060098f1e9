"""Writes sweep.json: derivatives 0 to 9 of every primitive of one argument,
computed with mpmath, at points all over its domain: extreme exponents,
neighbours of branch points, tails.

    python3 gen_sweep.py > sweep.json
"""
import json
import sys
from fractions import Fraction
from mpmath import mp, mpf
import mpmath as m

mp.dps = 60
ORDER = 9


def lambertw(x):
    return m.lambertw(x)


def logncdf(x):
    if x > 0:
        return m.log1p(-m.erfc(x / m.sqrt(2)) / 2)
    return m.log(m.erfc(-x / m.sqrt(2)) / 2)


def lgamma(x):
    return m.log(abs(m.gamma(x))) if x < 0 else m.loggamma(x)


def bessel(kind, n):
    """Returns the function of x that lists the derivatives of a Bessel
    function, by DLMF 10.6.7 and 10.29.5."""
    f = {"J": m.besselj, "Y": m.bessely, "I": m.besseli, "K": m.besselk}[kind]
    sign = -1 if kind in "JY" else 1

    def order(n, x):
        return f(n, x) if n >= 0 else sign**n * f(-n, x)

    def derivatives(x):
        x = mpf(x)
        d = [sum(sign**i * m.binomial(k, i) * order(n - k + 2 * i, x) for i in range(k + 1)) / 2**k
             for k in range(ORDER + 1)]
        return [(-1)**k * y if kind == "K" else y for k, y in enumerate(d)]

    return derivatives


wide = [1e-300, 1e-160, 1e-100, 1e-20, 1e-9, 1e-5, 0.01, 0.1, 0.3, 0.5, 0.7,
        0.999, 1.0, 1.001, 1.7, 2.0, 3.1, 5.3, 10.1, 25.0, 40.0, 100.0, 1e4,
        1e9, 1e20, 1e100, 1e160, 1e300]
both = [-x for x in wide[::-1]] + [0.0] + wide
upto = lambda b: [x for x in wide if x <= b]
sym = lambda b: [x for x in both if abs(x) <= b]
near1 = [0.9, 0.999, 1 - 1e-9, 1 - 2**-52, 1 - 2**-53]
unit = [-x for x in near1[::-1]] + sym(0.8) + near1

# Functions that mpmath is slow at with a thousand digits skip the extremes.
slow = {"Erf", "Erfcx", "Erfinv", "Gamma", "Lgamma", "Digamma",
        "NormCDF", "LogNormCDF", "LambertW", "BesselJ 0", "BesselJ 3",
        "BesselI 0", "BesselI 3"}

# name: (function, points)
prims = {
    "Sqrt": (m.sqrt, wide),
    "Cbrt": (m.cbrt, wide),
    "Exp": (m.exp, sym(40) + [-700.0, -100.0, 100.0, 700.0]),
    "Exp2": (lambda x: mpf(2)**x, sym(40) + [-1000.0, 1000.0]),
    "Expm1": (m.expm1, sym(40) + [-700.0, 700.0]),
    "Log": (m.log, wide),
    "Log2": (lambda x: m.log(x) / m.log(2), wide),
    "Log10": (lambda x: m.log(x) / m.log(10), wide),
    "Log1p": (m.log1p, sym(0.8) + [-1 + 2**-53, -1 + 1e-9, -0.999] + wide),
    "Sin": (m.sin, sym(1e9)),
    "Cos": (m.cos, sym(1e9)),
    "Tan": (m.tan, sym(1e4)),
    "Asin": (m.asin, unit),
    "Acos": (m.acos, unit),
    "Atan": (m.atan, both),
    "Sinh": (m.sinh, sym(40) + [-700.0, 700.0]),
    "Cosh": (m.cosh, sym(40) + [-700.0, 700.0]),
    "Tanh": (m.tanh, sym(40) + [-300.0, 300.0]),
    "Asinh": (m.asinh, both),
    "Acosh": (m.acosh, [1 + 2**-52, 1 + 1e-12, 1 + 1e-6] + [x for x in wide if x > 1]),
    "Atanh": (m.atanh, unit),
    "Erf": (m.erf, sym(5.5)),
    "Erfc": (m.erfc, sym(5.5) + [10.1, 20.0, 26.0, -25.0]),
    "Erfcx": (lambda x: m.exp(x * x) * m.erfc(x), sym(5.5) + [-20.0, 10.1, 25.0, 100.0, 1e4, 1e9, 1e20]),
    "Erfinv": (m.erfinv, [x for x in unit if abs(x) < 1 - 1e-10]),
    "Gamma": (m.gamma, [x for x in sym(0.8) if abs(x) > 1e-101] + [-10.3, -3.7, -1.5, 1.0, 1.4616321449683623, 2.0, 3.1, 10.1, 25.0, 100.0, 170.0]),
    "Lgamma": (lgamma, [x for x in sym(0.8) if x > 0] + [-10.3, -3.7, -1.5, 1.0, 1.001, 2.0, 1.999, 3.1, 10.1, 100.0, 1e4, 1e20, 1e300]),
    "Digamma": (m.digamma, [x for x in sym(0.8) if abs(x) > 1e-61] + [-10.3, -3.7, -1.5, 1.0, 2.0, 3.1, 10.1, 100.0, 1e4, 1e20]),
    "Logistic": (lambda x: 1 / (1 + m.exp(-x)), sym(40) + [-700.0, -100.0, 100.0, 700.0]),
    "Softplus": (lambda x: m.log1p(m.exp(x)), sym(40) + [-700.0, -100.0, 100.0, 700.0]),
    "Sinc": (m.sinc, sym(1e4)),
    "LambertW": (lambertw, [-0.36787944117144, -0.3678, -0.3, -0.1] + [-x for x in upto(0.01)] + [0.0] + wide),
    "NormCDF": (m.ncdf, sym(5.5) + [-37.0, -20.0, -10.0, 8.0]),
    "LogNormCDF": (logncdf, sym(5.5) + [-1e9, -1e4, -100.0, -37.0, 10.0, 20.0, 30.0]),
    "PowReal 2.5": (lambda x: x**mpf(2.5), [x for x in wide if 1e-101 < x < 1e101]),
    "PowReal -1.5": (lambda x: x**mpf(-1.5), [x for x in wide if 1e-61 < x < 1e101]),
    "PowInt 3": (lambda x: x**3, sym(1e100)),
    "PowInt 7": (lambda x: x**7, sym(1e20)),
    "Polygamma 1": (lambda x: m.psi(1, x), [x for x in wide if 1e-41 < x < 1e41] + [-0.3, -1.5]),
    "Polygamma 3": (lambda x: m.psi(3, x), [x for x in wide if 1e-30 < x < 1e41] + [-0.3, -1.5]),
    "BesselJ 0": (bessel("J", 0), sym(100)),
    "BesselJ 3": (bessel("J", 3), [x for x in sym(100) if x == 0 or abs(x) > 1e-61]),
    "BesselY 0": (bessel("Y", 0), [x for x in upto(100) if x > 1e-6]),
    "BesselY 2": (bessel("Y", 2), [x for x in upto(100) if x > 1e-6]),
    "BesselI 0": (bessel("I", 0), sym(100) + [600.0]),
    "BesselI 3": (bessel("I", 3), [x for x in sym(100) if x == 0 or abs(x) > 1e-61] + [600.0]),
    "BesselK 0": (bessel("K", 0), [x for x in upto(100) if x > 1e-6] + [600.0]),
    "BesselK 2": (bessel("K", 2), [x for x in upto(100) if x > 1e-6] + [600.0]),
}


POINTS = range(-ORDER, ORDER + 1)


def weights():
    """The coefficients of the Lagrange polynomials of POINTS: those of order k
    times k! are the weights of the k-th derivative at 0."""
    w = []
    for p in POINTS:
        c = [Fraction(1)]
        for q in POINTS:
            if q != p:  # times (t-q)/(p-q)
                c = [(a - q * b) / (p - q) for a, b in zip([0] + c, c + [0])]
        w.append(c)
    return w


WEIGHTS = weights()


def derivatives(f, x):
    # Central differences in very high precision: the step is far below the
    # scale of any of these functions, the digits far beyond the step.
    x = mpf(x)
    scale = near_end(x) or abs(x) or mpf(1)
    with m.workdps(560 + ORDER * (20 + int(abs(m.log10(scale))))):
        h = scale * mpf(10)**-20
        v = [f(x + j * h) for j in POINTS]
        d = [m.factorial(k) / h**k * sum(m.fraction(w[k].numerator, w[k].denominator) * y for w, y in zip(WEIGHTS, v))
             for k in range(ORDER + 1)]
        noise = abs(v[ORDER]) * mpf(10)**(20 - mp.dps)
        d = [m.re(y) for y in d]
        return [y if abs(y) > max(noise / h**k, 1e-100 if abs(x) in (0, 1) else 0) else 0
                for k, y in enumerate(d)]


def near_end(x):
    # distance to a branch point among those of the functions above
    d = [abs(x - c) for c in (mpf(1), mpf(-1), -m.exp(-1))]
    d = min(d)
    return d if 0 < d < mpf(10)**-3 else 0


def number(y):
    """17 digits; no more of a number beyond the range of float64 than that."""
    if abs(y) < mpf(10)**-330:
        return "0"
    if abs(y) > mpf(10)**310:
        return "1e999" if y > 0 else "-1e999"
    s = m.nstr(y, 17)
    return s[:-2] if s.endswith(".0") else s.replace(".0e", "e")


names = []
for name, (f, points) in prims.items():
    print(name, file=sys.stderr)
    rows = []
    for x in points:
        if (name in slow or name == "Erfc") and x != 0 and not 1e-25 < abs(x) < 1e25:
            continue
        d = f(x) if name.startswith("Bessel") else derivatives(f, x)
        rows.append('[%s,%s]' % (json.dumps(float(x)), ",".join('"%s"' % number(y) for y in d)))
    names.append('"%s": [\n%s\n]' % (name, ",\n".join(rows)))
print("{\n%s\n}" % ",\n".join(names))
