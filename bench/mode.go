package main

import (
	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	gonumdual "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/hessian"
	"github.com/dualjet/dualjet/jet"
	"github.com/dualjet/dualjet/mixed"
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/reverse"
)

// A kind says what a mode yields.
type kind string

const (
	gradient  kind = "gradient"  // of a function with one result, else the Jacobian
	inner     kind = "inner"     // gradient of a function with a gradient inside
	line      kind = "line"      // first and second derivative along a direction
	productHv kind = "product"   // of the Hessian with a direction
	laplacian kind = "laplacian" // the trace of the Hessian
	hessianH  kind = "hessian"
)

// What a mode does with its recording while the clock runs.
const (
	noTape = "-"
	inside = "timed"  // it records each time
	before = "before" // it replays what was recorded once
)

// A mode is a way to derivatives. A new one is one entry in modes.
type mode struct {
	kind      kind
	name      string
	about     string
	recording string
	tolerance float64 // of its results, if it is not exact

	// prepare readies the mode for an instance, or says why it cannot do it.
	prepare func(in *instance) (*job, string)
}

// full returns the name with that of the kind, by which a mode is chosen.
func (m mode) full() string { return string(m.kind) + "/" + m.name }

// rivals reports whether the mode is one to choose, neither by hand nor inexact.
func (m mode) rivals() bool { return m.name != "by-hand" && m.tolerance == 0 }

// A job is a mode ready for an instance.
type job struct {
	run  func()
	got  func() []float64 // what run has left, as reference has it
	cost float64          // of a run, estimated, in evaluations of the plain function
}

// differences is the tolerance of differences.
const differences = 1e-4

// modes returns all modes, those of a kind together.
func modes() []mode {
	return []mode{
		{gradient, "by-hand", "formulas", noTape, 0, byHand},
		{gradient, "forward", "dual.Number64, a sweep for each variable", noTape, 0, forward},
		{gradient, "forward3", "dual.Number3, a sweep for three variables", noTape, 0, forward3},
		{gradient, "reverse", "package reverse, function of its variables", inside, 0, reverseTape},
		{gradient, "generic", "package reverse, generic function", inside, 0, reverseGeneric},
		{gradient, "terms", "package reverse, mark and rewind term by term", inside, 0, reverseTerms},
		{gradient, "replay", "package mixed, at a new point of a program", before, 0, replay},
		{gradient, "numpy", "numpy.Grad, function of an array", inside, 0, gradientNumpy},
		{gradient, "gonum-fd", "gonum diff/fd, central differences", noTape, differences, fdGradient},
		{gradient, "gonum-dual", "gonum num/dual, a sweep for each variable", noTape, 0, gonumGradient},

		{inner, "ff", "forward mode, with forward mode inside the function", noTape, 0, nestedMode(problems.FF)},
		{inner, "fr", "forward mode, with reverse mode inside the function", inside, 0, nestedMode(problems.FR)},
		{inner, "rf", "reverse mode, with forward mode inside the function", inside, 0, nestedMode(problems.RF)},
		{inner, "rr", "reverse mode, with reverse mode inside the function", inside, 0, nestedMode(problems.RR)},

		{line, "hyper", "dual.SecondDirectional", noTape, 0, lineHyper},
		{line, "jet2", "jet.Jet2", noTape, 0, lineJet2},
		{line, "jet", "jet.Directional, a series of order 2", noTape, 0, lineJet},

		{productHv, "by-hand", "formulas", noTape, 0, productByHand},
		{productHv, "mixed", "mixed.HVP", inside, 0, productMixed},
		{productHv, "replay", "package mixed, at a new point of a program", before, 0, productReplay},
		{productHv, "nested", "dual.Nested over package reverse", inside, 0, productNested},
		{productHv, "numpy", "numpy.HVP, function of an array", inside, 0, productNumpy},
		{productHv, "numpy-replay", "numpy.HVPFunc, for another vector at the same point", before, 0, productNumpyReplay},

		{laplacian, "jet", "jet.Laplacian, collapsed series", noTape, 0, laplacianJet},
		{laplacian, "hyper", "a dual.SecondDirectional for each variable", noTape, 0, laplacianHyper},

		{hessianH, "hyper", "dual.Hessian", noTape, 0, hessianHyper},
		{hessianH, "nested", "dual.Nested[dual.Number3], three entries a sweep", noTape, 0, hessianNested},
		{hessianH, "jet", "jet.Tensor of order 2", noTape, 0, hessianJet},
		{hessianH, "dense", "hessian.Point.Dense at a new point", before, 0, hessianDense},
		{hessianH, "sparse", "hessian.Point.Sparse at a new point", before, 0, hessianSparse},
		{hessianH, "gonum-fd", "gonum diff/fd, differences", noTape, 0.05, fdHessian},
		{hessianH, "gonum-hyperdual", "gonum num/hyperdual, a sweep for each entry", noTape, 0, gonumHessian},
	}
}

