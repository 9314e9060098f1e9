"""Makes adbench.txt: small instances of gmm, ba, lstm and ht, their values by the
definitions of ADBench and GradBench, and derivatives by differences in 80 digits.

    python3 gen.py > adbench.txt        # needs mpmath

It shares nothing with the Go code: the density of the mixture is made of
determinants and inverses, rotations are exponentials of matrices.
"""

import json
import random

from mpmath import mp, mpf, matrix, exp, log, sqrt, pi, cos, sin, tanh, expm, det, loggamma, eye, zeros

mp.dps = 80
H = mpf(10) ** -25
random.seed(1)


def numbers(n, scale=1.0):
    return [round(scale * random.gauss(0, 1), 3) for _ in range(n)]


def rows(m, n):
    return [numbers(n) for _ in range(m)]


def derivative(f, x, i):
    up, down = [mpf(v) for v in x], [mpf(v) for v in x]
    up[i] += H
    down[i] -= H
    a, b = f(up), f(down)
    if isinstance(a, list):
        return [(u - v) / (2 * H) for u, v in zip(a, b)]
    return (a - b) / (2 * H)


def gradient(f, x):
    return [derivative(f, x, i) for i in range(len(x))]


def jacobian(f, x):
    columns = gradient(f, x)
    return [list(r) for r in zip(*columns)]


def plain(v):
    """v with floats of Python, for JSON."""
    if isinstance(v, dict):
        return {k: plain(w) for k, w in v.items()}
    if isinstance(v, list):
        return [plain(w) for w in v]
    return float(v) if isinstance(v, mpf) else v


count = 0


def ask(module, function, given, output):
    global count
    message = {"id": count, "kind": "evaluate", "module": module, "function": function, "input": given}
    answer = {"id": count, "success": True, "output": plain(output)}
    print("> " + json.dumps(message))
    print("< " + json.dumps(answer))
    count += 1


# Gaussian mixture


