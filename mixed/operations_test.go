package mixed_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dualjet/dualjet/mixed"
	"gonum.org/v1/gonum/mat"
)

// pushed computes the Hessian and the gradient by a sweep over the operations
// that keeps the matrix for all numbers, and which elements it has. It is edge
// pushing (Gower and Mello, 2012) without an eye on cost.
func pushed(q *mixed.Point, n int) (h *mat.Dense, grad []float64) {
	w := map[[2]int]float64{}
	add := func(i, j int, c float64) {
		w[[2]int{i, j}] += c
		if i != j {
			w[[2]int{j, i}] += c
		}
	}
	grad = make([]float64, n)
	for op := range q.Operations {
		self := w[[2]int{op.Index, op.Index}]
		for k, a := range op.Operands {
			for l, b := range op.Operands[:k+1] {
				if c := op.First[k] * op.First[l] * self; k == l {
					add(a, a, c)
				} else if a == b {
					add(a, a, 2*c)
				} else {
					add(a, b, c)
				}
			}
			for key, c := range w {
				switch i, j := key[0], key[1]; {
				case i != op.Index || j == i:
				case j == a:
					add(a, a, 2*op.First[k]*c)
				default:
					add(a, j, op.First[k]*c)
				}
			}
			if a <= n {
				grad[a-1] += op.First[k] * op.Adjoint
			}
		}
		for key := range w {
			if key[0] == op.Index || key[1] == op.Index {
				delete(w, key)
			}
		}
		for _, p := range op.Second {
			add(p.X, p.Y, p.C)
		}
	}
	h = mat.NewDense(n, n, nil)
	for key, c := range w {
		if key[0] <= n && key[1] <= n {
			h.Set(key[0]-1, key[1]-1, c)
		}
	}
	return h, grad
}

// TestOperations computes a Hessian from the operations of a point, and checks
// that those of the program tell its pairs.
func TestOperations(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, f := range functions() {
		for range 5 {
			x := random(r, f.n)
			p := mixed.Record(f.mixed, x)
			q, err := p.At(x)
			if err != nil {
				t.Fatal(err)
			}
			eye := make([]float64, f.n)
			for i := range eye {
				eye[i] = 1
			}
			want := q.HVPs(nil, mat.NewDiagDense(f.n, eye))
			got, grad := pushed(q, f.n)
			if !mat.EqualApprox(got, want, 1e-11) {
				t.Errorf("%s: from the operations\n%.6v\nwant\n%.6v", f.name, mat.Formatted(got), mat.Formatted(want))
			}
			for i, g := range q.Gradient(nil) {
				if math.Abs(g-grad[i]) > 1e-12*(1+math.Abs(g)) {
					t.Errorf("%s: gradient %v, want %v", f.name, grad[i], g)
				}
			}
			pairs := map[[3]int]bool{}
			count := 0
			for op := range p.Operations {
				count++
				for _, s := range op.Second {
					pairs[[3]int{op.Index, s.X, s.Y}] = true
				}
			}
			for op := range q.Operations {
				count--
				if len(op.First) != len(op.Operands) {
					t.Errorf("%s: %d derivatives of %d operands", op.Name, len(op.First), len(op.Operands))
				}
				for _, s := range op.Second {
					if s.X < s.Y || !pairs[[3]int{op.Index, s.X, s.Y}] {
						t.Errorf("%s: %s has the pair %v, which the program has not", f.name, op.Name, s)
					}
				}
			}
			if count != 0 {
				t.Errorf("%s: %d operations more in the program than at the point", f.name, count)
			}
			for range p.Operations {
				break
			}
			for range q.Operations {
				break
			}
			q.Close()
		}
	}
}
