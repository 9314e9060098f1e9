package numpy

// Vectorize returns the function that applies f, a function of single numbers,
// to each element of its arguments, which broadcast. Each element goes its own
// way through the branches of f. It is a convenience: operations on whole arrays
// are many times faster. The function panics with an [Error] if a value of f has
// more than one element.
func Vectorize(f func(x ...Array) Array) func(x ...Array) Array {
	return func(x ...Array) Array {
		shape := []int{}
		for _, a := range x {
			s, ok := broadcastShape(shape, a.Shape())
			if !ok {
				fail("Vectorize: shapes %s and %s do not broadcast", shapeString(shape), shapeString(a.Shape()))
			}
			shape = s
		}
		size := product(shape)
		flat := make([]Array, len(x))
		for i, a := range x {
			flat[i] = Reshape(BroadcastTo(a, shape...), size)
		}
		where := make([]scatter, size)
		parts := make([]Array, size)
		for k := range size {
			in := make([]Array, len(x))
			for i := range in {
				in[i] = flat[i].At(k)
			}
			y := f(in...)
			if y.Size() != 1 {
				fail("Vectorize: the value has shape %s, want a single number", shapeString(y.Shape()))
			}
			where[k] = sub{off: k, whole: []int{size}}
			parts[k] = Reshape(y)
		}
		if size == 0 {
			return Reshape(Wrap(nil), shape...)
		}
		return Reshape(scatterSumOp.Apply(scatterParam{[]int{size}, where}, parts...), shape...)
	}
}