// Reasons why a mode is not for a problem.
const (
	severalResults = "the problem has several results"
	hasGradient    = "the problem has a gradient inside"
	noForm         = "the problem has no such form"
	noGonum        = "the problem is not written for gonum's numbers"
)

// missing says why a form of a scalar problem is nil.
func (in *instance) missing() string {
	switch {
	case in.vector != nil:
		return severalResults
	case in.nesting != nil:
		return hasGradient
	}
	return noForm
}

func (in *instance) vectorOut() ([]float64, func() []float64) {
	dst := make([]float64, in.m()*len(in.x))
	return dst, func() []float64 { return dst }
}

func byHand(in *instance) (*job, string) {
	dst, got := in.vectorOut()
	return &job{func() { in.derivative(dst, in.x) }, got, 3}, ""
}

func forward(in *instance) (*job, string) {
	n := len(in.x)
	dst, got := in.vectorOut()
	cost := 2 * float64(n)
	v := make([]num, n)
	for i, x := range in.x {
		v[i].V = x
	}
	switch {
	case in.vector != nil:
		return &job{func() {
			for j := range v {
				v[j].D = 1
				for i, y := range in.vector.num(v) {
					dst[i*n+j] = y.D
				}
				v[j].D = 0
			}
		}, got, cost}, ""
	case in.num == nil:
		return nil, in.missing()
	}
	return &job{func() {
		for j := range v {
			v[j].D = 1
			dst[j] = in.num(v).D
			v[j].D = 0
		}
	}, got, cost}, ""
}

func forward3(in *instance) (*job, string) {
	dst, got := in.vectorOut()
	cost := float64(len(in.x))
	switch {
	case in.vector != nil:
		jac := mat.NewDense(in.m(), len(in.x), dst)
		return &job{func() { dual.Jacobian(jac, in.vector.num3, in.x) }, got, cost}, ""
	case in.num3 == nil:
		return nil, in.missing()
	}
	return &job{func() { dual.Gradient(dst, in.num3, in.x) }, got, cost}, ""
}

func reverseTape(in *instance) (*job, string) {
	if in.tape == nil && in.nesting == nil {
		return nil, "the problem has only the generic form"
	}
	return reverseMode(in, in.tape)
}

func reverseGeneric(in *instance) (*job, string) { return reverseMode(in, in.generic) }

func reverseMode(in *instance, f func([]rev) rev) (*job, string) {
	dst, got := in.vectorOut()
	switch {
	case in.vector != nil:
		jac := mat.NewDense(in.m(), len(in.x), dst)
		return &job{func() { reverse.Jacobian(jac, in.vector.rev, in.x) }, got, 10 + 2*float64(in.m())}, ""
	case f == nil:
		return nil, in.missing()
	}
	return &job{func() { reverse.Gradient(dst, f, in.x) }, got, 30}, ""
}

func reverseTerms(in *instance) (*job, string) {
	if in.terms == nil {
		return nil, "the problem is not split into terms"
	}
	dst, got := in.vectorOut()
	return &job{func() { in.terms(dst) }, got, 30}, ""
}

func replay(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	dst, got := in.vectorOut()
	f := mixed.NewFunc(in.mix)
	return &job{func() {
		p := f.At(in.x)
		p.Gradient(dst)
		p.Close()
	}, got, 30}, ""
}

func gradientNumpy(in *instance) (*job, string) {
	if in.array == nil {
		return nil, in.missing()
	}
	var y np.Array
	x, f := np.Wrap(in.x), np.Grad(in.array)
	return &job{func() { y = f(x) }, func() []float64 { return y.Float64s() }, 500}, ""
}

func nestedMode(n problems.Nesting) func(in *instance) (*job, string) {
	return func(in *instance) (*job, string) {
		if in.nesting == nil {
			return nil, "the problem has no gradient inside"
		}
		dst, got := in.vectorOut()
		f := in.nesting(n)
		return &job{func() { f.Gradient(dst, in.x) }, got, 50}, ""
	}
}

func fdGradient(in *instance) (*job, string) {
	dst, got := in.vectorOut()
	cost := 2 * float64(len(in.x))
	if v := in.vector; v != nil {
		jac := mat.NewDense(in.m(), len(in.x), dst)
		s := &fd.JacobianSettings{Formula: fd.Central}
		return &job{func() { fd.Jacobian(jac, func(y, x []float64) { v.plain(y, x) }, in.x, s) }, got, cost}, ""
	}
	s := &fd.Settings{Formula: fd.Central}
	return &job{func() { fd.Gradient(dst, in.plain, in.x, s) }, got, cost}, ""
}

