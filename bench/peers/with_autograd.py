"""The problems by autograd."""

import common

import autograd
import autograd.numpy as np
from autograd import elementwise_grad, grad, hessian_vector_product, jacobian

NAME, COMPILES = "autograd", False


def version():
    from importlib.metadata import version

    return version("autograd")


def cases():
    yield "rosenbrock-1000", _scalar(common.rosenbrock, common.wave(1000))
    g = common.Logistic()
    yield "logistic-1000x50", _scalar(lambda p: common.logistic(np, p, g.features, g.labels, g.penalty), g.x)
    yield "gmm-d10-k25", _mixture
    yield "lstm", _recurrent
    yield "ba", _bundle
    yield "tanh-series-6x200", _series
    yield "rosenbrock-hvp-100", _product
    yield "mlp-784-200-10", _network


def _scalar(f, x):
    def prepare():
        df = grad(f)
        return lambda: f(x), lambda: df(x)

    return prepare


def _mixture():
    g = common.Mixture()
    eye = np.eye(g.d)

    def f(params):
        return common.mixture(np, lambda v: np.max(v, axis=-1), params, g, g.place, eye, g.data)

    df = grad(f)
    return lambda: f(g.params), lambda: df(g.params)


def _recurrent():
    g = common.Recurrent()

    def f(params):
        main, extra = common.recurrent_weights(*params)
        state, total = [(s[0], s[1]) for s in g.state], 0.0
        for now, following in zip(g.sequence[:-1], g.sequence[1:]):
            state, loss = common.recurrent_step(np, main, extra, state, now, following)
            total = total + loss
        return total * g.scale

    df = grad(f)
    return lambda: f(g.params), lambda: df(g.params)


def _bundle():
    g = common.Bundle()
    f = lambda x: np.stack(common.bundle(np, x, g.feature))
    df = jacobian(f)
    return lambda: f(g.x), lambda: df(g.x)


def _series():
    x = common.points()
    orders = [np.tanh]
    for _ in range(6):
        orders.append(elementwise_grad(orders[-1]))
    return lambda: np.tanh(x), lambda: [f(x) for f in orders]


def _product():
    x, v = common.wave(100), common.wave_direction(100)
    hvp = hessian_vector_product(common.rosenbrock)
    return lambda: common.rosenbrock(x), lambda: hvp(x, v)


def _network():
    g = common.Network()
    f = lambda params: common.network(np, params, g.inputs, g.targets)
    df = grad(f)
    return lambda: f(g.params), lambda: df(g.params)
