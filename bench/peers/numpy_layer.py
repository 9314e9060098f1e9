"""Measures autograd on what it is used for, arrays and nested derivatives, and prints
a line of JSON with name, ns and best_ns for each; compare.py puts them beside those
of package numpy.

    python3 numpy_layer.py [--seconds S] [--only NAME ...]
"""

import common  # before anything that computes

import argparse
import json
import sys

from numpy.polynomial import Polynomial

try:
    import autograd.numpy as np
    from autograd import elementwise_grad, grad, hessian_vector_product
except ImportError as e:
    sys.exit(f"numpy_layer: {e}; see requirements.txt")


def rosenbrock_loop(x):
    """Element by element, as one writes for numbers."""
    total = 0.0
    for i in range(len(x) - 1):
        total = total + 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2
    return total


def tanh_by_exp(x):
    """As autograd's README has it."""
    y = np.exp(-2 * x)
    return (1 - y) / (1 + y)


def cases():
    """Yields names, functions without arguments, and what they must find: a number
    that the sum of the absolute values is, to be sure that this is measured."""
    d_tanh = grad(np.tanh)
    yield "tanh-gradient", lambda: d_tanh(0.5), 1 - np.tanh(0.5) ** 2
    d_tanh_by_exp = grad(tanh_by_exp)
    yield "tanh-by-exp-gradient", lambda: d_tanh_by_exp(0.5), 1 - np.tanh(0.5) ** 2

    x = common.wave(1000)
    array, loop = grad(common.rosenbrock), grad(rosenbrock_loop)
    want = np.zeros(1000)
    a = x[1:] - x[:-1] ** 2
    want[:-1] += -400 * a * x[:-1] - 2 * (1 - x[:-1])
    want[1:] += 200 * a
    yield "rosenbrock-1000-gradient", lambda: array(x), np.abs(want).sum()
    yield "rosenbrock-1000-loop-gradient", lambda: loop(x), np.abs(want).sum()

    y, v = common.wave(100), common.wave_direction(100)
    hvp = hessian_vector_product(common.rosenbrock)
    diagonal, beside = np.zeros(100), -400 * y[:-1]
    diagonal[:-1] += 1200 * y[:-1] ** 2 - 400 * y[1:] + 2
    diagonal[1:] += 200
    product = diagonal * v
    product[:-1] += beside * v[1:]
    product[1:] += beside * v[:-1]
    yield "rosenbrock-100-hvp", lambda: hvp(y, v), np.abs(product).sum()

    points = common.points()
    # The sixth derivative by the recurrence tanh' = 1 - tanh².
    p = Polynomial([0, 1])
    for _ in range(6):
        p = p.deriv() * Polynomial([1, 0, -1])
    want = np.abs(p(np.tanh(points))).sum()
    for name, f in ("tanh", np.tanh), ("tanh-by-exp", tanh_by_exp):
        for _ in range(6):
            f = elementwise_grad(f)
        # By exp autograd keeps no digits at the left end, where y is large.
        yield f"{name}-6-elementwise-200", lambda f=f: f(points), want if name == "tanh" else None

    g = common.Network()
    network = grad(lambda params: common.network(np, params, g.inputs, g.targets))
    yield "mlp-784-200-10-gradient", lambda: network(g.params), None


def total(v):
    if isinstance(v, tuple):
        return sum(total(w) for w in v)
    return float(np.abs(np.asarray(v)).sum())


def main():
    p = argparse.ArgumentParser(description="Measures autograd; prints lines of JSON.")
    p.add_argument("--seconds", type=float, default=1, help="for each figure (%(default)s)")
    p.add_argument("--only", action="append", default=[], help="only this one; may be repeated")
    args = p.parse_args()
    names = []
    for name, f, want in cases():
        names.append(name)
        if args.only and name not in args.only:
            continue
        got = total(f())
        if want is not None and not abs(got - want) <= 1e-8 * abs(want):
            sys.exit(f"numpy_layer: {name}: found {got}, want {want}")
        figures = {"ns": common.measure(f, args.seconds), "best_ns": common.fastest(f, args.seconds)}
        print(json.dumps({"name": name} | figures), flush=True)
    for name in args.only:
        if name not in names:
            sys.exit(f"numpy_layer: no {name}, only {', '.join(names)}")


if __name__ == "__main__":
    main()
