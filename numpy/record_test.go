package numpy

import (
	"strings"
	"testing"
)

func TestRecord(t *testing.T) {
	runs := 0
	f := func(x ...Array) Array {
		runs++
		Exp(x[0]) // nothing depends on it
		y := Mul(Tanh(x[0]), x[1])
		return Sum(Add(y.Scale(-2), Exp(Scalar(0))))
	}
	x, y := linspace(0, 1, 3), Scalar(2)
	p := Record(f, x, y)
	want := `v0 (3) = Tanh(x0)
v1 (3) = Mul(v0, x1)
v2 (3) = Scale(v1, -2)
v3 (3) = Add(v2, 1)
v4 () = SumTo(v3)
return v4
`
	if got := p.String(); got != want {
		t.Errorf("program is\n%s\nwant\n%s", got, want)
	}
	if p.Len() != 5 {
		t.Errorf("%d operations, want 5", p.Len())
	}
	x2, y2 := linspace(3, 4, 3), Scalar(-1)
	near(t, "Run", p.Run(x2, y2), f(x2, y2).Float64s())
	for i, g := range GradArgs(p.Run)(x2, y2) {
		near(t, "gradient", g, GradArgs(f)(x2, y2)[i].Float64s(), g.Shape()...)
	}
	runs = 0
	p.Run(x2, y2)
	if runs != 0 {
		t.Error("Run runs the function")
	}
	dot := p.DOT()
	for _, part := range []string{"digraph {\n", `x0 [label="x0 (3)", shape=ellipse]`, `v1 [label="Mul (3)"]`, "\tv0 -> v1\n\tx1 -> v1\n", `c1 [label="1", shape=plaintext]`, "\tc1 -> v3\n", "\tv4 -> value\n}\n"} {
		if !strings.Contains(dot, part) {
			t.Errorf("graph lacks %q:\n%s", part, dot)
		}
	}
	// Of a gradient, and of what is constant.
	g := Record(func(x ...Array) Array { return Grad(func(x Array) Array { return Sum(Tanh(x)) })(x[0]) }, x)
	if got := g.String(); !strings.Contains(got, "= Tanh'(x0)") {
		t.Errorf("program of a gradient is\n%s", got)
	}
	near(t, "gradient", g.Run(x2), Grad(func(x Array) Array { return Sum(Tanh(x)) })(x2).Float64s(), 3)
	if got := Record(func(...Array) Array { return x }).String(); got != "return constant (3)\n" {
		t.Errorf("program of a constant is %q", got)
	}
	wantFail(t, "arguments", "Program: 1 arguments, want 2", func() { p.Run(x) })
	wantFail(t, "shape", "Program: argument 1 has shape (3), want ()", func() { p.Run(x, x) })
	// Recorded inside of a derivative.
	for _, m := range modes() {
		got := m.at(func(s Array) Array {
			return Record(func(x ...Array) Array { return Mul(x[0], Mul(s, s)) }, Scalar(1)).Run(Scalar(5))
		}, Scalar(3))
		near(t, m.name, got, []float64{30})
	}
}

func TestProgramMap(t *testing.T) {
	w := FromSlice([]float64{0.5, -1, 2})
	loss := func(x ...Array) Array {
		y := Sub(Sum(Mul(x[0], x[1])), x[2])
		return Tanh(Mul(y, y))
	}
	data := Reshape(linspace(-1, 1, 12), 4, 3)
	target := linspace(0, 1, 4)
	each := func(f func(x ...Array) Array) []float64 {
		var all []float64
		for k := range 4 {
			all = append(all, f(w, data.At(k), target.At(k)).Float64s()...)
		}
		return all
	}
	near(t, "values", Record(loss, w, w, Scalar(0)).Map(w, data, target), each(loss), 4)
	grad := func(x ...Array) Array { return GradArgs(loss, 0)(x...)[0] }
	p := Record(grad, w, w, Scalar(0))
	near(t, "gradients", p.Map(w, data, target), each(grad), 4, 3)
	total := func(w Array) Array { return Sum(Record(loss, w, w, Scalar(0)).Map(w, data, target)) }
	sum := make([]float64, 3)
	for i, v := range each(grad) {
		sum[i%3] += v
	}
	near(t, "gradient of all", Grad(total)(w), sum, 3)
	constant := Record(func(...Array) Array { return w }, w)
	near(t, "constant", constant.Map(Reshape(linspace(0, 1, 6), 2, 3)), []float64{0.5, -1, 2, 0.5, -1, 2}, 2, 3)
	near(t, "none", p.Map(w, Reshape(FromSlice(nil), 0, 3), Scalar(0)), nil, 0, 3)
	wantFail(t, "number", "Program.Map: 1 arguments, want 3", func() { p.Map(w) })
	wantFail(t, "axis", "Program.Map: no argument has a further axis", func() { p.Map(w, w, Scalar(0)) })
	wantFail(t, "lengths", "Program.Map: argument 2 has shape (3), want ()", func() { p.Map(w, data, w) })
	wantFail(t, "shape", "Program.Map: argument 1 has shape (4), want (3)", func() { p.Map(w, target, target) })
}
