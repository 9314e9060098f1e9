#!/usr/bin/env python3
"""Generates erf.json, normal.json, logistic.json, sinc.json and lambertw.json.

Usage: python3 gen_erf.py          writes the golden tables next to this file
       python3 gen_erf.py coef     prints the coefficients used by the Go code

Needs mpmath. Each file is an object that maps the name of a function to rows
[x, value] or, for the functions with an order, [k, x, value]. Arguments and
values are hexadecimal floating-point strings, so that they are exact; a value
is the exact one rounded to 106 bits and given as two numbers "hi lo", which
lets the tests measure fractions of an ulp.
"""
import json
import math
import os
import random
import sys

import mpmath
from mpmath import mp, mpf

random.seed(20240229)
mp.prec = 300
HERE = os.path.dirname(os.path.abspath(__file__))
MAX = sys.float_info.max


# Reference functions, each of an mpf.

def expnegsqr(x):
    return mpmath.exp(-x * x)


def erfcx(x):
    if x > 1e6:
        t = s = mpf(1)
        for n in range(1, 14):
            t *= -(2 * n - 1) / (2 * x * x)
            s += t
        return s / (x * mpmath.sqrt(mpmath.pi))
    return mpmath.exp(x * x) * mpmath.erfc(x)


def erfcx_derivative(k, x):
    if k == 0:
        return erfcx(x)
    if x < 0:
        y0 = erfcx(x)
        y1 = 2 * x * y0 - 2 / mpmath.sqrt(mpmath.pi)
        for j in range(1, k):
            y0, y1 = y1, 2 * x * y1 + 2 * j * y0
        return y1
    c = (-1) ** k * mpmath.factorial(k) / mpmath.sqrt(mpmath.pi)
    if x > 1e6:
        t = s = mpf(1)
        for n in range(1, 12):
            t *= -mpf(k + 2 * n - 1) * (k + 2 * n) / (4 * n * x * x)
            s += t
        return c * s / x ** (k + 1)
    if x == 0:
        return c * mpmath.sqrt(mpmath.pi) / mpmath.gamma(mpf(k) / 2 + 1)
    return c * mpmath.hyperu(mpf(k + 1) / 2, mpf(1) / 2, x * x)


def erfinv(x):
    if abs(x) < 1e-30:
        return x * mpmath.sqrt(mpmath.pi) / 2
    return mpmath.erfinv(x)


def normcdf(x):
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def lognormcdf(x):
    if x > 0:
        return mpmath.log1p(-mpmath.erfc(x / mpmath.sqrt(2)) / 2)
    return mpmath.log(erfcx(-x / mpmath.sqrt(2)) / 2) - x * x / 2


def logistic(x):
    return 1 / (1 + mpmath.exp(-x))


def softplus(x):
    return x if x > 1000 else mpmath.log1p(mpmath.exp(x))


def sinc(x):
    with mpmath.workprec(1400):
        return mpmath.sin(x) / x if x else mpf(1)


def sinc_derivative(k, x):
    if k == 0:
        return sinc(x)
    with mpmath.workprec(1400 if abs(x) > 1000 else 600 + 12 * k):
        x = mpf(x)
        if abs(x) > k or abs(x) > 3 and k < 30:
            s, c = mpmath.sin(x), mpmath.cos(x)
            y = s / x
            for j in range(1, k + 1):
                s, c = c, -s
                y = (s - j * y) / x
            return y
        n = k & 1
        t = x if n else mpf(1)
        if (n + k) & 2:
            t = -t
        s = t / (n + k + 1)
        while t and (n <= abs(x) or abs(t) > abs(s) * mpf(2) ** -200):
            n += 2
            t *= -x * x / (n * (n - 1))
            s += t / (n + k + 1)
        return s


def lambertw(x):
    if abs(x) < 1e-80:
        return x
    return mpmath.lambertw(x).real


# Arguments.

def lin(a, b, n):
    """n random points of [a, b]"""
    return [random.uniform(a, b) for _ in range(n)]


def log(a, b, n):
    """n random points, log-uniform between 10**a and 10**b"""
    return [10 ** random.uniform(a, b) for _ in range(n)]


def neg(xs):
    return [-x for x in xs]


def near(*xs):
    """the xs, the two neighbours of each on both sides, and two points close by"""
    r = []
    for x in xs:
        d = u = x
        r.append(x)
        for _ in range(2):
            d, u = math.nextafter(d, -math.inf), math.nextafter(u, math.inf)
            r += [d, u]
        r += [x * (1 - 1e-6), x * (1 + 1e-6)]
    return r


SUB = [5e-324, 1e-323, 1e-310, 2.2250738585072014e-308]
BRANCH = -0.36787944117144233  # the float64 below -1/e
branch = []
x = BRANCH
for _ in range(20):
    x = math.nextafter(x, 0)
    branch.append(x)


