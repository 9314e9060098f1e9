package jet

// CollapsedDerivatives returns f(x), f'(x), … up to order 2 or 4 by a collapsed
// number.
func CollapsedDerivatives(f func(Collapsed) Collapsed, x float64, order int) []float64 {
	w := &collapse{weights: []float64{1}}
	w.reset(order)
	y := f(w.variable(x, []float64{1}))
	d := make([]float64, order+1)
	d[0], d[order] = y.v, y.span().top*factorial(order)
	if !y.constant() {
		for k := 1; k < order; k++ {
			d[k] = y.s.row(k)[0] * factorial(k)
		}
	}
	return d
}
