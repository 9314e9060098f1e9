package reverse

import "gonum.org/v1/gonum/mat"

// lanes is how many derivatives a sweep for a Jacobian carries.
const lanes = 4

// Jacobian puts the m×n matrix of the derivatives of f at x into dst and
// returns it: row i holds the gradient of output i. A nil dst is allocated and
// an empty one is given its size, otherwise nothing is in steady state. If
// there are no inputs or no outputs, dst is empty.
//
// It calls f once and sweeps the recording ⌈m/4⌉ times backwards, for four
// rows each, or ⌈n/4⌉ times forwards, for four columns each, whichever is
// less. For many outputs of few inputs dual.Jacobian, which needs no tape, is
// faster still.
//
// It panics with an [Error] if dst has another size. f must not keep its
// argument.
func Jacobian(dst *mat.Dense, f func([]Var) []Var, x []float64) *mat.Dense {
	checkFunc("Jacobian", f == nil)
	if dst == nil {
		dst = new(mat.Dense)
	}
	w := getWorkspace()
	defer workspaces.Put(w)
	y := f(w.begin(x))
	m, n := len(y), len(x)
	for _, y := range y {
		w.tape.check("Jacobian", y)
	}
	switch r, c := dst.Dims(); {
	case dst.IsEmpty() && (m == 0 || n == 0):
		return dst
	case dst.IsEmpty():
		dst.ReuseAs(m, n)
	case r != m || c != n:
		fail("Jacobian: dst is %d×%d, want %d outputs × len(x) = %d", r, c, m, n)
	}
	raw := dst.RawMatrix()
	if len(w.tape.hooks) > 0 {
		// A hook carries one adjoint at a time.
		for i, y := range y {
			w.tape.Backward(y)
			w.adjoints(raw.Data[i*raw.Stride:][:n])
		}
		return dst
	}
	if cap(w.lanes) < len(w.tape.rec) {
		w.lanes = make([][lanes]float64, cap(w.tape.rec))
	}
	w.lanes = w.lanes[:len(w.tape.rec)]
	if m <= n {
		for i := 0; i < m; i += lanes {
			w.rows(raw.Data, raw.Stride, i, y)
		}
	} else {
		for j := 0; j < n; j += lanes {
			w.columns(raw.Data, raw.Stride, j, y)
		}
	}
	return dst
}

// rows fills the rows from i on, as far as there are lanes, by a sweep
// backwards.
func (w *workspace) rows(dst []float64, stride, i int, y []Var) {
	rec, bar := w.tape.rec, w.lanes[:len(w.tape.rec)]
	clear(bar)
	group := y[i:min(i+lanes, len(y))]
	for l, y := range group {
		bar[uint32(y.id)][l]++
	}
	bar[0] = [lanes]float64{} // constants
	for k := len(rec) - 1; k > len(w.x); k-- {
		b := &bar[k]
		if b[0] == 0 && b[1] == 0 && b[2] == 0 && b[3] == 0 {
			continue
		}
		r := &rec[k]
		if r.y >= elsewhere {
			for _, f := range w.tape.blocks(r) {
				for i, j := range f.jac {
					if j != 0 {
						axpy(&bar[f.at(i)], j, b)
					}
				}
			}
			continue
		}
		if r.jx != 0 {
			axpy(&bar[r.x], r.jx, b)
		}
		if r.jy != 0 {
			axpy(&bar[r.y], r.jy, b)
		}
	}
	for l := range group {
		row := dst[(i+l)*stride:][:len(w.x)]
		for j := range row {
			row[j] = bar[j+1][l]
		}
	}
}

// columns fills the columns from j on, as far as there are lanes, by a sweep
// forwards.
func (w *workspace) columns(dst []float64, stride, j int, y []Var) {
	rec, dot := w.tape.rec, w.lanes[:len(w.tape.rec)]
	n := min(lanes, len(w.x)-j)
	clear(dot[:len(w.x)+1])
	for l := range n {
		dot[1+j+l][l] = 1
	}
	for k := len(w.x) + 1; k < len(rec); k++ {
		r := &rec[k]
		d := &dot[k]
		*d = [lanes]float64{}
		if r.y >= elsewhere {
			for _, f := range w.tape.blocks(r) {
				for i, j := range f.jac {
					if j != 0 {
						axpy(d, j, &dot[f.at(i)])
					}
				}
			}
			continue
		}
		if r.jx != 0 {
			axpy(d, r.jx, &dot[r.x])
		}
		if r.jy != 0 {
			axpy(d, r.jy, &dot[r.y])
		}
	}
	for i, y := range y {
		copy(dst[i*stride+j:][:n], dot[uint32(y.id)][:])
	}
}

// axpy adds c·x to y. A lane of 0 stays out of it, also if c is infinite.
func axpy(y *[lanes]float64, c float64, x *[lanes]float64) {
	if c-c != 0 {
		for l, v := range x {
			if v != 0 {
				y[l] += c * v
			}
		}
		return
	}
	y[0] += c * x[0]
	y[1] += c * x[1]
	y[2] += c * x[2]
	y[3] += c * x[3]
}
