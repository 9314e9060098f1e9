package mixed

// At returns the point x of f, which it records there, for a function that is
// needed at one point. Nothing is allocated in steady state if points are closed
// when they are done with. f must not keep its argument.
func At(f func([]Var) Var, x []float64) *Point { return at("At", f, x) }

// at returns a point of what f does at x.
func at(name string, f func([]Var) Var, x []float64) *Point {
	checkFunc(name, f == nil)
	q := points.Get().(*Point)
	q.record(f, x)
	return q
}

// HVP puts the product of the Hessian of f at x and the vector v into dst, which
// may be x or v, and returns it. A nil dst is allocated, otherwise nothing is in
// steady state. It calls f once. It panics with an [Error] if the lengths
// differ. For several products at one x use [Func.At]. f must not keep its
// argument.
func HVP(dst []float64, f func([]Var) Var, x, v []float64) []float64 {
	q := at("HVP", f, x)
	defer q.Close()
	return q.HVP(dst, v)
}

// ValueGradientHVP is [HVP] that returns the value and the gradient too, which
// it puts into grad. A nil grad is allocated.
func ValueGradientHVP(grad, dst []float64, f func([]Var) Var, x, v []float64) (y float64, g, hv []float64) {
	q := at("ValueGradientHVP", f, x)
	defer q.Close()
	hv = q.HVP(dst, v)
	return q.Value(), q.Gradient(grad), hv
}

// Directional puts the value and the derivatives along v up to the given order
// into dst and returns it; see [Point.Directional].
func Directional(dst []float64, f func([]Var) Var, x, v []float64, order int) []float64 {
	q := at("Directional", f, x)
	defer q.Close()
	return q.Directional(dst, v, order)
}

// DirectionalGradient puts the gradient of the derivative of the given order
// along v into dst and returns it; see [Point.DirectionalGradient].
func DirectionalGradient(dst []float64, f func([]Var) Var, x, v []float64, order int) []float64 {
	q := at("DirectionalGradient", f, x)
	defer q.Close()
	return q.DirectionalGradient(dst, v, order)
}
