"""What all peers share: one thread, the data of the problems, and the clock.

Import it before anything that computes: the limits on threads are read when a
library is loaded.
"""

import os

for _name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM"):
    os.environ[_name + "_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
if hasattr(os, "sched_setaffinity"):  # one processor, whatever a library may start
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import statistics
import sys
import time
from pathlib import Path

try:
    import numpy as np
except ImportError as e:
    sys.exit(f"{e}; see requirements.txt")

ADBENCH = Path(__file__).resolve().parent.parent / "problems" / "testdata" / "adbench"


# The clock


ROUNDS, FEW = 11, 3  # for a figure; of what is slower than the time for it


def measure(f, seconds=0.5):
    """The nanoseconds that a call of f takes: the median of rounds that take the
    given time together, each of at least one call."""
    calls, rounds = _plan(f, seconds)
    return statistics.median(_time(f, calls) for _ in range(rounds))


def fastest(f, seconds=0.5):
    """The nanoseconds that a call of f takes at best, in rounds of 200 µs or a call."""
    f()
    calls = 1
    while _time(f, calls) * calls < 200e3:
        calls *= 2
    best, stop = _time(f, calls), time.perf_counter() + seconds
    while time.perf_counter() < stop:
        best = min(best, _time(f, calls))
    return best


def measure_both(plain, f, seconds=0.5):
    """The nanoseconds of plain and of f, and the ratio. They are measured in turns, so
    that the ratio holds while the machine drifts."""
    plain_calls, _ = _plan(plain, seconds)
    calls, rounds = _plan(f, seconds)
    times = [(_time(plain, plain_calls), _time(f, calls)) for _ in range(rounds)]
    medians = [statistics.median(column) for column in zip(*times)]
    return *medians, statistics.median(b / a for a, b in times)


def _plan(f, seconds):
    """How many calls of f are a round, and how many rounds there are. It calls f once
    before it looks at the clock."""
    f()
    calls, goal = 1, seconds / ROUNDS
    while (elapsed := _time(f, calls) * calls / 1e9) < goal / 2:
        calls = max(2 * calls, min(100 * calls, int(calls * goal / max(elapsed, 1e-9))))
    return calls, ROUNDS if elapsed < seconds else FEW


def _time(f, calls):
    """The nanoseconds of one of so many calls."""
    start = time.perf_counter()
    for _ in range(calls):
        f()
    return (time.perf_counter() - start) / calls * 1e9


def timed(f):
    """The result of f and the nanoseconds that this one call took."""
    start = time.perf_counter()
    result = f()
    return result, (time.perf_counter() - start) * 1e9


# The data


def wave(n):
    """Where Rosenbrock's function is differentiated."""
    return 1 + 0.3 * np.sin(3.0 * np.arange(n))


def wave_direction(n):
    return np.cos(np.arange(n))


def points():
    """Where the series of tanh are computed."""
    return np.linspace(-7, 7, 200)


class Logistic:
    """Logistic regression with normal features and labels drawn from the model."""

    def __init__(self, n=1000, d=50):
        r = np.random.default_rng(1)
        self.features = r.normal(size=(n, d))
        odds = self.features @ (2 * r.normal(size=d) / np.sqrt(d))
        self.labels = np.where(r.uniform(size=n) * (1 + np.exp(-odds)) > 1, -1.0, 1.0)
        self.penalty = 0.1
        self.x = np.sin(np.arange(1.0, d + 1))


class Network:
    """A layer of 200 tanh units for 784 inputs, and 10 classes; a batch of 256."""

    def __init__(self, inputs=784, hidden=200, classes=10, batch=256):
        r = np.random.default_rng(2)
        self.inputs = r.uniform(size=(batch, inputs))
        self.targets = np.eye(classes)[r.integers(classes, size=batch)]
        self.params = (
            r.normal(size=(inputs, hidden)) / np.sqrt(inputs), np.zeros(hidden),
            r.normal(size=(hidden, classes)) / np.sqrt(hidden), np.zeros(classes),
        )


def _numbers(name):
    return np.array((ADBENCH / name).read_text().split(), dtype=np.float64)


def _cut(numbers, *shapes):
    """The numbers in pieces of the given shapes."""
    pieces, at = [], 0
    for shape in shapes:
        size = int(np.prod(shape))
        pieces.append(numbers[at : at + size].reshape(shape))
        at += size
    if at != len(numbers):
        raise ValueError(f"{len(numbers)} numbers, want {at}")
    return pieces


class Mixture:
    """ADBench's gmm_d10_K25.txt."""

    def __init__(self):
        numbers = _numbers("gmm_d10_K25.txt")
        d, k, n = (int(v) for v in numbers[:3])
        self.d, self.k, self.n, tri = d, k, n, d * (d - 1) // 2
        alphas, means, icf, self.data, prior = _cut(numbers[3:], (k,), (k, d), (k, d + tri), (n, d), (2,))
        self.params = (alphas, means, icf)
        self.gamma, self.m = prior[0], int(prior[1])
        # The place in a matrix of each number below the diagonal.
        self.place = np.zeros((tri, d * d))
        at = 0
        for column in range(d):
            for row in range(column + 1, d):
                self.place[at, row * d + column] = 1
                at += 1
        from scipy.special import multigammaln

        free = d + self.m + 1
        self.constant = k * (free * d * (np.log(self.gamma) - 0.5 * np.log(2)) - multigammaln(0.5 * free, d))
        self.constant -= n * d * 0.5 * np.log(2 * np.pi)


class Recurrent:
    """ADBench's lstm_l2_c1024.txt."""

    def __init__(self):
        numbers = _numbers("lstm_l2_c1024.txt")
        l, c, b = (int(v) for v in numbers[:3])
        self.layers, self.bits = l, b
        main, extra, self.state, self.sequence = _cut(numbers[3:], (l, 8, b), (3, b), (l, 2, b), (c, b))
        self.params = (main, extra)
        self.scale = -1.0 / ((c - 1) * b)


class Bundle:
    """An observation of ADBench's ba1_n49_m7776_p31843.txt."""

    def __init__(self):
        camera, point, weight, self.feature = _cut(_numbers("ba1_n49_m7776_p31843.txt")[3:], (11,), (3,), (1,), (2,))
        self.x = np.concatenate([camera, point, weight])


# The problems for anything that looks like NumPy


def rosenbrock(x):
    return ((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2).sum()


def logistic(xp, p, features, labels, penalty):
    return xp.logaddexp(0 * labels, -labels * (features @ p)).sum() + 0.5 * penalty * (p * p).sum()


def network(xp, params, inputs, targets):
    w1, b1, w2, b2 = params
    y = xp.tanh(inputs @ w1 + b1) @ w2 + b2
    return (xp.log(xp.exp(y).sum(1)) - (targets * y).sum(1)).sum() / len(inputs)


def log_sum_exp(xp, x, top):
    return top + xp.log(xp.exp(x - top[..., None]).sum(-1))


def mixture(xp, max_of, params, g, place, eye, data):
    """GradBench's posterior, which adds the prior that ADBench subtracts."""
    alphas, means, icf = params
    logs = icf[:, : g.d]
    q = (icf[:, g.d :] @ place).reshape(g.k, g.d, g.d) + xp.exp(logs)[:, :, None] * eye
    y = xp.einsum("kij,nkj->nki", q, data[:, None, :] - means)
    traces = logs.sum(1)
    main = alphas + traces - 0.5 * (y * y).sum(2)
    value = log_sum_exp(xp, main, max_of(main)).sum() - g.n * log_sum_exp(xp, alphas, max_of(alphas))
    return value + g.m * traces.sum() - 0.5 * g.gamma**2 * (q * q).sum() + g.constant


def recurrent_weights(main, extra):
    """The rows of the parameters, taken out once."""
    return [[layer[j] for j in range(8)] for layer in main], [extra[j] for j in range(3)]


def recurrent_step(xp, main, extra, state, character, following):
    """The next state, a list of pairs, and what the step adds to the loss."""
    sigmoid = lambda v: 1 / (1 + xp.exp(-v))
    x, after = extra[0] * character, []
    for w, (h, c) in zip(main, state):
        c = c * sigmoid(x * w[0] + w[4]) + sigmoid(h * w[1] + w[5]) * xp.tanh(h * w[3] + w[7])
        x = sigmoid(x * w[2] + w[6]) * xp.tanh(c)
        after.append((x, c))
    y = x * extra[1] + extra[2]
    return after, (following * (y - xp.log(2 + xp.exp(y).sum()))).sum()


def bundle(xp, x, feature):
    """The two residuals of an observation, as a list. Only scalars: they are few."""
    r, y = [x[0], x[1], x[2]], [x[11] - x[3], x[12] - x[4], x[13] - x[5]]
    angle = xp.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
    a = [v / angle for v in r]
    cos, sin = xp.cos(angle), xp.sin(angle)
    cross = [a[1] * y[2] - a[2] * y[1], a[2] * y[0] - a[0] * y[2], a[0] * y[1] - a[1] * y[0]]
    dot = (a[0] * y[0] + a[1] * y[1] + a[2] * y[2]) * (1 - cos)
    p = [y[i] * cos + cross[i] * sin + a[i] * dot for i in range(3)]
    u, v = p[0] / p[2], p[1] / p[2]
    s = u * u + v * v
    d = x[6] * (1 + x[9] * s + x[10] * s * s)
    return [x[14] * (u * d + x[7] - feature[0]), x[14] * (v * d + x[8] - feature[1])]
