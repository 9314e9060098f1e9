package jet

import (
	"github.com/dualjet/dualjet/dual"
	"gonum.org/v1/gonum/mat"
)

// An ODESensitivity is the solution of a set of differential equations together
// with its derivatives for the initial state and for the parameters.
type ODESensitivity struct {
	ODESolution
	params int
}

// SolveODESensitivity integrates y' = f(t, y, p) from y(t0) = y0 to t1, as
// [SolveODE] does, and differentiates the solution for y0 and p at fixed times.
//
// f computes with series of which every coefficient has derivatives in three
// directions, and runs ⌈(len(y0)+len(p))/3⌉ times where SolveODE would run it
// once. All of them take the same steps, which the values alone decide, so that
// the derivatives are those of the very solution. Where f branches, they do not
// know how the time of the branch depends on y0 and p: derivatives across a
// jump of f are wrong. Events see values only.
//
// Errors and panics are those of SolveODE. Derivatives that are not finite end
// the integration too.
func SolveODESensitivity(f func(dst []Nested[dual.Number3], t Nested[dual.Number3], y, p []Nested[dual.Number3]), y0, p []float64, t0, t1 float64, settings *ODESettings) (*ODESensitivity, error) {
	checkFunc("SolveODESensitivity", f == nil)
	s := settings.resolve("SolveODESensitivity")
	n := len(y0)
	columns := n + len(p)
	if n == 0 {
		columns = 0
	}
	sys := &odeDuals{dim: n, columns: columns}
	for from := 0; from == 0 || from < columns; from += 3 {
		sys.passes = append(sys.passes, newODEPass(f, n, p, from, s.Order+1))
	}
	state := make([]float64, n*(1+columns))
	copy(state, y0)
	for i := range n {
		state[n*(1+i)+i] = 1
	}
	g := newIntegrator(&s, sys, n, state, t0, t1)
	err := g.run()
	return &ODESensitivity{*g.sol, len(p)}, err
}

// InitialAt puts the matrix of the derivatives of y(t) for y(t0) into dst and
// returns it: row i holds those of component i. A nil dst is allocated and an
// empty one is given its size. The elements are NaN where the solution is not
// known. If there are no components, dst is empty. It panics with an [Error] if
// dst has another size.
func (s *ODESensitivity) InitialAt(dst *mat.Dense, t float64) *mat.Dense {
	return s.columns("InitialAt", dst, t, 0, s.dim)
}

// ParamsAt puts the matrix of the derivatives of y(t) for the parameters into
// dst and returns it; see [ODESensitivity.InitialAt]. If there are no
// parameters, dst is empty.
func (s *ODESensitivity) ParamsAt(dst *mat.Dense, t float64) *mat.Dense {
	return s.columns("ParamsAt", dst, t, s.dim, s.params)
}

// columns puts count columns of derivatives from the given one on into dst.
func (s *ODESensitivity) columns(name string, dst *mat.Dense, t float64, from, count int) *mat.Dense {
	if dst == nil {
		dst = &mat.Dense{}
	}
	if s.dim == 0 || count == 0 {
		if !dst.IsEmpty() {
			r, c := dst.Dims()
			fail("%s: dst is %d×%d, want it empty", name, r, c)
		}
		return dst
	}
	if dst.IsEmpty() {
		dst.ReuseAs(s.dim, count)
	}
	if r, c := dst.Dims(); r != s.dim || c != count {
		fail("%s: dst is %d×%d, want %d×%d", name, r, c, s.dim, count)
	}
	column := make([]float64, s.dim)
	for j := range count {
		s.lanes(column, s.dim*(1+from+j), t, 0)
		dst.SetCol(j, column)
	}
	return dst
}

// odeDuals is the system of jets over dual numbers. Its state holds y and then
// one column of derivatives for each component and parameter.
type odeDuals struct {
	dim, columns int
	passes       []*odePass
}

// An odePass computes three columns, as far as they exist.
type odePass struct {
	rec  nestedRecorder[dual.Number3]
	f    func(dst []Nested[dual.Number3], t Nested[dual.Number3], y []Nested[dual.Number3])
	from int
	y    []dual.Number3
}

func newODEPass(f func(dst []Nested[dual.Number3], t Nested[dual.Number3], y, p []Nested[dual.Number3]), dim int, p []float64, from, n int) *odePass {
	s := &odePass{from: from, y: make([]dual.Number3, dim)}
	params, arg := make([]Nested[dual.Number3], len(p)), make([]Nested[dual.Number3], len(p))
	for j, v := range p {
		x := dual.Number3{V: v}
		if lane := lane3(&x, dim+j-from); lane != nil {
			*lane = 1
		}
		params[j] = NewNested(x)
	}
	s.f = func(dst []Nested[dual.Number3], t Nested[dual.Number3], y []Nested[dual.Number3]) {
		// Parameters belong to the recording, so that what is computed from
		// them alone is not allocated.
		for j := range params {
			arg[j] = s.rec.w.sized(1, params[j].c[0])
		}
		f(dst, t, y, arg)
	}
	s.rec.init(dim, n)
	return s
}

// lane3 returns tangent j of x, or nil.
func lane3(x *dual.Number3, j int) *float64 {
	switch j {
	case 0:
		return &x.D1
	case 1:
		return &x.D2
	case 2:
		return &x.D3
	}
	return nil
}

func (s *odeDuals) record(t float64, state, dy []float64) {
	for _, p := range s.passes {
		for i := range p.y {
			p.y[i] = dual.Number3{V: state[i]}
			for j := range min(3, s.columns-p.from) {
				*lane3(&p.y[i], j) = state[s.dim*(1+p.from+j)+i]
			}
		}
		p.rec.record(dual.Number3{V: t}, p.y, p.f)
	}
	for i, z := range s.passes[0].rec.dy {
		dy[i] = z.Value()
	}
}

func (s *odeDuals) expand(h float64, c []float64) {
	n := len(c) / max(s.dim*(1+s.columns), 1)
	for _, p := range s.passes {
		p.rec.expand(h)
		for i, y := range p.rec.y {
			for k := range y.c {
				if p.from == 0 {
					c[i*n+k] = y.c[k].V
				}
				for j := range min(3, s.columns-p.from) {
					c[(s.dim*(1+p.from+j)+i)*n+k] = *lane3(&y.c[k], j)
				}
			}
		}
	}
}
