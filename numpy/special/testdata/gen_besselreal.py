"""Reference values of Bessel functions of real order and their derivatives for
the argument of order 0 to 3, by mpmath.

    python3 gen_besselreal.py > besselreal.json

A row is [v, x, {"Jv": [...], "Yv": ..., "Kve": ..., "Ive": ...}].
"""

import json

import mpmath as mp

mp.mp.dps = 30
POINTS = [
    (0, 0.001), (0.3, 0.7), (-0.3, 0.7), (0.5, 3), (2.5, 5), (-2.25, 1.5), (7.25, 30), (1.5, 45), (0.25, 700), (1, 700),
    (3, 1e5), (0, 1e5), (12.5, 90), (30.5, 20), (60.25, 10), (9.75, 0.01), (-7.5, 40),
]


def functions(v, x):
    if x < 200:
        return (
            mp.besselj(v, x), mp.bessely(v, x),
            mp.besselk(v, x) * mp.exp(x), mp.besseli(v, x) * mp.exp(-x),
        )
    # Hankel's expansions
    a = [mp.mpf(1)]
    for k in range(1, 60):
        a.append(a[-1] * (4 * v**2 - (2 * k - 1) ** 2) / (8 * k * x))
    p = sum((-1) ** k * a[2 * k] for k in range(30))
    q = sum((-1) ** k * a[2 * k + 1] for k in range(30))
    w = x - (v / 2 + mp.mpf(1) / 4) * mp.pi
    c = mp.sqrt(2 / (mp.pi * x))
    return (
        c * (p * mp.cos(w) - q * mp.sin(w)), c * (p * mp.sin(w) + q * mp.cos(w)),
        mp.sqrt(mp.pi / (2 * x)) * sum(a), sum((-1) ** k * t for k, t in enumerate(a)) / mp.sqrt(2 * mp.pi * x),
    )


def row(v, x):
    v, x = mp.mpf(v), mp.mpf(x)
    orders = range(-3, 4)
    all = {i: functions(v + i, x) for i in orders}
    j, y, k, m = [{i: all[i][n] for i in orders} for n in range(4)]
    out = {}
    for name, f, s in [("Jv", j, 0), ("Yv", y, 0), ("Kve", k, 1), ("Ive", m, -1)]:
        d = []
        for _ in range(4):
            d.append(float(mp.nstr(f[0], 17)))
            if s == 0:
                f = {i: (f[i - 1] - f[i + 1]) / 2 for i in f if i - 1 in f and i + 1 in f}
            else:
                f = {i: -s * (f[i - 1] + f[i + 1]) / 2 + s * f[i] for i in f if i - 1 in f and i + 1 in f}
        out[name] = d
    return [float(v), float(x), out]


print("[\n" + ",\n".join(json.dumps(row(*p)) for p in POINTS) + "\n]")
