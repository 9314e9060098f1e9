package dual

// Derivative returns the derivative of f at x.
func Derivative(f func(Number64) Number64, x float64) float64 {
	_, d := valueAndDerivative("Derivative", f, x)
	return d
}

// ValueAndDerivative returns the value and the derivative of f at x.
func ValueAndDerivative(f func(Number64) Number64, x float64) (y, dy float64) {
	return valueAndDerivative("ValueAndDerivative", f, x)
}

func valueAndDerivative(name string, f func(Number64) Number64, x float64) (y, dy float64) {
	checkFunc(name, f == nil)
	z := f(Number64{x, 1})
	if checking {
		checkLeak(name, f(Number64{V: x}).D)
	}
	return z.V, z.D
}

// SecondDerivative returns the value and the first two derivatives of f at x.
func SecondDerivative(f func(Hyper) Hyper, x float64) (y, dy, d2y float64) {
	checkFunc("SecondDerivative", f == nil)
	z := f(Hyper{x, 1, 1, 0})
	if checking {
		z := f(Hyper{V: x})
		checkLeak("SecondDerivative", z.D1, z.D2, z.D12)
	}
	return z.V, z.D1, z.D12
}

// Directional returns the value of f at x and its derivative in the direction
// v, ∇f·v. It panics with an [Error] if the lengths of x and v differ.
func Directional(f func([]Number64) Number64, x, v []float64) (y, dy float64) {
	checkFunc("Directional", f == nil)
	checkLen("Directional", "v", len(v), "x", len(x))
	w := numbers.get(len(x))
	defer numbers.put(w)
	for i := range x {
		w.x[i] = Number64{x[i], v[i]}
	}
	z := f(w.x)
	if checking {
		constants(w.x, x, func(x float64) Number64 { return Number64{V: x} })
		checkLeak("Directional", f(w.x).D)
	}
	return z.V, z.D
}

// SecondDirectional returns the value of f at x and its first two derivatives
// in the direction v, ∇f·v and vᵀ∇²f·v, from one evaluation. It panics with an
// [Error] if the lengths of x and v differ.
func SecondDirectional(f func([]Hyper) Hyper, x, v []float64) (y, dy, d2y float64) {
	checkFunc("SecondDirectional", f == nil)
	checkLen("SecondDirectional", "v", len(v), "x", len(x))
	w := hypers.get(len(x))
	defer hypers.put(w)
	for i := range x {
		w.x[i] = Hyper{x[i], v[i], v[i], 0}
	}
	z := f(w.x)
	if checking {
		constants(w.x, x, func(x float64) Hyper { return Hyper{V: x} })
		z := f(w.x)
		checkLeak("SecondDirectional", z.D1, z.D2, z.D12)
	}
	return z.V, z.D1, z.D12
}

// NestedDerivative returns the derivative of f at x as a number of x's own
// type, which can be differentiated in turn: inside f for a [Number64], say,
// it yields derivatives of derivatives. What f uses besides its argument must
// be lifted with [Lift].
func NestedDerivative[T Real[T]](f func(Nested[T]) Nested[T], x T) T {
	checkFunc("NestedDerivative", f == nil)
	d := f(Variable(x)).D
	if checking {
		checkNestedLeak("NestedDerivative", f(Lift(x)).D)
	}
	return d
}

// NestedGradient puts the gradient of f at x into dst and returns it, as
// numbers of x's own type; see [NestedDerivative]. A nil dst is allocated. It
// calls f once for each element of x. It panics with an [Error] if the lengths
// of dst and x differ.
func NestedGradient[T Real[T]](dst []T, f func([]Nested[T]) Nested[T], x []T) []T {
	checkFunc("NestedGradient", f == nil)
	if dst == nil {
		dst = make([]T, len(x))
	}
	checkLen("NestedGradient", "dst", len(dst), "x", len(x))
	w := make([]Nested[T], len(x))
	for i, v := range x {
		w[i] = Lift(v)
	}
	if checking {
		checkNestedLeak("NestedGradient", f(w).D)
	}
	for i, v := range x {
		w[i] = Variable(v)
		dst[i] = f(w).D
		w[i] = Lift(v)
	}
	return dst
}
