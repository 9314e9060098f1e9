"""Computes reference values and Jacobians of the cases on standard input.

    go run ./numpy/internal/cases/gen -dump | python3 numpy/internal/cases/testdata/golden.py

Values come from NumPy and SciPy, Jacobians from JAX in double precision. For
complex operands the Jacobian is that of the real and imaginary parts, stacked. What the
file already has stays, unless -all is given.
Needs numpy, scipy, jax.
"""

import gzip
import json
import os
import sys

import jax
import jax.numpy as jnp
import jax.scipy as jsp
import numpy as onp
import scipy as sp
import scipy.linalg
import scipy.signal
import scipy.special
import scipy.stats

jax.config.update("jax_enable_x64", True)



def plain_set(a, i, v):
    a = onp.array(a)
    a[i] = v
    return a


def plain_add(a, i, v):
    a = onp.array(a)
    onp.add.at(a, i, v)
    return a


PLAIN = dict(setat=plain_set, addat=plain_add, np=onp, sp=sp, la=onp.linalg, sla=sp.linalg, fft=onp.fft, ss=sp.special, st=sp.stats, sig=sp.signal)
TRACED = dict(
    setat=lambda a, i, v: jnp.asarray(a).at[i].set(v), addat=lambda a, i, v: jnp.asarray(a).at[i].add(v),
    np=jnp, sp=jsp, la=jnp.linalg, sla=jsp.linalg, fft=jnp.fft, ss=jsp.special, st=jsp.stats, sig=jsp.signal)


def array(p):
    a = onp.array([float(v) for v in p["re"]])
    if "im" in p:
        a = a.astype(complex)
        a.imag = [float(v) for v in p["im"]]
    return a.reshape(p["shape"])


def flat(a):
    a = onp.asarray(a)
    d = {"shape": list(a.shape), "re": [float(v) for v in a.real.ravel()]}
    if onp.iscomplexobj(a):
        d["im"] = [float(v) for v in a.imag.ravel()]
    return d


def clean(v):
    """JSON has no NaN: those go as strings."""
    if isinstance(v, float):
        return v if onp.isfinite(v) else repr(v)
    if isinstance(v, list):
        return [clean(x) for x in v]
    if isinstance(v, dict):
        return {k: clean(x) for k, x in v.items()}
    return v


def split(a):
    return jnp.concatenate([a.real.ravel(), a.imag.ravel()]) if jnp.iscomplexobj(a) else a.ravel()


def join(v, like):
    if onp.iscomplexobj(like):
        n = like.size
        return (v[:n] + 1j * v[n:]).reshape(like.shape)
    return v.reshape(like.shape)


def main():
    cases = json.load(sys.stdin)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json.gz")
    old = {}
    if os.path.exists(path) and "-all" not in sys.argv:
        with gzip.open(path) as f:
            old = json.load(f)
    out, failed = {}, 0
    for c in cases:
        entry = old.get(c["key"])
        if entry is not None:
            if c["flat"] or c["nojac"]:
                entry.pop("jac", None)
            out[c["key"]] = entry
            continue
        xs = [array(p) for p in c["in"]]
        names = [f"x{i}" for i in range(len(xs))]
        try:
            with onp.errstate(all="ignore"):
                value = eval(c["py"], {**PLAIN, **dict(zip(names, xs))})
        except Exception as e:
            print(f"{c['py']}: value: {e!r}", file=sys.stderr)
            failed += 1
            continue
        entry = {"value": flat(value)}
        if not c["flat"] and not c["nojac"]:
            jac = []
            try:
                for i, x in enumerate(xs):
                    if i in c["const"]:
                        jac.append(None)
                        continue

                    def f(v, i=i):
                        ys = [join(v, x) if j == i else y for j, y in enumerate(xs)]
                        return split(eval(c["py"], {**TRACED, **dict(zip(names, ys))}))

                    v = split(jnp.asarray(x))
                    try:
                        j = jax.jacfwd(f)(v)
                    except Exception:
                        j = jax.jacrev(f)(v)
                    jac.append([float(t) for t in onp.asarray(j).ravel()])
                entry["jac"] = jac
            except Exception as e:
                print(f"{c['py']}: Jacobian: {str(e).splitlines()[0][:150]}", file=sys.stderr)
        out[c["key"]] = clean(entry)
    text = json.dumps(out, sort_keys=True, separators=(",", ":")).encode()
    with open(path, "wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as f:
        f.write(text)
    print(f"{len(out)} cases, {sum('jac' in e for e in out.values())} with Jacobians, {failed} failed", file=sys.stderr)


main()
