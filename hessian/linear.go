package hessian

import (
	"slices"

	"github.com/dualjet/dualjet/mixed"
)

type lane = [lanes]float64

// linear is a program at a point as a linear map: the operands of each number
// with the first derivatives that are not 0.
type linear struct {
	valid    bool
	infinite bool // or NaN: some derivative is
	n        int
	ptr      []uint32 // the operands of number i are in [ptr[i], ptr[i+1])
	arg      []uint32
	jac      []float64
	step     mixed.Step
	w        []lane // of all numbers: tangents or adjoints
}

func (l *linear) init(q *mixed.Point) {
	if l.valid {
		return
	}
	p := q.Program()
	l.n, _ = p.Dims()
	size := p.Len()
	l.ptr, l.arg, l.jac = slices.Grow(l.ptr[:0], size+1), l.arg[:0], l.jac[:0]
	l.w = slices.Grow(l.w[:0], size)[:size]
	for range l.n + 1 {
		l.ptr = append(l.ptr, 0)
	}
	q.Kinks() // differentiates
	nan := 0.0
	for i := l.n + 1; i < size; i++ {
		l.ptr = append(l.ptr, uint32(len(l.arg)))
		q.Step(&l.step, i)
		for k, j := range l.step.Jac {
			if a := l.step.Args[k]; a != 0 && j != 0 {
				l.arg, l.jac = append(l.arg, a), append(l.jac, j)
				nan += j * 0
			}
		}
	}
	l.ptr = append(l.ptr, uint32(len(l.arg)))
	l.infinite = nan != 0
	l.valid = true
}

// forward takes the tangents of the variables in w to those of all numbers.
func (l *linear) forward() {
	w := l.w
	begin := l.ptr[l.n+1]
	for i := l.n + 1; i < len(w); i++ {
		end := l.ptr[i+1]
		arg, jac := l.arg[begin:end], l.jac[begin:end]
		begin = end
		jac = jac[:len(arg)]
		var d lane
		for k, a := range arg {
			j, x := jac[k], &w[a]
			if l.infinite {
				for m := range d {
					d[m] += az(j, x[m])
				}
				continue
			}
			d[0] += j * x[0]
			d[1] += j * x[1]
			d[2] += j * x[2]
			d[3] += j * x[3]
		}
		w[i] = d
	}
}

// backward takes the adjoints of the results in w, which is 0 elsewhere, to those
// of all numbers.
func (l *linear) backward() {
	w := l.w
	for i := len(w) - 1; i > l.n; i-- {
		b := w[i]
		if b == (lane{}) {
			continue
		}
		begin, end := l.ptr[i], l.ptr[i+1]
		arg, jac := l.arg[begin:end], l.jac[begin:end]
		jac = jac[:len(arg)]
		for k, a := range arg {
			j, x := jac[k], &w[a]
			if l.infinite {
				for m := range b {
					x[m] += az(j, b[m])
				}
				continue
			}
			x[0] += j * b[0]
			x[1] += j * b[1]
			x[2] += j * b[2]
			x[3] += j * b[3]
		}
	}
}