def words(v):
    """v as two hexadecimal float64 numbers, or one if v overflows or is subnormal"""
    if abs(v) >= mpf(MAX) * (1 + mpf(2) ** -54):
        return "inf" if v > 0 else "-inf"
    if abs(v) < mpf(2) ** -1022:
        # float(v) is not rounded correctly here.
        return math.ldexp(int(mpmath.nint(v * mpf(2) ** 1074)), -1074).hex()
    hi = float(v)
    if math.isinf(hi):
        hi = math.copysign(MAX, hi)
    lo = float(v - mpf(hi))
    return hi.hex() if lo == 0 else hi.hex() + " " + lo.hex()


def table(f, xs):
    return [[x.hex(), words(f(mpf(x)))] for x in xs]


def ktable(f, kxs):
    return [[k, x.hex(), words(f(k, mpf(x)))] for k, x in kxs]


def write(name, tables):
    with open(os.path.join(HERE, name), "w") as w:
        w.write("{\n")
        for i, (k, rows) in enumerate(tables.items()):
            w.write(("" if i == 0 else ",\n") + json.dumps(k) + ": [\n")
            w.write(",\n".join(json.dumps(r) for r in rows) + "\n]")
        w.write("\n}\n")
    for k, rows in tables.items():
        print(name, k, len(rows))


def orders(ks, xs):
    return [(k, x) for k in ks for x in xs]


def golden():
    small = log(-300, -1, 30) + SUB
    both = small + neg(small)
    write("erf.json", {
        "ExpNegSqr": table(expnegsqr, both + lin(-1, 1, 60) + lin(1, 26.6, 80) + lin(-26.6, -1, 40)
                           + lin(26.5, 27.3, 40) + near(26.615, 27.2, -27.29)),
        "Erfc": table(mpmath.erfc, both + lin(-6, 0.25, 60) + lin(0.25, 3, 100) + lin(3, 26.5, 60)
                      + lin(26.5, 27.3, 30) + near(0.25, 0.5, 1.25, 2.5, 6.0, 26.54)),
        "Erfcx": table(erfcx, both + lin(0, 0.5, 60) + lin(0.5, 1.25, 60) + lin(1.25, 2.5, 60)
                       + lin(2.5, 6, 60) + lin(6, 40, 30) + log(1, 308.2, 40) + [MAX]
                       + lin(-1, 0, 40) + lin(-7, -1, 40) + lin(-26.7, -6, 60)
                       + near(0.5, 1.25, 2.5, 6.0, -6.5, -0.5, -26.62873571375149)),
        "Erfinv": table(erfinv, both + lin(-0.5, 0.5, 100) + lin(0.5, 1, 60) + lin(-1, -0.5, 60)
                        + [1 - t for t in log(-15.9, -1, 60)] + near(2.0 ** -27, 0.5, -0.5, 0.85)
                        + [1 - 2.0 ** -53, 1 - 2.0 ** -52, 2.0 ** -53 - 1]),
        "ErfcxDerivative": ktable(erfcx_derivative, orders(
            range(0, 13), [0.0] + lin(-26, -3, 8) + lin(-3, 0, 6) + lin(0, 0.5, 10) + lin(0.5, 3, 14)
            + lin(3, 16, 16) + log(1, 30, 8) + log(-300, -2, 6) + near(16.0)[:3] + near(1 / 16.)[:3])
            + orders((16, 20, 30, 40), lin(-20, 0, 8) + lin(0, 16, 30) + log(-10, 6, 12))
            + [(1, 0.5), (1, 1e101), (1, 1e150), (2, 1e99), (2, 1.5e100), (3, -26.5)]),
    })
    write("normal.json", {
        "NormCDF": table(normcdf, both + lin(-1, 1, 80) + lin(1, 9.1, 40) + lin(-9, -1, 60)
                         + lin(-37.5, -9, 80) + lin(-38.5, -37.4, 50) + near(-38.4, -0.7071067811865476, 9.0)),
        "LogNormCDF": table(lognormcdf, both + lin(-1, 1, 100) + lin(1, 9.1, 40) + lin(9, 38.6, 40)
                            + lin(-40, -1, 60) + neg(log(1, 154, 50)) + near(9.0, -1e10, -90.5, 38.5)
                            + [-1e10, 10.0]),
    })
    write("logistic.json", {
        "Logistic": table(logistic, both + lin(-1, 1, 60) + lin(-40, 0, 60) + lin(0, 41, 40)
                          + lin(-708, -39, 40) + lin(-745.1, -707, 50) + near(-40.0, 40.0, -708.4)),
        "Softplus": table(softplus, both + lin(-1, 1, 60) + lin(-40, 0, 60) + lin(0, 41, 60)
                          + lin(-708, -39, 40) + lin(-745.1, -707, 50) + log(1, 308, 20)
                          + near(-40.0, 40.0, -708.4, 0.5671432904097838)),
    })
    ks = (*range(1, 13), 16, 20, 30, 40, 50)
    pts = []
    for k in ks:
        pts += orders((k,), lin(-1.5, 1.5, 10) + lin(1.5, max(k, 2), 12) + lin(k, k + 10, 8) + lin(-100, -k, 4)
                      + log(-300, -1, 5) + log(2, 300, 3) + near(1.5)[:3] + near(float(k))[:3] + [5e-324])
    write("sinc.json", {
        "Sinc": table(sinc, both + lin(-1, 1, 100) + lin(1, 3, 60) + lin(3, 100, 60) + neg(log(2, 308, 30))
                      + near(1.0, -1.0, math.pi, 1000 * math.pi)),
        "SincDerivative": ktable(sinc_derivative, pts + [(1000, 700.5), (1000, 999.5), (1000, 1.25), (300, 299.0)]),
    })
    write("lambertw.json", {
        "LambertW": table(lambertw, both + branch + [BRANCH + t for t in log(-16, -2, 80)]
                          + lin(-0.3678, 0, 100) + lin(0, 1, 80) + lin(1, 100, 60) + log(1, 308.2, 80)
                          + near(-0.3032, 0.6, 1.0, math.e, math.exp(4), math.exp(30), 0.1, -0.1) + [MAX]),
    })


