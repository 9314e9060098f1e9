"""The problems by CasADi: expressions for its virtual machine, scalar ones (SX) where
it is possible. What is made of them, with the derivative, counts as compilation."""

import common

import casadi
import numpy as np
from casadi import DM, MX, SX, Function

NAME, COMPILES = "casadi", True


def version():
    return casadi.__version__


def cases():
    yield "rosenbrock-1000", lambda: _scalar(SX, _rosenbrock, common.wave(1000))
    yield "logistic-1000x50", _logistic
    yield "gmm-d10-k25", _mixture
    yield "lstm", _recurrent
    yield "ba", _bundle
    yield "tanh-series-6x200", _series
    yield "rosenbrock-hvp-100", _product


def _call(f, *args):
    """A call of f with its arguments and results where they are, as in a solver."""
    buffer, trigger = f.buffer()
    inputs = [np.asarray(DM(a)).ravel(order="F").copy() for a in args]
    outputs = [np.zeros(f.nnz_out(i)) for i in range(f.n_out())]
    for i, a in enumerate(inputs):
        buffer.set_arg(i, memoryview(a))
    for i, r in enumerate(outputs):
        buffer.set_res(i, memoryview(r))

    def call():
        trigger()
        return outputs

    call.keep = f, buffer, inputs  # trigger does not hold on to them
    return call


def _scalar(kind, f, x):
    def primal():
        s = kind.sym("x", len(x))
        return _call(Function("f", [s], [f(s)]), x)

    def derivative():
        s = kind.sym("x", len(x))
        return _call(Function("df", [s], [casadi.densify(casadi.gradient(f(s), s))]), x)

    return primal, derivative


