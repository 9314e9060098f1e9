package numpy

import (
	"math"
	"testing"
)

// programOf returns the function of a vector of four elements that the bytes
// describe: instructions that take arrays from a list and append their result,
// whose elements are summed up at the end.
func programOf(code []byte) func(Array) Array {
	return func(x Array) Array {
		list := []Array{x, FromSlice([]float64{0.5, -1, 2, 0.25}), x.At(1)}
		arg := func(b byte) Array { return list[int(b)%len(list)] }
		for i := 0; i+2 < len(code) && i < 60; i += 3 {
			a, b := arg(code[i+1]), arg(code[i+2])
			var y Array
			switch code[i] % 22 {
			case 0:
				y = Add(a, b)
			case 1:
				y = Sub(a, b)
			case 2:
				y = Mul(a, b)
			case 3:
				y = Div(a, Square(b).AddConst(1))
			case 4:
				y = Tanh(a)
			case 5:
				y = Sin(Add(a, b))
			case 6:
				y = Exp(Sin(a))
			case 7:
				y = Softplus(a)
			case 8:
				y = BroadcastTo(Sum(Mul(a, b)), 4)
			case 9:
				y = Maximum(a, b)
			case 10:
				y = Where(Greater(a, b), a, b.Scale(2))
			case 11:
				y = Sqrt(Square(a).AddConst(1))
			case 12:
				y = Abs(a)
			case 13:
				y = Flip(BroadcastTo(a, 4))
			case 14:
				y = CumSum(BroadcastTo(a, 4))
			case 15:
				y = BroadcastTo(a, 4).Index(Ints(0, 0, 3, 1))
			case 16:
				y = MatMul(Reshape(BroadcastTo(a, 4), 2, 2), Reshape(BroadcastTo(b, 4), 2, 2))
				y = Ravel(y)
			case 17:
				y = SetAt(BroadcastTo(a, 4), Index{Span(1, 3)}, b.Scale(0.5).Index(Ellipsis).Sum())
			case 18:
				y = LogSumExp(BroadcastTo(a, 4), KeepDims)
			case 19:
				y = Prod(BroadcastTo(a, 4).Index(To(3)))
			case 20:
				y = Grad(func(z Array) Array { return Sum(Mul(Mul(z, z), Sin(Mul(z, Add(a, b))))) })(list[1])
			case 21:
				_, y = JVP(func(z Array) Array { return Mul(Exp(Mul(z, a)), Tanh(Mul(z, b))) }, list[1], list[1].Scale(0.5))
			}
			list = append(list, Tanh(y.Scale(0.25)))
		}
		return Sum(BroadcastTo(list[len(list)-1], 4))
	}
}

// FuzzPrograms compares first and second derivatives of random programs in all
// modes.
func FuzzPrograms(f *testing.F) {
	f.Add([]byte{2, 0, 1, 4, 3, 0, 16, 4, 1, 8, 5, 0})
	f.Add([]byte{9, 0, 1, 10, 0, 2, 12, 3, 3, 19, 4, 0, 15, 5, 0})
	f.Add([]byte{13, 0, 0, 14, 3, 0, 17, 4, 2, 18, 5, 0, 3, 6, 0})
	f.Add([]byte{20, 0, 1, 21, 3, 0, 2, 4, 3, 20, 5, 4, 21, 5, 2})
	f.Add([]byte{5, 0, 1, 6, 3, 0, 7, 4, 0, 11, 5, 5, 0, 6, 2, 1, 7, 0})
	f.Fuzz(func(t *testing.T, code []byte) {
		f := programOf(code)
		x := FromSlice([]float64{0.3, -0.7, 1.1, 0.4})
		v := FromSlice([]float64{1, 0.5, -2, 0.75})
		near := func(what string, got, want Array) {
			for i, g := range got.Float64s() {
				w := want.Float64s()[i]
				if !(math.Abs(g-w) <= 1e-9*(1+math.Abs(w))) {
					t.Errorf("%s: got %v, want %v", what, got.Float64s(), want.Float64s())
					return
				}
			}
		}
		g := Grad(f)(x)
		_, dot := JVP(f, x, v)
		near("forward against reverse", dot, Sum(Mul(g, v)))
		path := func(s Array) Array { return f(Add(x, Mul(s, v))) }
		series := ElementwiseDerivatives(path, 2)(Scalar(0))
		near("Taylor against forward", series[1], dot)

		_, fr := JVP(Grad(f), x, v)
		rr := Grad(func(x Array) Array { return Sum(Mul(Grad(f)(x), v)) })(x)
		rf := Grad(func(x Array) Array { _, d := JVP(f, x, v); return d })(x)
		near("forward over reverse against reverse over reverse", fr, rr)
		near("reverse over forward against reverse over reverse", rf, rr)
		near("Taylor against reverse over reverse", series[2], Sum(Mul(rr, v)))
	})
}