# Coefficients.

def fit(f, a, b, n, m, anchor, name):
    """prints the rational function of x-anchor of degree n over m that
    interpolates f at Chebyshev nodes of [a, b]"""
    a, b = mpf(a), mpf(b)
    num = n + m + 1
    A, B = mpmath.matrix(num, num), mpmath.matrix(num, 1)
    for i in range(num):
        x = (a + b) / 2 + (b - a) / 2 * mpmath.cos(mpmath.pi * (2 * i + 1) / (2 * num))
        s, y = x - anchor, f(x)
        for j in range(n + 1):
            A[i, j] = s ** j
        for j in range(1, m + 1):
            A[i, n + j] = -y * s ** j
        B[i] = y
    z = mpmath.lu_solve(A, B)
    print(name)
    print("  P", [float(z[j]) for j in range(n + 1)])
    print("  Q", [1.0] + [float(z[n + j]) for j in range(1, m + 1)])


def two(name, v):
    hi = float(v)
    print(name, hi, float(v - mpf(hi)))


def coefficients():
    c = 1 / mpmath.sqrt(mpmath.pi)

    def g(x):
        return c / erfcx(x) - x

    two("1/√π", c)
    two("√π/2", mpmath.sqrt(mpmath.pi) / 2)
    two("1/√2", mpmath.sqrt(mpf(1) / 2))
    two("√2", mpmath.sqrt(2))
    two("e", mpmath.e)
    for a, b, n, m in [(0, .5, 6, 5), (.5, 1.25, 5, 5), (1.25, 2.5, 5, 5), (2.5, 6, 6, 6)]:
        two("g(%g)" % a, g(mpf(a)))
        fit(lambda x: (g(x) - g(mpf(a))) / (x - a), a, b, n, m, mpf(a), "erfcxPair [%g, %g)" % (a, b))
    fit(lambda t: g(1 / mpmath.sqrt(t)) / mpmath.sqrt(t), 0, mpf(1) / 36, 4, 4, mpf(0), "erfcxPair, large x")

    def wp(p):
        return lambertw((p * p / 2 - 1) / mpmath.e)

    def p(x):
        return mpmath.sqrt(2 * (mpmath.e * mpf(x) + 1))

    s2 = mpf(float(mpmath.sqrt(2)))
    fit(lambda t: (t - 1 - wp(t)) / t ** 2, 0, p("-0.303"), 5, 5, mpf(0), "LambertW, branch point")

    def G(t):
        return (mpmath.exp(-wp(t)) - mpmath.exp(-wp(s2))) / (t - s2)

    fit(G, p("-0.304"), s2, 5, 5, s2, "LambertW, x < 0")
    fit(G, s2, p("0.61"), 5, 4, s2, "LambertW, x < 0.6")
    fit(lambda l: lambertw(mpmath.exp(l)), -0.55, 4, 3, 3, mpf(0), "LambertW, first approximation, log(x) < 4")
    fit(lambda l: lambertw(mpmath.exp(l)), 4, 30, 3, 2, mpf(0), "LambertW, first approximation, log(x) < 30")


if __name__ == "__main__":
    if sys.argv[1:] == ["coef"]:
        coefficients()
    else:
        golden()
