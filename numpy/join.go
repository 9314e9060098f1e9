package numpy

import (
	"cmp"
	"reflect"
	"slices"
)

var concatOp = &Op{Name: "Concatenate", Linear: true}

func init() {
	concatOp.Eval = func(c *Call) Array {
		axis := c.Param.(int)
		shape := slices.Clone(c.In[0].Shape())
		shape[axis] = 0
		for _, x := range c.In {
			shape[axis] += x.Shape()[axis]
		}
		outer, inner := product(shape[:axis]), product(shape[axis+1:])
		lay := newLayout(shape)
		if slices.ContainsFunc(c.In, Array.IsComplex) {
			z := newComplex(lay)
			join(z.cx, c.In, outer, axis, inner, complexes)
			return plain(z)
		}
		z := newReal(lay)
		join(z.re, c.In, outer, axis, inner, reals)
		return plain(z)
	}
	concatOp.VJP = func(c *Call, i int, w Array) Array {
		axis, lo := c.Param.(int), 0
		for _, x := range c.In[:i] {
			lo += x.Shape()[axis]
		}
		parts := slices.Repeat(Index{Whole}, axis)
		return w.Index(append(parts, Span(lo, lo+c.In[i].Shape()[axis]))...)
	}
}

// join puts the rows of arrays one after the other, for each of the outer
// indices.
func join[T any](dst []T, xs []Array, outer, axis, inner int, elements func(Array) []T) {
	at := 0
	total := 0
	if outer > 0 {
		total = len(dst) / outer
	}
	for _, x := range xs {
		n := x.Shape()[axis] * inner
		in := elements(x)
		for o := range outer {
			copy(dst[o*total+at:], in[o*n:(o+1)*n])
		}
		at += n
	}
}

// Concatenate returns the arrays one after the other along an axis. Their other
// lengths must be the same.
func Concatenate(axis int, xs ...Array) Array {
	if len(xs) == 0 {
		fail("Concatenate: no array")
	}
	a := axisOf("Concatenate", axis, xs[0])
	for _, x := range xs[1:] {
		s, t := slices.Clone(xs[0].Shape()), slices.Clone(x.Shape())
		if len(s) == len(t) {
			s[a], t[a] = 0, 0
		}
		if !sameShape(s, t) {
			fail("Concatenate: shapes %s and %s along axis %d", shapeString(xs[0].Shape()), shapeString(x.Shape()), axis)
		}
	}
	if len(xs) == 1 {
		return xs[0]
	}
	return concatOp.Apply(a, xs...)
}

// Stack returns the arrays, all of one shape, along a new axis.
func Stack(axis int, xs ...Array) Array {
	if len(xs) == 0 {
		fail("Stack: no array")
	}
	rows := make([]Array, len(xs))
	for i, x := range xs {
		if !sameShape(x.Shape(), xs[0].Shape()) {
			fail("Stack: shapes %s and %s differ", shapeString(xs[0].Shape()), shapeString(x.Shape()))
		}
		rows[i] = ExpandDims(x, axis)
	}
	return Concatenate(axis, rows...)
}

// VStack returns the arrays one below the other, vectors as rows.
func VStack(xs ...Array) Array { return Concatenate(0, mapArrays(xs, AtLeast2D)...) }

// RowStack is another name of [VStack].
func RowStack(xs ...Array) Array { return VStack(xs...) }

// HStack returns the arrays side by side, vectors and scalars one after the
// other, as NumPy's r_ does.
func HStack(xs ...Array) Array {
	xs = mapArrays(xs, AtLeast1D)
	if len(xs) > 0 && xs[0].NDim() == 1 {
		return Concatenate(0, xs...)
	}
	return Concatenate(1, xs...)
}

// DStack returns the arrays one behind the other along the third axis.
func DStack(xs ...Array) Array { return Concatenate(2, mapArrays(xs, AtLeast3D)...) }

// ColumnStack returns the arrays side by side, vectors as columns, as NumPy's
// c_ does.
func ColumnStack(xs ...Array) Array {
	return Concatenate(1, mapArrays(xs, func(x Array) Array {
		if x.NDim() < 2 {
			return Reshape(x, -1, 1)
		}
		return x
	})...)
}

func mapArrays(xs []Array, f func(Array) Array) []Array {
	out := make([]Array, len(xs))
	for i, x := range xs {
		out[i] = f(x)
	}
	return out
}

// Append returns x and y one after the other, along an axis or, without one,
// flattened.
func Append(x, y Array, opts ...ReduceOption) Array {
	r := oneAxis("Append", x, opts, false)
	if a := slices.Index(r.along, true); len(opts) > 0 && a >= 0 {
		return Concatenate(a, x, y)
	}
	return Concatenate(0, Reshape(x, -1), Reshape(y, -1))
}

// Unstack returns the parts of x along an axis, without the axis.
func Unstack(x Array, axis int) []Array {
	a := axisOf("Unstack", axis, x)
	parts := slices.Repeat(Index{Whole}, a)
	out := make([]Array, x.Shape()[a])
	for i := range out {
		out[i] = x.Index(append(parts[:a:a], I(i))...)
	}
	return out
}

// Block returns the arrays of nested slices put together: those of the
// innermost slices along the last axis, the results along the one before, and
// so on. It takes an Array, a []Array, a [][]Array and so on, or an []any of
// these. Arrays of fewer dimensions than others, or than slices are nested, get
// axes of length 1 in front. It panics with an [Error] if a slice is empty,
// slices are nested to different depths or lengths do not fit.
func Block(blocks any) Array {
	v := reflect.ValueOf(blocks)
	depth, ndim := nesting(v)
	return assemble(v, depth, max(depth, ndim))
}

