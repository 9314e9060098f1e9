package numpy

import "testing"

// TestArgs differentiates Σ a·b²·c³ by all choices of arguments.
func TestArgs(t *testing.T) {
	a, b, c := FromSlice([]float64{1, 2}), Scalar(3), FromSlice([]float64{5, 7})
	f := func(x ...Array) Array {
		b2 := Mul(x[1], x[1])
		c3 := Mul(x[2], Mul(x[2], x[2]))
		return Sum(Mul(x[0], Mul(b2, c3)))
	}
	ga := []float64{9 * 125, 9 * 343}
	gb := []float64{6 * (125 + 2*343)}
	gc := []float64{9 * 3 * 25, 2 * 9 * 3 * 49}
	for _, v := range []struct {
		argnums []int
		want    [][]float64
	}{
		{nil, [][]float64{ga, gb, gc}},
		{[]int{0}, [][]float64{ga}},
		{[]int{-1, 0}, [][]float64{gc, ga}},
		{[]int{1}, [][]float64{gb}},
	} {
		shape := func(want []float64) []int {
			if len(want) == 1 {
				return nil
			}
			return []int{2}
		}
		y, gs := ValueAndGradArgs(f, v.argnums...)(a, b, c)
		near(t, "value", y, []float64{9 * (125 + 2*343)})
		gs2 := GradArgs(f, v.argnums...)(a, b, c)
		js := JacobianArgs(f, v.argnums...)(a, b, c)
		_, pull := VJPArgs(f, v.argnums...)(a, b, c)
		ws := pull(Scalar(1))
		vs := make([]Array, len(gs))
		dot := 0.0
		for i, want := range v.want {
			for _, got := range []Array{gs[i], gs2[i], js[i], ws[i]} {
				near(t, "gradient", got, want, shape(want)...)
			}
			vs[i] = onesLike(gs[i])
			for _, w := range want {
				dot += w
			}
		}
		_, d := JVPArgs(f, v.argnums...)([]Array{a, b, c}, vs)
		near(t, "JVPArgs", d, []float64{dot})
		_, push := LinearizeArgs(f, v.argnums...)(a, b, c)
		near(t, "LinearizeArgs", push(vs...), []float64{dot})
	}
	h := HessianArgs(f, 0, 1)(a, b, c)
	near(t, "∂²/∂a²", h[0][0], make([]float64, 4), 2, 2)
	near(t, "∂²/∂a∂b", h[0][1], []float64{6 * 125, 6 * 343}, 2)
	near(t, "∂²/∂b∂a", h[1][0], []float64{6 * 125, 6 * 343}, 2)
	near(t, "∂²/∂b²", h[1][1], []float64{2 * (125 + 2*343)})
	p := HVPArgs(f, 0, 1)([]Array{a, b, c}, []Array{{}, Scalar(2)})
	near(t, "HVPArgs by a", p[0], []float64{12 * 125, 12 * 343}, 2)
	near(t, "HVPArgs by b", p[1], []float64{4 * (125 + 2*343)})
	value, grads, hvp := HVPFuncArgs(f, 0, 1)(a, b, c)
	near(t, "value of HVPFuncArgs", value, []float64{9 * (125 + 2*343)})
	near(t, "gradient of HVPFuncArgs", grads[0], ga, 2)
	p = hvp(Array{}, Scalar(2))
	near(t, "HVPFuncArgs by a", p[0], []float64{12 * 125, 12 * 343}, 2)
	near(t, "HVPFuncArgs by b", p[1], []float64{4 * (125 + 2*343)})
	// The functions nest with those of one argument.
	for _, m := range modes() {
		got := m.at(func(b Array) Array { return Sum(GradArgs(f, 0)(a, b, c)[0]) }, b)
		near(t, m.name, got, []float64{6 * (125 + 343)})
	}
}

// TestZeroTangent gives zero values for tangents of arguments whose shapes
// matter.
func TestZeroTangent(t *testing.T) {
	f := func(x ...Array) Array { return Mul(x[0].At(1), Reshape(x[1], 2, 1).At(0, 0)) }
	a, b := FromSlice([]float64{1, 2, 3}), FromSlice([]float64{4, 5})
	_, push := LinearizeArgs(f)(a, b)
	near(t, "LinearizeArgs", push(Array{}, onesLike(b)), []float64{2})
	near(t, "LinearizeArgs", push(onesLike(a), Array{}), []float64{4})
	_, _, hvp := HVPFuncArgs(f)(a, b)
	near(t, "HVPFuncArgs", hvp(Array{}, onesLike(b))[0], []float64{0, 1, 0}, 3)
	near(t, "HVPArgs", HVPArgs(f)([]Array{a, b}, []Array{{}, onesLike(b)})[0], []float64{0, 1, 0}, 3)
	_, dot := JVPArgs(f)([]Array{a, b}, []Array{{}, onesLike(b)})
	near(t, "JVPArgs", dot, []float64{2})
}
