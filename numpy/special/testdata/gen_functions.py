"""Reference values of functions and their derivatives, by mpmath.

    python3 gen_functions.py > functions.json

A row is the name of the function, its arguments, the orders of the derivative
for each of them and the value.
"""

import json

import mpmath as mp

mp.mp.dps = 40
rows = []


def add(name, f, points, orders):
    for p in points:
        p = tuple(map(mp.mpf, p if isinstance(p, tuple) else (p,)))
        for n in orders:
            n = n if isinstance(n, tuple) else (n,)
            with mp.workdps(60):
                v = mp.diff(f, p, n) if any(n) else f(*p)
                if any(n) and abs(v) < mp.mpf(10) ** -40 * abs(f(*p)):
                    v = mp.mpf(0)
            rows.append([name, [float(x) for x in p], list(n), float(mp.nstr(v, 17))])


ORDERS = [0, 1, 2, 3]
add("Exp1", mp.e1, [1e-20, 0.01, 0.4, 0.999, 1.001, 2.5, 20, 300], ORDERS)
for n in (0, 2, 5):
    add("Exp%d" % n, lambda x: mp.expint(n, x), [0.01, 0.4, 0.999, 1.001, 2.5, 20], ORDERS)
add("ExpI", mp.ei, [-20, -0.5, 0.001, 0.25, 1, 6, 39, 41, 200], ORDERS)
add("Si", mp.si, [-3, 1e-10, 0.5, 1.99, 2.01, 7, 60, 1000], ORDERS)
add("Ci", mp.ci, [0.001, 0.5, 1.99, 2.01, 7, 60, 1000], ORDERS)
add("FresnelS", mp.fresnels, [-0.7, 1e-5, 0.5, 1.24, 1.26, 3, 11, 100.3], ORDERS)
add("FresnelC", mp.fresnelc, [-0.7, 1e-5, 0.5, 1.24, 1.26, 3, 11, 100.3], ORDERS)
add("Dawsn", lambda x: mp.exp(-x * x) * mp.erfi(x) * mp.sqrt(mp.pi) / 2, [-2, 1e-9, 0.3, 0.92, 3, 6.9, 7.1, 50, 1000], ORDERS)
add("Erfi", mp.erfi, [-2, 1e-9, 0.3, 1, 3, 7.5, 20], ORDERS)
add("EllipK", mp.ellipk, [-1e6, -3, 0, 1e-9, 0.25, 0.5, 0.9, 1 - 1e-9], ORDERS)
add("EllipE", mp.ellipe, [-1e6, -3, 0, 1e-9, 0.25, 0.5, 0.9, 1 - 1e-9], ORDERS)
add("Zeta", mp.zeta, [(1.001, 1), (1.5, 0.25), (2, 1), (2, 7.5), (3.5, 0.01), (6, 40), (20, 3), (40.5, 12), (60, 100)],
    [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)])
add("Poch", mp.rf, [(0.5, 3), (2.5, 0.25), (1e-3, 1e-8), (7, -6.5), (40, 30.5), (1e6, 2.75), (-2.5, 3), (-2, 3), (-3.25, 0.5), (0.3, -2.6)],
    [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)])
for n in (0, 2, 7):
    r = lambda f: lambda x: mp.sqrt(mp.pi / (2 * x)) * f(n + mp.mpf(1) / 2, x)
    for name, f in [("SphericalJ", mp.besselj), ("SphericalY", mp.bessely), ("SphericalI", mp.besseli), ("SphericalK", mp.besselk)]:
        add("%s%d" % (name, n), r(f), [5e-5, 0.01, 0.8, 3, 12, 60], ORDERS)
for name, f in [("Ai", mp.airyai), ("Bi", mp.airybi)]:
    add(name, f, [-50, -7.5, -1.01, -0.99, -0.3, 0, 0.3, 0.99, 1.01, 4, 20, 80], ORDERS)
add("KlDiv", lambda x, y: x * mp.log(x / y) - x + y, [(0.5, 2), (3, 0.25)], [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)])

print("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