// nesting returns how deep slices are nested in v, and how many dimensions the
// arrays there have at most.
func nesting(v reflect.Value) (depth, ndim int) {
	if v.IsValid() && v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		fail("Block: nil is not an array")
	}
	if x, ok := v.Interface().(Array); ok {
		return 0, x.NDim()
	}
	if v.Kind() != reflect.Slice || v.Len() == 0 {
		fail("Block: %s of no array", v.Type())
	}
	for i := range v.Len() {
		d, n := nesting(v.Index(i))
		if i > 0 && d != depth {
			fail("Block: slices are nested %d and %d deep", depth, d)
		}
		depth, ndim = d, max(ndim, n)
	}
	return depth + 1, ndim
}

// assemble puts the arrays together that are nested to the given depth.
func assemble(v reflect.Value, depth, ndim int) Array {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if depth == 0 {
		x := v.Interface().(Array)
		return Reshape(x, slices.Concat(slices.Repeat([]int{1}, ndim-x.NDim()), x.Shape())...)
	}
	parts := make([]Array, v.Len())
	for i := range parts {
		parts[i] = assemble(v.Index(i), depth-1, ndim)
	}
	return Concatenate(-depth, parts...)
}

// Split returns x cut into n parts of the same length along an axis.
func Split(x Array, n, axis int) []Array {
	a := axisOf("Split", axis, x)
	if n < 1 || x.Shape()[a]%n != 0 {
		fail("Split: %d equal parts along axis %d of shape %s", n, axis, shapeString(x.Shape()))
	}
	return ArraySplit(x, n, axis)
}

// ArraySplit returns x cut into n parts along an axis, the first ones longer by
// one where they cannot be the same.
func ArraySplit(x Array, n, axis int) []Array {
	a := axisOf("ArraySplit", axis, x)
	if n < 1 {
		fail("ArraySplit: %d parts", n)
	}
	length := x.Shape()[a]
	at := make([]int, 0, n-1)
	for i, end := 0, 0; i < n-1; i++ {
		end += length / n
		if i < length%n {
			end++
		}
		at = append(at, end)
	}
	return SplitAt(x, at, axis)
}

// SplitAt returns x cut before the given indices along an axis.
func SplitAt(x Array, at []int, axis int) []Array {
	a := axisOf("SplitAt", axis, x)
	parts := slices.Repeat(Index{Whole}, a)
	var out []Array
	lo := 0
	for _, hi := range at {
		out = append(out, x.Index(append(parts[:a:a], Span(lo, hi))...))
		lo = hi
	}
	return append(out, x.Index(append(parts[:a:a], From(lo))...))
}

// VSplit is [Split] along the first axis. It panics with an [Error] for a
// vector.
func VSplit(x Array, n int) []Array {
	if x.NDim() < 2 {
		fail("VSplit: shape %s has no rows", shapeString(x.Shape()))
	}
	return Split(x, n, 0)
}

// HSplit is [Split] along the second axis, of a vector along the first.
func HSplit(x Array, n int) []Array {
	if x.NDim() == 1 {
		return Split(x, n, 0)
	}
	return Split(x, n, 1)
}

// DSplit is [Split] along the third axis.
func DSplit(x Array, n int) []Array { return Split(x, n, 2) }

// Insert returns x with v, stretched to the other lengths, inserted before an
// index along an axis.
func Insert(x Array, before int, v Array, axis int) Array {
	a := axisOf("Insert", axis, x)
	n := x.Shape()[a]
	if before < -n || before > n {
		fail("Insert: index %d along axis %d of shape %s", before, axis, shapeString(x.Shape()))
	}
	if before < 0 {
		before += n
	}
	shape := slices.Clone(x.Shape())
	shape[a] = 1
	if v.NDim() == x.NDim() {
		shape[a] = v.Shape()[a]
	}
	p := SplitAt(x, []int{before}, a)
	return Concatenate(a, p[0], stretchTo("Insert", v, shape), p[1])
}

// InsertAt returns x with the parts of v along an axis inserted there, each
// before the index of x with its number. v stretches to as many parts as there
// are indices and to the other lengths of x.
func InsertAt(x Array, before []int, v Array, axis int) Array {
	a := axisOf("InsertAt", axis, x)
	n := x.Shape()[a]
	count := len(before)
	shape := slices.Clone(x.Shape())
	shape[a] = count
	v = stretchTo("InsertAt", v, shape)
	order := make([]int, count) // of the parts of v in the result
	at := make([]int, count)
	for k, i := range before {
		if i < -n || i > n {
			fail("InsertAt: index %d along axis %d of shape %s", i, axis, shapeString(x.Shape()))
		}
		if i < 0 {
			i += n
		}
		order[k], at[k] = k, i
	}
	slices.SortStableFunc(order, func(j, k int) int { return cmp.Compare(at[j], at[k]) })
	var index []int // into x followed by v
	next := 0
	for i := range n + 1 {
		for next < count && at[order[next]] == i {
			index = append(index, n+order[next])
			next++
		}
		if i < n {
			index = append(index, i)
		}
	}
	return Take(Concatenate(a, x, v), index, a)
}

// Delete returns x without the parts of the given indices along an axis.
func Delete(x Array, index []int, axis int) Array {
	a := axisOf("Delete", axis, x)
	gone := make([]bool, x.Shape()[a])
	for _, i := range index {
		gone[check("Delete", i, a, x.Shape())] = true
	}
	var keep []int
	for i, g := range gone {
		if !g {
			keep = append(keep, i)
		}
	}
	return Take(x, keep, a)
}
