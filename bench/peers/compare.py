"""Puts what numpy_layer.py printed beside the benchmark of package numpy.

    go test -run '^$' -bench Layer ./numpy > go.txt
    python3 numpy_layer.py > autograd.txt
    python3 compare.py go.txt autograd.txt

Of several figures for a name, of more runs in one file, the least counts.
"""

import argparse
import json
import re
import sys

FIELDS = {"ns/op": "ns", "best-ns": "best_ns", "ratio": "ratio"}


def least(figures, name, key, value):
    old = figures.setdefault(name, {})
    old[key] = min(value, old.get(key, value))


def ours(path):
    """The figures of lines such as BenchmarkLayer/name-2  100  123 ns/op  99 best-ns."""
    figures = {}
    with open(path) as f:
        for line in f:
            m = re.match(r"BenchmarkLayer/(\S+?)(-\d+)?\s+\d+\s+(.*)", line)
            if not m:
                continue
            name, words = m[1], m[3].split()
            for value, unit in zip(words[::2], words[1::2]):
                if unit in FIELDS:
                    least(figures, name, FIELDS[unit], float(value))
    return figures


def theirs(path):
    figures = {}
    with open(path) as f:
        for line in f:
            if line.startswith("{"):
                row = json.loads(line)
                for key in ("ns", "best_ns"):
                    if key in row:
                        least(figures, row["name"], key, row[key])
    return figures


def duration(ns):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def main():
    p = argparse.ArgumentParser(description="Prints a table of package numpy and autograd.")
    p.add_argument("go", help="what go test -bench printed")
    p.add_argument("autograd", help="what numpy_layer.py printed")
    p.add_argument("--mean", action="store_true", help="the mean of Go and the median of autograd, not the best of either")
    args = p.parse_args()
    key = "ns" if args.mean else "best_ns"
    go, autograd = ours(args.go), theirs(args.autograd)
    both = [name for name, row in autograd.items() if key in row and key in go.get(name, {})]
    if not both:
        sys.exit("compare: the files have no name in common")
    print("| | autograd | numpy | faster by | × plain Go |\n|---|---|---|---|---|")
    for name in both:
        a, b = autograd[name][key], go[name][key]
        ratio = go[name].get("ratio")
        print(f"| `{name}` | {duration(a)} | {duration(b)} | {a / b:.3g} | {ratio:.3g} |" if ratio
              else f"| `{name}` | {duration(a)} | {duration(b)} | {a / b:.3g} | |")
    for name in sorted(set(autograd) - set(both)):
        print(f"compare: {name} is only in {args.autograd}", file=sys.stderr)


if __name__ == "__main__":
    main()