def _rosenbrock(x):
    return casadi.sum1((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2)


def _logistic():
    g = common.Logistic()
    features, labels = DM(g.features), DM(g.labels)

    def f(p):
        z = -labels * casadi.mtimes(features, p)
        return casadi.sum1(casadi.fmax(z, 0) + casadi.log1p(casadi.exp(-casadi.fabs(z)))) + 0.5 * g.penalty * casadi.dot(p, p)

    return _scalar(MX, f, g.x)


def _mixture():
    """The part of a point is a function of scalars that is mapped over the points.
    Parameters are in one vector: alphas, means, covariance factors."""
    g = common.Mixture()
    d, k = g.d, g.k
    size = d * (d + 1) // 2
    x = np.concatenate([v.ravel() for v in g.params])

    def factors(p):
        for c in range(k):
            icf = p[k * (1 + d) + c * size :][:size]
            rows = [[None] * d for _ in range(d)]
            at = d
            for j in range(d):
                rows[j][j] = casadi.exp(icf[j])
                for i in range(j + 1, d):
                    rows[i][j] = icf[at]
                    at += 1
            yield p[k + c * d :][:d], casadi.sum1(icf[:d]), rows

    def log_sum_exp(v):
        top = casadi.mmax(v)
        return top + casadi.log(casadi.sum1(casadi.exp(v - top)))

    def term(p, data):
        main = []
        for c, (mean, trace, rows) in enumerate(factors(p)):
            r = data - mean
            s = 0
            for i in range(d):
                y = sum(rows[i][j] * r[j] for j in range(i + 1))
                s += y * y
            main.append(p[c] + trace - 0.5 * s)
        return log_sum_exp(casadi.vertcat(*main))

    def prior(p):
        value = g.constant
        for _, trace, rows in factors(p):
            value += g.m * trace - 0.5 * g.gamma**2 * sum(rows[i][j] ** 2 for i in range(d) for j in range(i + 1))
        return value - g.n * log_sum_exp(p[:k])

    def make(derivative):
        p, point = SX.sym("p", len(x)), SX.sym("x", d)
        t, q = term(p, point), prior(p)
        if derivative:
            t, q = casadi.densify(casadi.gradient(t, p)), casadi.densify(casadi.gradient(q, p))
        terms = Function("t", [p, point], [t]).map("terms", "serial", g.n, [0], [0])
        prior_of = Function("q", [p], [q])
        z, data = MX.sym("z", len(x)), DM(g.data.T)
        return _call(Function("f", [z], [terms(z, data) + prior_of(z)]), x)

    return lambda: make(False), lambda: make(True)


class _Names:
    """The functions that the problems need, by NumPy's names."""

    exp, log, tanh, sqrt, sin, cos = casadi.exp, casadi.log, casadi.tanh, casadi.sqrt, casadi.sin, casadi.cos


def _recurrent():
    """A step is a function of scalars; the steps are one map that accumulates."""
    g = common.Recurrent()
    l, b = g.layers, g.bits
    x = np.concatenate([v.ravel() for v in g.params])

    def make(derivative):
        p, state = SX.sym("p", len(x)), SX.sym("s", 2 * l * b)
        now, following = SX.sym("n", b), SX.sym("f", b)
        cut = lambda v, i: v[i * b : (i + 1) * b]
        main = [[cut(p, 8 * layer + j) for j in range(8)] for layer in range(l)]
        extra = [cut(p, 8 * l + j) for j in range(3)]
        pairs = [(cut(state, 2 * layer), cut(state, 2 * layer + 1)) for layer in range(l)]
        after, loss = _step(main, extra, pairs, now, following)
        step = Function("step", [state, p, now, following], [casadi.vertcat(*(v for pair in after for v in pair)), loss])
        n = len(g.sequence) - 1
        steps = step.mapaccum("steps", n)
        z = MX.sym("z", len(x))
        _, losses = steps(DM(g.state.ravel()), casadi.repmat(z, 1, n), DM(g.sequence[:-1].T), DM(g.sequence[1:].T))
        value = casadi.sum2(losses) * g.scale
        if derivative:
            value = casadi.densify(casadi.gradient(value, z))
        return _call(Function("f", [z], [value]), x)

    return lambda: make(False), lambda: make(True)


def _step(main, extra, state, now, following):
    sigmoid = lambda v: 1 / (1 + casadi.exp(-v))
    x, after = extra[0] * now, []
    for w, (h, c) in zip(main, state):
        c = c * sigmoid(x * w[0] + w[4]) + sigmoid(h * w[1] + w[5]) * casadi.tanh(h * w[3] + w[7])
        x = sigmoid(x * w[2] + w[6]) * casadi.tanh(c)
        after.append((x, c))
    y = x * extra[1] + extra[2]
    return after, casadi.dot(following, y - casadi.log(2 + casadi.sum1(casadi.exp(y))))


def _bundle():
    g = common.Bundle()

    def make(derivative):
        x = SX.sym("x", len(g.x))
        f = casadi.vertcat(*common.bundle(_Names, casadi.vertsplit(x), g.feature))
        # Row by row, as the others have it.
        return _call(Function("f", [x], [casadi.densify(casadi.jacobian(f, x)).T if derivative else f]), g.x)

    return lambda: make(False), lambda: make(True)


def _series():
    x = common.points()

    def make(derivative):
        s = SX.sym("x")
        orders = [casadi.tanh(s)]
        if derivative:
            for _ in range(6):
                orders.append(casadi.gradient(orders[-1], s))
        return _call(Function("f", [s], orders).map(len(x)), x.reshape(1, -1))

    return lambda: make(False), lambda: make(True)


def _product():
    x, v = common.wave(100), common.wave_direction(100)

    def derivative():
        s, d = SX.sym("x", len(x)), SX.sym("v", len(x))
        hv = casadi.jtimes(casadi.gradient(_rosenbrock(s), s), s, d)
        return _call(Function("hvp", [s, d], [casadi.densify(hv)]), x, v)

    return _scalar(SX, _rosenbrock, x)[0], derivative