func gonumGradient(in *instance) (*job, string) {
	if in.gonum == nil {
		return nil, noGonum
	}
	dst, got := in.vectorOut()
	v := make([]gonumdual.Number, len(in.x))
	for i, x := range in.x {
		v[i].Real = x
	}
	return &job{func() {
		for i := range v {
			v[i].Emag = 1
			dst[i] = in.gonum(v).Emag
			v[i].Emag = 0
		}
	}, got, 3 * float64(len(v))}, ""
}

// lineOut returns room for two derivatives.
func lineOut() (*[2]float64, func() []float64) {
	dst := new([2]float64)
	return dst, func() []float64 { return dst[:] }
}

func lineHyper(in *instance) (*job, string) {
	if in.hyper == nil {
		return nil, in.missing()
	}
	dst, got := lineOut()
	v := in.direction()
	return &job{func() { _, dst[0], dst[1] = dual.SecondDirectional(in.hyper, in.x, v) }, got, 3}, ""
}

func lineJet2(in *instance) (*job, string) {
	if in.jet2 == nil {
		return nil, in.missing()
	}
	dst, got := lineOut()
	v, x := in.direction(), make([]jet2, len(in.x))
	return &job{func() {
		for i := range x {
			x[i] = jet2{C0: in.x[i], C1: v[i]}
		}
		y := in.jet2(x)
		dst[0], dst[1] = y.C1, 2*y.C2
	}, got, 5}, ""
}

func lineJet(in *instance) (*job, string) {
	if in.jet == nil {
		return nil, in.missing()
	}
	dst, v := make([]float64, 3), in.direction()
	return &job{func() { jet.Directional(dst, in.jet, in.x, v, 2) }, func() []float64 { return dst[1:] }, 50}, ""
}

func (in *instance) productOut() (dst, v []float64, got func() []float64) {
	dst = make([]float64, len(in.x))
	return dst, in.direction(), func() []float64 { return dst }
}

func productByHand(in *instance) (*job, string) {
	switch {
	case in.vector != nil:
		return nil, severalResults
	case in.hvp == nil:
		return nil, "nobody has written it"
	}
	dst, v, got := in.productOut()
	return &job{func() { in.hvp(dst, in.x, v) }, got, 5}, ""
}

func productMixed(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	dst, v, got := in.productOut()
	return &job{func() { mixed.HVP(dst, in.mix, in.x, v) }, got, 100}, ""
}

func productReplay(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	dst, v, got := in.productOut()
	f := mixed.NewFunc(in.mix)
	return &job{func() {
		p := f.At(in.x)
		p.HVP(dst, v)
		p.Close()
	}, got, 50}, ""
}

func productNested(in *instance) (*job, string) {
	if in.dualr == nil {
		return nil, in.missing()
	}
	dst, v, got := in.productOut()
	var t reverse.Tape
	vars, x := make([]rev, len(in.x)), make([]dualr, len(in.x))
	return &job{func() {
		t.Reset()
		t.Vars(vars, in.x)
		for i, y := range vars {
			x[i] = dualr{V: y, D: y.Const(v[i])}
		}
		t.Backward(in.dualr(x).D)
		for i, y := range vars {
			dst[i] = t.Adjoint(y)
		}
	}, got, 150}, ""
}

func productNumpy(in *instance) (*job, string) {
	if in.array == nil {
		return nil, in.missing()
	}
	var y np.Array
	x, v, f := np.Wrap(in.x), np.Wrap(in.direction()), np.HVP(in.array)
	return &job{func() { y = f(x, v) }, func() []float64 { return y.Float64s() }, 1000}, ""
}

func productNumpyReplay(in *instance) (*job, string) {
	if in.array == nil {
		return nil, in.missing()
	}
	var y np.Array
	_, _, f := np.HVPFunc(in.array, np.Wrap(in.x))
	v := np.Wrap(in.direction())
	return &job{func() { y = f(v) }, func() []float64 { return y.Float64s() }, 1000}, ""
}

func laplacianJet(in *instance) (*job, string) {
	if in.coll == nil {
		return nil, in.missing()
	}
	var y float64
	return &job{func() { y = jet.Laplacian(in.coll, in.x) }, func() []float64 { return []float64{y} }, 2 * float64(len(in.x))}, ""
}

func laplacianHyper(in *instance) (*job, string) {
	if in.hyper == nil {
		return nil, in.missing()
	}
	var y float64
	v := make([]float64, len(in.x))
	return &job{func() {
		y = 0
		for i := range v {
			v[i] = 1
			_, _, d := dual.SecondDirectional(in.hyper, in.x, v)
			y += d
			v[i] = 0
		}
	}, func() []float64 { return []float64{y} }, 3 * float64(len(in.x))}, ""
}