def gmm(d, k, n, gamma, m):
    given = {
        "d": d, "k": k, "n": n, "alpha": numbers(k), "mu": rows(k, d), "q": rows(k, d),
        "l": rows(k, d * (d - 1) // 2), "x": rows(n, d), "gamma": gamma, "m": m,
        "min_runs": 2, "min_seconds": 0,
    }
    tri = d * (d - 1) // 2
    flat = given["alpha"] + sum(given["mu"], []) + sum(given["q"], []) + sum(given["l"], [])

    def posterior(p):
        p = [mpf(v) for v in p]
        alpha, mu, q, l = p[:k], p[k : k + k * d], p[k + k * d : k + 2 * k * d], p[k + 2 * k * d :]
        phi = [exp(a) / sum(exp(b) for b in alpha) for a in alpha]
        precision = []
        for c in range(k):
            lower = zeros(d, d)
            at = c * tri
            for j in range(d):
                lower[j, j] = exp(q[c * d + j])
                for i in range(j + 1, d):
                    lower[i, j] = l[at]
                    at += 1
            precision.append(lower.T * lower)
        total = mpf(0)
        for x in given["x"]:
            density = mpf(0)
            for c in range(k):
                r = matrix([mpf(x[j]) - mu[c * d + j] for j in range(d)])
                e = (r.T * precision[c] * r)[0]
                density += phi[c] * exp(-e / 2) * sqrt(det(precision[c]) / (2 * pi) ** d)
            total += log(density)
        # The Wishart prior with D+m+1 degrees of freedom and scale 1/γ².
        free = d + m + 1
        g2 = mpf(gamma) ** 2
        for s in precision:
            trace = sum(s[j, j] for j in range(d)) * g2
            normal = mpf(free * d) / 2 * log(2) - mpf(free * d) / 2 * log(g2)
            normal += mpf(d * (d - 1)) / 4 * log(pi) + sum(loggamma((mpf(free) - j) / 2) for j in range(d))
            total += mpf(free - d - 1) / 2 * log(det(s)) - trace / 2 - normal
        return total

    ask("gmm", "objective", given, posterior(flat))
    g = gradient(posterior, flat)
    cut = lambda v, w: [v[i * w : (i + 1) * w] for i in range(k)]
    parts = {
        "alpha": g[:k], "mu": cut(g[k : k + k * d], d), "q": cut(g[k + k * d : k + 2 * k * d], d),
        "l": cut(g[k + 2 * k * d :], tri),
    }
    ask("gmm", "jacobian", given, parts)
    old = {key: v for key, v in given.items() if key not in ("mu", "q", "l")}
    old["means"] = given["mu"]
    old["icf"] = [q + l for q, l in zip(given["q"], given["l"])]
    ask("gmm", "objective", old, posterior(flat))
    icf = sum((q + l for q, l in zip(parts["q"], parts["l"])), [])
    ask("gmm", "jacobian", old, parts["alpha"] + sum(parts["mu"], []) + icf)


# Rotations


def rotation(r):
    cross = matrix([[0, -r[2], r[1]], [r[2], 0, -r[0]], [-r[1], r[0], 0]])
    return expm(cross)


# Bundle adjustment


def ba(n, m, p):
    given = {"n": n, "m": m, "p": p, "cam": numbers(9) + [0.01, 0.002], "x": numbers(3), "w": 0.75, "feat": numbers(2)}

    def residual(z):
        z = [mpf(v) for v in z]
        y = rotation(z[:3]) * matrix([z[11 + i] - z[3 + i] for i in range(3)])
        u, v = y[0] / y[2], y[1] / y[2]
        s = u * u + v * v
        d = 1 + z[9] * s + z[10] * s * s
        return [z[14] * (z[6] * d * u + z[7] - mpf(given["feat"][0])), z[14] * (z[6] * d * v + z[8] - mpf(given["feat"][1]))]

    z = given["cam"] + given["x"] + [given["w"]]
    w = mpf(given["w"])
    ask("ba", "objective", given, {
        "reproj_error": {"elements": residual(z), "repeated": p}, "w_err": {"element": 1 - w * w, "repeated": p}})
    starts, cols = [0], []
    for i in range(p):
        for _ in range(2):
            cols += [11 * (i % n) + j for j in range(11)] + [11 * n + 3 * (i % m) + j for j in range(3)] + [11 * n + 3 * m + i]
            starts.append(len(cols))
    for i in range(p):
        cols.append(11 * n + 3 * m + i)
        starts.append(len(cols))
    ends = lambda v: v[:30] + v[-1:]
    ask("ba", "jacobian", given, {
        "rows": ends(starts), "cols": ends(cols), "vals": sum(jacobian(residual, z), []) + [-2 * w]})


# LSTM


def lstm(layers, c, b):
    given = {"main_params": rows(2 * layers, 4 * b), "extra_params": rows(3, b), "state": rows(2 * layers, b), "sequence": rows(c, b)}
    flat = sum(given["main_params"], []) + sum(given["extra_params"], [])
    sigma = lambda v: 1 / (1 + exp(-v))

    def loss(p):
        p = [mpf(v) for v in p]
        main, extra = p[: 8 * layers * b], p[8 * layers * b :]
        state = [[mpf(v) for v in row] for row in given["state"]]
        total = mpf(0)
        for t in range(c - 1):
            x = [extra[i] * mpf(given["sequence"][t][i]) for i in range(b)]
            for l in range(layers):
                weight, bias = main[8 * l * b : (8 * l + 4) * b], main[(8 * l + 4) * b : (8 * l + 8) * b]
                hidden, cell = state[2 * l], state[2 * l + 1]
                for i in range(b):
                    gate = lambda j, v: v * weight[j * b + i] + bias[j * b + i]
                    h = hidden[i]
                    cell[i] = cell[i] * sigma(gate(0, x[i])) + sigma(gate(1, h)) * tanh(gate(3, h))
                    hidden[i] = sigma(gate(2, x[i])) * tanh(cell[i])
                x = hidden
            y = [x[i] * extra[b + i] + extra[2 * b + i] for i in range(b)]
            norm = log(2 + sum(exp(v) for v in y))
            total += sum(mpf(given["sequence"][t + 1][i]) * (y[i] - norm) for i in range(b))
        return -total / ((c - 1) * b)

    ask("lstm", "objective", given, loss(flat))
    ask("lstm", "jacobian", given, gradient(loss, flat))


# Hand tracking


def turn(axis, angle):
    r = [mpf(0)] * 3
    r[axis] = angle
    m = eye(4)
    m[:3, :3] = rotation(r)
    return m


def ht(complicated, mirrored):
    bones, vertices, n = 22, 4, 2
    affine = lambda: rows(3, 4) + [[0.0, 0.0, 0.0, 1.0]]
    model = {
        "bone_count": bones, "bone_names": ["bone%d" % b for b in range(bones)],
        "parents": [-1] + [0 if b % 4 == 1 else b - 1 for b in range(1, bones)],
        "base_relatives": [affine() for _ in range(bones)], "inverse_base_absolutes": [affine() for _ in range(bones)],
        "base_positions": [numbers(3) + [1.0] for _ in range(vertices)],
        "weights": [[round(random.random(), 2) if random.random() < 0.2 or b == 2 else 0.0 for b in range(bones)] for _ in range(vertices)],
        "triangles": [[0, 1, 2], [3, 1, 2]], "is_mirrored": mirrored,
    }
    theta = numbers(26, 0.3)
    us = [[round(random.random(), 2), round(random.random(), 2)] for _ in range(n)] if complicated else []
    given = {"theta": theta, "us": us, "data": {"model": model, "correspondences": [1, 0] if complicated else [3, 1], "points": rows(n, 3)}}

    def residual(z):
        z = [mpf(v) for v in z]
        shift, th = (z[:2], z[2:]) if complicated else (None, z)
        # Angles about x and z of each bone.
        angles = [(mpf(0), mpf(0))] * bones
        for finger in range(5):
            a = th[6 + 4 * finger : 10 + 4 * finger]
            for joint, (x, zz) in enumerate([(a[0], a[1]), (a[2], 0), (a[3], 0)]):
                angles[4 * finger + 2 + joint] = (mpf(x), mpf(zz))
        absolute, where = [], [zeros(4, 1) for _ in range(vertices)]
        for b in range(bones):
            frame = matrix(model["base_relatives"][b]) * turn(2, angles[b][1]) * turn(0, angles[b][0])
            if model["parents"][b] >= 0:
                frame = absolute[model["parents"][b]] * frame
            absolute.append(frame)
            skin = frame * matrix(model["inverse_base_absolutes"][b])
            for v in range(vertices):
                if model["weights"][v][b]:
                    where[v] += mpf(model["weights"][v][b]) * (skin * matrix(model["base_positions"][v]))
        r, final = rotation(th[:3]), []
        for y in where:
            y = matrix([-y[0] if mirrored else y[0], y[1], y[2]])
            final.append(r * y + matrix(th[3:6]))
        out = []
        for i, k in enumerate(given["data"]["correspondences"]):
            if complicated:
                a, b, c = [final[v] for v in model["triangles"][k]]
                u, v = mpf(us[i][0]) + shift[0], mpf(us[i][1]) + shift[1]
                point = u * a + v * b + (1 - u - v) * c
            else:
                point = final[k]
            out += [mpf(given["data"]["points"][i][j]) - point[j] for j in range(3)]
        return out

    z = ([0.0, 0.0] if complicated else []) + theta
    ask("ht", "objective", given, residual(z))
    ask("ht", "jacobian", given, jacobian(residual, z))


gmm(1, 1, 1, 1.0, 0)
gmm(3, 2, 4, 0.5, 2)
ba(1, 1, 1)
ba(2, 3, 5)
lstm(1, 2, 1)
lstm(2, 4, 3)
for complicated in False, True:
    for mirrored in False, True:
        ht(complicated, mirrored)
