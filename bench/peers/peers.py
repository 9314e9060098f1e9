"""Measures autograd, JAX, PyTorch and CasADi on the problems of the benchmarks, in
one thread, and prints a table beside figures of ours.

    python3 peers.py [--json ours.json] [--peer NAME ...] [--problem NAME ...]
                     [--seconds S] [--timeout S] [--save peers.json]

Each peer has a process of its own. One that is not installed, or does not come to an
end, is left out with a message. What a peer compiles or builds
beforehand is a column of its own.

A module with_NAME.py has NAME, COMPILES, version() and cases(), which yields the name
of a problem and a function that prepares it. This returns a primal and a derivative:
functions without arguments or, if it COMPILES, functions that make them.
"""

import common  # before anything that computes

import argparse
import importlib
import json
import math
import subprocess
import sys

import numpy as np

PEERS = ["autograd", "jax", "torch", "casadi"]

# The problems: how the bench command calls them, with size and kind.
PROBLEMS = {
    "rosenbrock-1000": ("rosenbrock", 1000, "gradient"),
    "logistic-1000x50": ("logistic", 1000, "gradient"),
    "gmm-d10-k25": ("gmm-d10-k25", 1000, "gradient"),
    "lstm": ("lstm", 1024, "gradient"),
    "ba": ("ba", 1, "gradient"),
    "tanh-series-6x200": ("tanh-series", 200, "series"),
    "rosenbrock-hvp-100": ("rosenbrock", 100, "product"),
    "mlp-784-200-10": ("mlp", 256, "gradient"),
}


def flat(v):
    """The numbers of a result in one array."""
    if isinstance(v, (list, tuple)):
        return np.concatenate([flat(w) for w in v])
    if hasattr(v, "detach"):
        v = v.detach().numpy()
    return np.asarray(v, dtype=np.float64).ravel()


def measure_peer(name, wanted, seconds):
    """Prints a line of JSON for each problem of a peer."""
    peer = importlib.import_module("with_" + name)
    print(json.dumps({"peer": name, "version": peer.version()}), flush=True)
    for problem, prepare in peer.cases():
        if problem not in wanted:
            continue
        record = {"peer": name, "problem": problem}
        try:
            primal, derivative = prepare()
            if peer.COMPILES:
                primal, record["plain_compile_ns"] = common.timed(primal)
                derivative, record["compile_ns"] = common.timed(derivative)
            y, dy = flat(primal()), flat(derivative())
            # Enough to tell whether all have computed the same.
            record["check"] = [float(np.abs(y).sum()), float(np.linalg.norm(dy)), len(dy)]
            record["plain_ns"], record["ns"], record["ratio"] = common.measure_both(primal, derivative, seconds)
        except Exception as e:  # of whatever kind a peer raises
            record["error"] = f"{type(e).__name__}: {e}".splitlines()[0][:200]
        print(json.dumps(record), flush=True)


def run_peer(name, args):
    """The records of a peer, or a message."""
    command = [sys.executable, __file__, "--measure", name, "--seconds", str(args.seconds)]
    for p in args.problem:
        command += ["--problem", p]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=args.timeout)
        out, problem = done.stdout, (done.stderr.strip().splitlines() or ["no message"])[-1] if done.returncode else None
    except subprocess.TimeoutExpired as e:
        out, problem = e.stdout or "", f"not done after {args.timeout} s"
        out = out.decode() if isinstance(out, bytes) else out
    records = []
    for line in out.splitlines():
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError:
            pass  # what a library prints, or half a line
    if problem:
        print(f"{name}: left out{' in part' if len(records) > 1 else ''}: {problem}", file=sys.stderr)
    for r in records:
        if "error" in r:
            print(f"{name}: {r['problem']}: {r['error']}", file=sys.stderr)
    return [r for r in records if "error" not in r]


def middle(v):
    """A number, also of one that is given with its quartiles."""
    return v.get("median") if isinstance(v, dict) else v


