"""The problems by PyTorch, eager, on the processor, in double precision."""

import common

import torch

NAME, COMPILES = "torch", False
torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def version():
    return torch.__version__


def cases():
    yield "rosenbrock-1000", lambda: _scalar(common.rosenbrock, common.wave(1000))
    yield "logistic-1000x50", _logistic
    yield "gmm-d10-k25", _mixture
    yield "lstm", _recurrent
    yield "ba", _bundle
    yield "tanh-series-6x200", _series
    yield "rosenbrock-hvp-100", _product
    yield "mlp-784-200-10", _network


def _tensor(x):
    return torch.tensor(x, dtype=torch.float64)


def _without(f, *args):
    """f without anything recorded."""

    def call():
        with torch.no_grad():
            return f(*args)

    return call


def _scalar(f, x):
    """A function of a tensor, or of a tuple of them."""
    if isinstance(x, tuple):
        params = tuple(_tensor(v).requires_grad_() for v in x)
        leaves = params
    else:
        params = _tensor(x).requires_grad_()
        leaves = (params,)
    return _without(f, params), lambda: torch.autograd.grad(f(params), leaves)


def _logistic():
    g = common.Logistic()
    features, labels = _tensor(g.features), _tensor(g.labels)
    return _scalar(lambda p: common.logistic(torch, p, features, labels, g.penalty), g.x)


def _mixture():
    g = common.Mixture()
    place, eye, data = _tensor(g.place), torch.eye(g.d, dtype=torch.float64), _tensor(g.data)
    return _scalar(lambda params: common.mixture(torch, lambda v: torch.amax(v, -1), params, g, place, eye, data), g.params)


def _recurrent():
    g = common.Recurrent()
    start, sequence = _tensor(g.state), _tensor(g.sequence)

    def f(params):
        main, extra = common.recurrent_weights(*params)
        state, total = [(s[0], s[1]) for s in start], 0.0
        for now, following in zip(sequence[:-1], sequence[1:]):
            state, loss = common.recurrent_step(torch, main, extra, state, now, following)
            total = total + loss
        return total * g.scale

    return _scalar(f, g.params)


def _bundle():
    g = common.Bundle()
    x = _tensor(g.x)
    feature = [float(v) for v in g.feature]
    f = lambda x: torch.stack(common.bundle(torch, x, feature))
    df = torch.func.jacrev(f)
    return _without(f, x), lambda: df(x)


def _series():
    x = _tensor(common.points()).requires_grad_()

    def all_orders():
        y = torch.tanh(x)
        orders = [y]
        for _ in range(6):
            (y,) = torch.autograd.grad(y.sum(), x, create_graph=True)
            orders.append(y)
        return orders

    return _without(torch.tanh, x), all_orders


def _product():
    x, v = _tensor(common.wave(100)), _tensor(common.wave_direction(100))
    df = torch.func.grad(common.rosenbrock)
    return _without(common.rosenbrock, x), lambda: torch.func.jvp(df, (x,), (v,))[1]


def _network():
    g = common.Network()
    inputs, targets = _tensor(g.inputs), _tensor(g.targets)
    return _scalar(lambda params: common.network(torch, params, inputs, targets), g.params)
