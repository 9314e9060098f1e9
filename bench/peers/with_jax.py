"""The problems by JAX, compiled by jax.jit in double precision."""

import common

import jax
import jax.numpy as np
from jax.experimental.jet import jet

NAME, COMPILES = "jax", True
jax.config.update("jax_enable_x64", True)


def version():
    return jax.__version__


def cases():
    yield "rosenbrock-1000", lambda: _scalar(common.rosenbrock, common.wave(1000))
    yield "logistic-1000x50", _logistic
    yield "gmm-d10-k25", _mixture
    yield "lstm", _recurrent
    yield "ba", _bundle
    yield "tanh-series-6x200", _series
    yield "rosenbrock-hvp-100", _product
    yield "mlp-784-200-10", _network


def _compile(f, *args):
    """The compiled function of the arguments."""
    args = jax.tree.map(np.asarray, args)
    g = jax.jit(f).lower(*args).compile()
    return lambda: jax.block_until_ready(g(*args))


def _scalar(f, x):
    return lambda: _compile(f, x), lambda: _compile(jax.grad(f), x)


def _logistic():
    g = common.Logistic()
    return _scalar(lambda p: common.logistic(np, p, g.features, g.labels, g.penalty), g.x)


def _mixture():
    g = common.Mixture()
    eye = np.eye(g.d)
    return _scalar(lambda params: common.mixture(np, lambda v: np.max(v, axis=-1), params, g, g.place, eye, g.data), g.params)


def _recurrent():
    g = common.Recurrent()

    def f(params):
        main, extra = common.recurrent_weights(*params)

        def step(state, pair):
            return common.recurrent_step(np, main, extra, state, *pair)

        start = [(s[0], s[1]) for s in np.asarray(g.state)]
        _, losses = jax.lax.scan(step, start, (g.sequence[:-1], g.sequence[1:]))
        return losses.sum() * g.scale

    return _scalar(f, g.params)


def _bundle():
    g = common.Bundle()
    f = lambda x: np.stack(common.bundle(np, x, g.feature))
    return lambda: _compile(f, g.x), lambda: _compile(jax.jacrev(f), g.x)


def _series():
    x = common.points()

    def all_orders(x):
        one, zero = np.ones_like(x), np.zeros_like(x)
        value, series = jet(np.tanh, (x,), ((one, zero, zero, zero, zero, zero),))
        return [value, *series]

    return lambda: _compile(np.tanh, x), lambda: _compile(all_orders, x)


def _product():
    x, v = common.wave(100), common.wave_direction(100)
    hvp = lambda x, v: jax.jvp(jax.grad(common.rosenbrock), (x,), (v,))[1]
    return lambda: _compile(common.rosenbrock, x), lambda: _compile(hvp, x, v)


def _network():
    g = common.Network()
    return _scalar(lambda params: common.network(np, params, g.inputs, g.targets), g.params)