def ours(path):
    """The fastest of our modes for each problem, from a list of objects with problem,
    mode, ns, plain_ns and ratio, or the report of the bench command. Modes by hand do
    not count."""
    try:
        with open(path) as f:
            data = json.load(f)
    except OSError as e:
        print(f"ours: left out: {e}", file=sys.stderr)
        return {}
    except ValueError as e:
        sys.exit(f"{path}: {e}")
    if isinstance(data, dict):
        data = data.get("results", [])
    if not isinstance(data, list):
        sys.exit(f"{path}: want a list of results")
    best = {}
    for r in data:
        ns = middle(r.get("ns"))
        if ns is None or "hand" in r.get("mode", ""):
            continue
        for name, (problem, size, kind) in PROBLEMS.items():
            if r.get("problem") == name or (
                r.get("problem") == problem and r.get("size", size) == size and r.get("kind", kind) == kind
            ):
                if name not in best or ns < best[name]["ns"]:
                    ratio = middle(r.get("ratio"))
                    plain = middle(r.get("plain_ns")) or (ns / ratio if ratio else None)
                    best[name] = {
                        "peer": "dualjet " + r.get("mode", ""), "problem": name, "ns": ns, "plain_ns": plain,
                        "ratio": ratio or (ns / plain if plain else None),
                    }
    return best


def compare(records):
    """Tells which peers disagree with the first."""
    first = {}
    for r in records:
        if "check" not in r:
            continue
        want = first.setdefault(r["problem"], r)
        for a, b in zip(r["check"], want["check"]):
            if not math.isclose(a, b, rel_tol=1e-8):
                print(f"{r['problem']}: {r['peer']} has {r['check']}, {want['peer']} {want['check']}", file=sys.stderr)
                break


def duration(ns):
    if ns is None:
        return "–"
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def table(records, best):
    lines = ["| problem | by | primal | derivative | ratio | compiled in |", "|---|---|--:|--:|--:|--:|"]
    for name in PROBLEMS:
        rows = [r for r in records if r["problem"] == name]
        if name in best:
            rows.append(best[name])
        for r in rows:
            ratio = f"{r['ratio']:.3g}" if r.get("ratio") else "–"
            lines.append(
                f"| {name} | {r['peer']} | {duration(r['plain_ns'])} | {duration(r['ns'])} | {ratio} "
                f"| {duration(r.get('compile_ns'))} |"
            )
    return "\n".join(lines)


def main():
    p = argparse.ArgumentParser(description="Measures other packages on the problems of the benchmarks.")
    p.add_argument("--json", help="results of ours to print beside")
    p.add_argument("--peer", action="append", default=[], choices=PEERS, help="only this one; may be repeated")
    p.add_argument("--problem", action="append", default=[], choices=list(PROBLEMS), help="only this one; may be repeated")
    p.add_argument("--seconds", type=float, default=0.5, help="for each figure (%(default)s)")
    p.add_argument("--timeout", type=float, default=600, help="seconds for each peer (%(default)s)")
    p.add_argument("--save", help="file for the figures of the peers in JSON")
    p.add_argument("--measure", choices=PEERS, help=argparse.SUPPRESS)
    args = p.parse_args()
    args.problem = args.problem or list(PROBLEMS)
    if args.measure:
        measure_peer(args.measure, args.problem, args.seconds)
        return
    best = ours(args.json) if args.json else {}
    records, versions = [], []
    for name in args.peer or PEERS:
        for r in run_peer(name, args):
            if "version" in r:
                versions.append(f"{name} {r['version']}")
            else:
                records.append(r)
    compare(records)
    if args.save:
        with open(args.save, "w") as f:
            json.dump(records, f, indent=1)
    print("One thread; " + (", ".join(versions) or "no peers") + ".\n")
    print(table(records, {k: v for k, v in best.items() if k in args.problem}))


if __name__ == "__main__":
    main()
