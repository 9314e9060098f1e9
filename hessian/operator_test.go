package hessian

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// mulVecToer is what gonum.org/v1/exp/linsolve asks for.
type mulVecToer interface {
	MulVecTo(dst *mat.VecDense, trans bool, x mat.Vector)
}

var (
	_ mulVecToer = (*Operator)(nil)
	_ mulVecToer = (*Sym)(nil)
)

func TestOperator(t *testing.T) {
	x := []float64{0.1, 0.2, 0.3, 0.4}
	p := Compile(rosenbrockVar, x)
	q := p.At(x)
	defer q.Close()
	o := NewOperator(4, q.HVP)
	if r, c := o.Dims(); r != 4 || c != 4 {
		t.Errorf("%d×%d", r, c)
	}
	v := []float64{1, -2, 3, 0.5}
	want := make([]float64, 4)
	q.HVP(want, v)

	var dst mat.VecDense
	o.MulVecTo(&dst, false, mat.NewVecDense(4, v))
	if !floats.Equal(dst.RawVector().Data, want) {
		t.Errorf("%v, want %v", dst.RawVector().Data, want)
	}
	in := mat.VecDenseCopyOf(mat.NewVecDense(4, v))
	o.MulVecTo(in, true, in)
	if !floats.Equal(in.RawVector().Data, want) {
		t.Errorf("in place %v, want %v", in.RawVector().Data, want)
	}
	// Columns of a matrix, which are not contiguous.
	m := mat.NewDense(4, 2, nil)
	m.SetCol(0, v)
	o.MulVecTo(m.ColView(1).(*mat.VecDense), false, m.ColView(0))
	if got := mat.Col(nil, 1, m); !floats.Equal(got, want) {
		t.Errorf("column %v, want %v", got, want)
	}
	o.MulVecTo(m.ColView(1).(*mat.VecDense), false, mat.NewVecDense(4, v))
	if got := mat.Col(nil, 1, m); !floats.Equal(got, want) {
		t.Errorf("column %v from a vector, want %v", got, want)
	}
	if !raceEnabled {
		if n := testing.AllocsPerRun(10, func() {
			o.MulVecTo(in, false, in)
			o.MulVecTo(&dst, false, in)
		}); n > 0 {
			t.Errorf("%v allocations", n)
		}
	}
	in.SetVec(1, math.NaN())
	o.MulVecTo(in, false, in)
	if !math.IsNaN(in.AtVec(0)) || !math.IsNaN(in.AtVec(2)) {
		t.Errorf("NaN gives %v", in.RawVector().Data)
	}
	NewOperator(0, func(dst, v []float64) { t.Error("called") }).MulVecTo(new(mat.VecDense), false, new(mat.VecDense))
	wantPanic(t, "NewOperator: nil function", func() { NewOperator(1, nil) })
	wantPanic(t, "n = -1", func() { NewOperator(-1, q.HVP) })
	wantPanic(t, "len(x) = 3, want rows = 4", func() { o.MulVecTo(in, false, mat.NewVecDense(3, nil)) })
	wantPanic(t, "len(dst) = 3, want rows = 4", func() { o.MulVecTo(mat.NewVecDense(3, nil), false, in) })
}
