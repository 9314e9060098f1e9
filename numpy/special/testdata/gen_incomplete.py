"""Reference values of the incomplete gamma and beta functions with all their
first and second derivatives, by mpmath: differences with 110 digits.

    python3 gen_incomplete.py > incomplete.json

A row is the arguments and a table of derivatives by their orders: "110" is that
for the first and the second argument of BetaInc(a, b, x); "Q" is GammaIncC.
"""

import json

import mpmath as mp

mp.mp.dps = 110
STEP = mp.mpf(10) ** -25


def differences(f, a):
    h = STEP * min(a, 1)
    u, v, w = f(a - h), f(a), f(a + h)
    return v, (w - u) / (2 * h), (w - 2 * v + u) / h**2


def gamma(a, x):
    row = [a, x]
    a, x = mp.mpf(a), mp.mpf(x)
    if x > a + 1:
        q = differences(lambda a: mp.gammainc(a, x, mp.inf, regularized=True), a)
        p = 1 - q[0], -q[1], -q[2]
    else:
        p = differences(lambda a: x**a * mp.exp(-x) / mp.gamma(a + 1) * mp.hyp1f1(1, a + 1, x), a)
        q = 1 - p[0], -p[1], -p[2]
    d = x ** (a - 1) * mp.exp(-x) / mp.gamma(a)
    return row, {
        "00": p[0], "Q": q[0], "10": p[1], "20": p[2],
        "01": d, "02": d * ((a - 1) / x - 1), "11": d * (mp.log(x) - mp.psi(0, a)),
    }


def beta(a, b, x):
    row = [a, b, x]
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)

    def lower(a, b, x):
        return x**a * (1 - x) ** b / (a * mp.beta(a, b)) * mp.hyp2f1(1, a + b, a + 1, x)

    if x > (a + 1) / (a + b + 2):
        f, s = lambda a, b: lower(b, a, 1 - x), -1
    else:
        f, s = lambda a, b: lower(a, b, x), 1
    h = STEP * min(a, b, 1)
    v, da, daa = differences(lambda a: f(a, b), a)
    _, db, dbb = differences(lambda b: f(a, b), b)
    dab = (f(a + h, b + h) - f(a + h, b - h) - f(a - h, b + h) + f(a - h, b - h)) / (4 * h**2)
    d = x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b)
    return row, {
        "000": v if s == 1 else 1 - v, "100": s * da, "010": s * db, "200": s * daa, "110": s * dab, "020": s * dbb,
        "001": d, "002": d * ((a - 1) / x - (b - 1) / (1 - x)),
        "101": d * (mp.log(x) - mp.psi(0, a) + mp.psi(0, a + b)),
        "011": d * (mp.log(1 - x) - mp.psi(0, b) + mp.psi(0, a + b)),
    }


GAMMA = [
    (0.01, 1e-200), (0.01, 0.5), (0.01, 3), (0.5, 1e-14), (1, 1e-14), (1, 0.75), (1, 30), (2, 1e-30), (2.5, 1.5), (7, 1e-3),
    (9.5, 20), (20, 5), (20, 21.5), (150, 140), (150, 190), (1000, 1010.5), (12000, 11900),
]
BETA = [
    (0.01, 0.02, 0.3), (0.01, 300, 1e-3), (250, 0.015, 0.999), (0.02, 130, 4.5e-243), (0.3, 1, 1 - 1e-13),
    (1, 0.3, 1e-14), (1, 0.3, 1e-30), (1, 1, 1e-17), (1, 2.5, 1e-13), (1, 40, 1e-30), (1, 500, 1e-3),
    (1.0000001, 0.3, 1e-14), (1.0000001, 1, 1e-30), (2, 3, 1e-17), (3, 1e5, 1e-20), (7, 1.5, 1e-14), (12, 40, 1e-10),
    (40, 1, 1 - 1e-13), (500, 1, 1 - 2**-53), (2, 1.0000001, 1 - 1e-13), (1e5, 3, 1 - 1e-14), (1.5, 7, 1 - 1e-14),
    (1.5, 500, 1e-3), (0.5, 0.5, 0.3), (2, 3, 0.9), (30, 20, 0.55), (300, 200, 0.63), (1.5, 40, 0.1), (8100, 90, 0.99),
    (200, 2.25, 0.975),
]


def text(rows):
    return [[row, {k: mp.nstr(v, 20) for k, v in d.items()}] for row, d in rows]


lines = []
for name, rows in [("gamma", [gamma(*p) for p in GAMMA]), ("beta", [beta(*p) for p in BETA])]:
    lines.append(json.dumps(name) + ": [\n" + ",\n".join(json.dumps(r) for r in text(rows)) + "\n]")
print("{\n" + ",\n".join(lines) + "\n}")