// entries is the number of distinct second derivatives.
func (in *instance) entries() float64 {
	n := float64(len(in.x))
	return n * (n + 1) / 2
}

// symmetric returns what is in h, in full.
func symmetric(h mat.Symmetric) []float64 { return mat.DenseCopyOf(h).RawMatrix().Data }

// matrixOut returns an n×n matrix, if that is not too large.
func (in *instance) matrixOut() (*mat.SymDense, func() []float64, string) {
	const most = 5000
	if len(in.x) > most {
		return nil, nil, "a dense matrix of that many variables is too large"
	}
	h := mat.NewSymDense(len(in.x), nil)
	return h, func() []float64 { return symmetric(h) }, ""
}

func hessianHyper(in *instance) (*job, string) {
	if in.hyper == nil {
		return nil, in.missing()
	}
	h, got, why := in.matrixOut()
	if why != "" {
		return nil, why
	}
	return &job{func() { dual.Hessian(h, in.hyper, in.x) }, got, 4 * in.entries()}, ""
}

func hessianNested(in *instance) (*job, string) {
	if in.nested == nil {
		return nil, in.missing()
	}
	h, got, why := in.matrixOut()
	if why != "" {
		return nil, why
	}
	x := make([]nested, len(in.x))
	for i, v := range in.x {
		x[i].V.V = v
	}
	return &job{func() {
		for i := range x {
			x[i].D.V = 1
			for j := 0; j <= i; j += 3 {
				tangents := [3]*float64{}
				for k := range min(3, len(x)-j) {
					d := &x[j+k].V
					tangents[k] = [3]*float64{&d.D1, &d.D2, &d.D3}[k]
					*tangents[k] = 1
				}
				y := in.nested(x).D
				for k, d := range [3]float64{y.D1, y.D2, y.D3} {
					if tangents[k] != nil {
						h.SetSym(i, j+k, d)
						*tangents[k] = 0
					}
				}
			}
			x[i].D.V = 0
		}
	}, got, 60 * in.entries()}, ""
}

func hessianJet(in *instance) (*job, string) {
	if in.jet == nil {
		return nil, in.missing()
	}
	if _, _, why := in.matrixOut(); why != "" {
		return nil, why
	}
	d, n := new(jet.Partials), len(in.x)
	return &job{func() { jet.Tensor(d, in.jet, in.x, 2) }, func() []float64 {
		h := make([]float64, 0, n*n)
		for i := range n {
			for j := range n {
				h = append(h, d.At(i, j))
			}
		}
		return h
	}, 80 * in.entries()}, ""
}

// products is the cost of as many products with the Hessian as there are variables.
func (in *instance) products() float64 { return 100 + 10*float64(len(in.x)) }

func hessianDense(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	h, got, why := in.matrixOut()
	if why != "" {
		return nil, why
	}
	var p *hessian.Program
	return &job{func() {
		if p == nil {
			p = hessian.Compile(in.mix, in.x)
		}
		q := p.At(in.x)
		q.Dense(h)
		q.Close()
	}, got, in.products()}, ""
}

func hessianSparse(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	var p *hessian.Program
	h := new(hessian.Sym)
	j := &job{func() {
		if p == nil {
			p = hessian.Compile(in.mix, in.x)
		}
		q := p.At(in.x)
		q.Sparse(h)
		q.Close()
	}, func() []float64 { return symmetric(h) }, in.products()}
	if in.dense { // the pattern is large, and found only when it is needed
		return j, ""
	}
	p = hessian.Compile(in.mix, in.x)
	j.cost = 100 + 10*float64(p.Plan().Products)
	return j, ""
}

func fdHessian(in *instance) (*job, string) {
	if in.mix == nil {
		return nil, in.missing()
	}
	h, got, why := in.matrixOut()
	if why != "" {
		return nil, why
	}
	return &job{func() { fd.Hessian(h, in.plain, in.x, nil) }, got, 2 * in.entries()}, ""
}

func gonumHessian(in *instance) (*job, string) {
	if in.gonumHess == nil {
		return nil, noGonum
	}
	h, got, why := in.matrixOut()
	if why != "" {
		return nil, why
	}
	x := make([]hyperdual.Number, len(in.x))
	for i, v := range in.x {
		x[i].Real = v
	}
	return &job{func() { hyperdualHessian(h, in.gonumHess, x) }, got, 10 * in.entries()}, ""
}

// hyperdualHessian puts the Hessian into h, an entry a sweep.
func hyperdualHessian(h *mat.SymDense, f func([]hyperdual.Number) hyperdual.Number, x []hyperdual.Number) {
	for i := range x {
		x[i].E1mag = 1
		for j := range i + 1 {
			x[j].E2mag = 1
			h.SetSym(i, j, f(x).E1E2mag)
			x[j].E2mag = 0
		}
		x[i].E1mag = 0
	}
}
