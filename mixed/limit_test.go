package mixed

import (
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// TestLimit checks that programs which are too large panic, with a smaller limit
// than the true one.
func TestLimit(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x Var) Var
		want Error
	}{
		{"operations of one", func(x Var) Var { return x.Sin() }, errForeign},
		{"operations of two", func(x Var) Var { return x.Add(x) }, errForeign},
		{"parameters", func(x Var) Var { return dual.Poly(x, make([]float64, 50)) }, errLimit},
		{"operands", func(x Var) Var { return dual.Sum([]Var{x, x, x, x, x, x, x, x}) }, errLimit},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				if r := recover(); r != c.want {
					t.Errorf("panics with %v, want %v", r, c.want)
				}
			}()
			r := recorder{limit: 1000}
			r.run(func(x []Var) Var {
				y := x[0]
				if c.want == errForeign {
					r.base += maxNodes - 300
					y = r.push(1, 0, opNeg, -1)
				}
				for range 2000 {
					y = c.f(y)
				}
				return y
			}, nil, []float64{1})
		})
	}
}

// TestNames checks that every operation has a name.
func TestNames(t *testing.T) {
	for c := range opBinaryEnd {
		if c != opUnaryEnd && c != opStepEnd && c.String() == "" {
			t.Errorf("operation %d has no name", c)
		}
	}
}

// TestAgain checks that a point which is differentiated again does not grow.
func TestAgain(t *testing.T) {
	p := RecordVector(func(x []Var) []Var { return []Var{x[0].Div(x[1]).Hypot(x[0])} }, []float64{1, 2})
	q, err := p.At([]float64{3, 4})
	if err != nil {
		t.Fatal(err)
	}
	for k := range 5 {
		q.Weigh([]float64{float64(k)})
		q.Gradient(nil)
		if len(q.full) != 2 {
			t.Errorf("%d locals of two operands, want 2", len(q.full))
		}
	}
	q.Close()
}
