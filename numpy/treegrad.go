package numpy

import "slices"

// A bound is a function of a tree as a function of its leaves.
func bound[P, Q any](name string, f func(P) Q, tree P, out *Q) func([]Array) []Array {
	return func(xs []Array) []Array {
		*out = f(withLeaves(name, tree, xs, true))
		return leaves(name, *out, false)
	}
}

// GradTree is [Grad] for a function of a tree: a value of any type that holds
// arrays, as in structs, slices, maps, pointers and interfaces, nested as one
// likes. The gradient is a tree of the same type with the gradient by each
// array in its place.
//
// The arrays are the leaves. Numbers of types like float64 and slices of them
// cannot carry a derivative through f: a tree that holds some where an Array
// could be makes it panic with an [Error] that names the field. A field with
// the tag `np:"-"` is left alone, as are integers, booleans, strings and
// functions; the gradient has them as the tree has. Fields that hold arrays
// must be exported.
//
// Leaves have an order: fields as they are declared, elements by index, those
// of maps by sorted keys. All functions with names in Tree go by these rules.
func GradTree[P any](f func(P) Array) func(P) P {
	return func(p P) P {
		_, g := valueAndGradTree("GradTree", f, p)
		return g
	}
}

// ValueAndGradTree is [ValueAndGrad] for a function of a tree; see [GradTree].
func ValueAndGradTree[P any](f func(P) Array) func(P) (value Array, grad P) {
	return func(p P) (Array, P) { return valueAndGradTree("ValueAndGradTree", f, p) }
}

func valueAndGradTree[P any](name string, f func(P) Array, p P) (Array, P) {
	var y Array
	ys, gs := gradients(name, bound(name, f, p, &y), leaves(name, p, true))
	return ys[0], withLeaves(name, p, gs, true)
}

// directions returns the leaves of a tree of tangents, and checks that the tree
// is like the one that it belongs to.
func directions[P any](name, what string, v, p P, xs []Array, strict bool) []Array {
	vs := leaves(name, v, strict)
	if paths := treePaths(name, p, strict); !slices.Equal(treePaths(name, v, strict), paths) {
		fail("%s: the %s has not the form of what it belongs to, with arrays at %q", name, what, paths)
	}
	checkLikeAll(name, what, vs, xs)
	return vs
}

func treePaths(name string, tree any, strict bool) []string {
	var paths []string
	walkTree(name, tree, strict, func(path string, x Array) Array {
		paths = append(paths, path)
		return x
	})
	return paths
}

// HVPTree is [HVP] for a function of a tree; see [GradTree].
func HVPTree[P any](f func(P) Array) func(p, v P) P {
	return func(p, v P) P {
		const name = "HVPTree"
		var y Array
		xs := leaves(name, p, true)
		vs := directions(name, "direction", v, p, xs, true)
		return withLeaves(name, p, hvp(name, bound(name, f, p, &y), xs, vs), true)
	}
}

// JVPTree is [JVP] for a function from trees to trees, of which an array is
// one; see [GradTree]. The result of f may hold any values besides arrays.
func JVPTree[P, Q any](f func(P) Q, p, v P) (y, dot Q) {
	const name = "JVPTree"
	xs := leaves(name, p, true)
	vs := directions(name, "tangent", v, p, xs, true)
	ys, dots := jvp(bound(name, f, p, &y), xs, vs)
	y = withLeaves(name, y, ys, false)
	return y, withLeaves(name, y, likeAll(dots, ys), false)
}

// VJPTree is [VJP] for a function from trees to trees, of which an array is
// one; see [GradTree]. The result of f may hold any values besides arrays.
func VJPTree[P, Q any](f func(P) Q, p P) (y Q, pull func(w Q) P) {
	const name = "VJPTree"
	xs := leaves(name, p, true)
	back, ys := vjp(bound(name, f, p, &y), xs)
	y = withLeaves(name, y, ys, false)
	return y, func(w Q) P {
		ws := directions(name, "cotangent", w, y, ys, false)
		return withLeaves(name, p, likeAll(back(ws), xs), true)
	}
}

// JacobianTree is [Jacobian] for a function of a tree: the Jacobian by each
// array is in its place. See [GradTree].
func JacobianTree[P any](f func(P) Array) func(P) P {
	return func(p P) P {
		const name = "JacobianTree"
		var y Array
		l := newLinear(bound(name, f, p, &y), leaves(name, p, true))
		return withLeaves(name, p, l.jacobians(), true)
	}
}

// HessianTree returns the second derivatives of a function of a tree, whose
// value must be a single real number: element i, j of the result is by leaves i
// and j in the order of [Leaves], an array of the shapes of both. See
// [GradTree].
func HessianTree[P any](f func(P) Array) func(P) [][]Array {
	return func(p P) [][]Array {
		const name = "HessianTree"
		var y Array
		return hessians(name, bound(name, f, p, &y), leaves(name, p, true))
	}
}

// HVPFuncTree is [HVPFunc] for a function of a tree; see [GradTree].
func HVPFuncTree[P any](f func(P) Array, p P) (value Array, grad P, hvp func(v P) P) {
	const name = "HVPFuncTree"
	var y Array
	xs := leaves(name, p, true)
	value, grads, push := hvpProgram(name, bound(name, f, p, &y), xs)
	return value, withLeaves(name, p, grads, true), func(v P) P {
		vs := directions(name, "direction", v, p, xs, true)
		return withLeaves(name, p, likeAll(push.run(orZerosAll(vs, xs)), xs), true)
	}
}

// LinearizeTree is [Linearize] for a function from trees to trees; see
// [JVPTree].
func LinearizeTree[P, Q any](f func(P) Q, p P) (y Q, push func(v P) Q) {
	const name = "LinearizeTree"
	xs := leaves(name, p, true)
	ys, program := linearize(bound(name, f, p, &y), xs)
	y = withLeaves(name, y, ys, false)
	return y, func(v P) Q {
		vs := directions(name, "tangent", v, p, xs, true)
		return withLeaves(name, y, likeAll(program.run(orZerosAll(vs, xs)), ys), false)
	}
}
