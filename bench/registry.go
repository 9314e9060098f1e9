package main

import (
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// registry returns all problems.
func registry() []problem {
	return []problem{
		{"rosenbrock", "chained, tridiagonal Hessian", "variables", 100, 4, 2, 1_000_000, rosenbrock},
		{"product", "Speelpenning's, one multiplication after the other", "variables", 100, 5, 1, 100_000, product},
		{"logistic", "logistic regression with 50 features", "data", 1000, 3, 1, 100_000, logistic},
		{"gmm-d2-k5", "ADBench's Gaussian mixture, 30 parameters", "points", 1000, 3, 1, 100_000, gmm("gmm_d2_K5.txt")},
		{"gmm-d10-k25", "ADBench's Gaussian mixture, 1650 parameters", "points", 1000, 1, 1, 100_000, gmm("gmm_d10_K25.txt")},
		{"lstm", "ADBench's recurrent network, 266 parameters", "characters", 1024, 3, 2, 100_000, lstm},
		{"ba", "an observation of ADBench's bundle adjustment", "observations", 1, 1, 1, 1, ba},
		{"hand", "ADBench's hand tracking", "points", 100, 3, 1, 10_000, hand(false)},
		{"hand-triangles", "the complicated one, u and v of all points shifted", "points", 100, 3, 1, 10_000, hand(true)},
		{"det", "GradBench's determinant by expansion", "rows", 6, 3, 1, 9, det},
		{"llsq", "GradBench's fit of a polynomial of 16 coefficients", "points", 200, 5, 2, 1_000_000, llsq},
		{"lse", "GradBench's log Σ exp", "variables", 500, 4, 1, 1_000_000, lse},
		{"ode", "GradBench's Runge–Kutta method, 6 equations", "steps", 20, 2, 1, 100_000, ode},
		{"kmeans", "GradBench's clustering, 5 centroids in space", "points", 200, 8, 5, 1_000_000, kmeans},
		{"particle", "GradBench's particle, a gradient inside a simulation", "variables", 1, 1, 1, 1, particle},
		{"saddle", "GradBench's saddle, a descent inside a function", "variables", 2, 2, 2, 2, saddle},
		{"arrow", "ARWHEAD, dense last row of the Hessian", "variables", 100, 5, 2, 1_000_000, arrow},
		{"band", "Broyden's banded function, band of 6", "variables", 100, 9, 1, 1_000_000, band},
		{"helmholtz", "energy of a gas mixture, dense Hessian", "gases", 20, 3, 1, 1000, helmholtz},
		{"option", "price of a call by Black and Scholes", "variables", 4, 4, 4, 4, option},
		{"nbody", "energy of bodies that attract each other", "bodies", 12, 3, 2, 1000, nbody},
	}
}

// file reads an instance of ADBench.
func file[P any](read func(io.Reader, string) (P, error), name string) (p P, err error) {
	f, err := problems.Files().Open(name)
	if err != nil {
		return p, err
	}
	defer f.Close()
	return read(f, name)
}

// repeat returns the first n elements of x, over again if there are fewer.
func repeat[T any](x []T, n int) []T {
	return slices.Repeat(x, 1+n/len(x))[:n]
}

func rosenbrock(n int) (*instance, error) {
	return &instance{
		x: wave(n, 1, 0.3), derivative: problems.RosenbrockGradient, hvp: rosenbrockHVP,
		scalar: scalar{
			plain: problems.Rosenbrock, num: rosenbrockNum, num3: rosenbrockNum3, hyper: rosenbrockHyper,
			nested: problems.RosenbrockValue[nested], jet2: problems.RosenbrockValue[jet2], jet: problems.RosenbrockValue[jet64],
			coll: problems.RosenbrockValue[coll], generic: problems.RosenbrockValue[rev], tape: problems.RosenbrockVar,
			dualr: problems.RosenbrockValue[dualr], mix: problems.RosenbrockValue[mix],
			gonum: rosenbrockGonum, gonumHess: rosenbrockGonumHess, array: rosenbrockArray,
		},
	}, nil
}

func product(n int) (*instance, error) {
	return &instance{
		x: wave(n, 1, 0.3), derivative: problems.SpeelpenningGradient, hvp: productHVP, dense: true,
		scalar: scalar{
			plain: problems.Speelpenning, num: problems.SpeelpenningValue[num], num3: problems.SpeelpenningValue[num3],
			hyper: problems.SpeelpenningValue[hyper], nested: problems.SpeelpenningValue[nested],
			jet2: problems.SpeelpenningValue[jet2], jet: problems.SpeelpenningValue[jet64], coll: problems.SpeelpenningValue[coll],
			generic: problems.SpeelpenningValue[rev], tape: dual.Prod[rev], dualr: problems.SpeelpenningValue[dualr],
			mix: problems.SpeelpenningValue[mix], gonum: productGonum, gonumHess: productGonumHess,
			array: productArray,
		},
	}, nil
}

func logistic(n int) (*instance, error) {
	l := problems.NewLogistic(n, 50, 1)
	in := &instance{
		x: l.Params(), derivative: l.Gradient, hvp: logisticHVP(l), dense: true,
		scalar: scalar{
			plain: l.Value, num: on(l, problems.LogisticValue[num]), num3: on(l, problems.LogisticValue[num3]),
			hyper: on(l, problems.LogisticValue[hyper]), nested: on(l, problems.LogisticValue[nested]),
			jet2: on(l, problems.LogisticValue[jet2]), jet: on(l, problems.LogisticValue[jet64]),
			coll: on(l, problems.LogisticValue[coll]), generic: on(l, problems.LogisticValue[rev]),
			tape: on(l, problems.LogisticVar), dualr: on(l, problems.LogisticValue[dualr]),
			mix: on(l, problems.LogisticValue[mix]), gonum: logisticGonum(l), array: logisticArray(l),
		},
	}
	in.terms = sum(in.x, l.N+1, func(i int, x []rev) rev {
		if i == l.N {
			return problems.LogisticPenalty(l, x)
		}
		return problems.LogisticTermVar(l, x, i)
	})
	return in, nil
}

// sum returns the gradient of a sum of n terms, taken term by term.
func sum(x []float64, n int, term func(i int, x []rev) rev) func(dst []float64) {
	return func(dst []float64) { reverse.GradientSum(dst, n, term, x) }
}

func readGMM(name string, n int) (*problems.GMM, error) {
	g, err := file(problems.ReadGMM, name)
	if err != nil {
		return nil, err
	}
	g.N, g.X = n, repeat(g.X, n*g.D)
	return g, nil
}

func gmm(name string) func(n int) (*instance, error) {
	return func(n int) (*instance, error) {
		g, err := readGMM(name, n)
		if err != nil {
			return nil, err
		}
		in := &instance{
			x: g.Params(), derivative: g.Gradient, dense: true,
			scalar: scalar{
				plain: g.Value, num: with(g, problems.GMMValue[num]), num3: with(g, problems.GMMValue[num3]),
				hyper: with(g, problems.GMMValue[hyper]), nested: with(g, problems.GMMValue[nested]),
				jet2: with(g, problems.GMMValue[jet2]), jet: with(g, problems.GMMValue[jet64]),
				coll: with(g, problems.GMMValue[coll]), generic: with(g, problems.GMMValue[rev]),
				tape: with(g, problems.GMMValueVar), dualr: with(g, problems.GMMValue[dualr]),
				mix: with(g, problems.GMMValue[mix]),
			},
		}
		terms := gmmTerms{g: g, p: in.x}
		in.terms = terms.gradient
		return in, nil
	}
}

// gmmTerms differentiates term by term, after what the terms have in common.
type gmmTerms struct {
	g    *problems.GMM
	p    []float64
	tape reverse.Tape
	x    []rev
	f    *problems.GMMFactors[rev]
}

func (t *gmmTerms) gradient(dst []float64) {
	t.tape.Reset()
	if t.x == nil {
		t.x = make([]rev, len(t.p))
	}
	t.tape.Vars(t.x, t.p)
	t.f = problems.GMMPrepare(t.f, t.g, t.x)
	m := t.tape.Mark()
	t.tape.BackwardTo(m, problems.GMMPrior(t.f), 1)
	for i := range t.g.N {
		t.tape.BackwardTo(m, problems.GMMTermVar(t.f, i), 1)
	}
	t.tape.Propagate()
	for j, v := range t.x {
		dst[j] = t.tape.Adjoint(v)
	}
}

func lstm(n int) (*instance, error) {
	m, err := file(problems.ReadLSTM, "lstm_l2_c1024.txt")
	if err != nil {
		return nil, err
	}
	m.C, m.Sequence = n, repeat(m.Sequence, n*m.B)
	return &instance{
		x: m.Params(), derivative: m.Gradient, dense: true,
		scalar: scalar{
			plain: m.Value, num: with(m, problems.LSTMValue[num]), num3: with(m, problems.LSTMValue[num3]),
			hyper: with(m, problems.LSTMValue[hyper]), nested: with(m, problems.LSTMValue[nested]),
			jet2: with(m, problems.LSTMValue[jet2]), jet: with(m, problems.LSTMValue[jet64]),
			coll: with(m, problems.LSTMValue[coll]), generic: with(m, problems.LSTMValue[rev]),
			tape: with(m, problems.LSTMValueVar), dualr: with(m, problems.LSTMValue[dualr]),
			mix: with(m, problems.LSTMValue[mix]),
		},
	}, nil
}

func ba(int) (*instance, error) {
	b, err := file(problems.ReadBA, "ba1_n49_m7776_p31843.txt")
	if err != nil {
		return nil, err
	}
	return &instance{
		x: b.Gather(nil, b.Params(), 0), derivative: b.Jacobian,
		vector: &vector{
			m: 2, plain: b.Observation,
			num:  results(2, func(dst, x []num) []num { return problems.BAObservation(b, dst, x) }),
			num3: results(2, func(dst, x []num3) []num3 { return problems.BAObservation(b, dst, x) }),
			rev:  results(2, func(dst, x []rev) []rev { return problems.BAObservation(b, dst, x) }),
		},
	}, nil
}

func readHand(n int) (*problems.Hand, error) {
	const model = "hand_model"
	dir, err := fs.Sub(problems.Files(), model)
	if err != nil {
		return nil, err
	}
	m, err := problems.ReadHandModel(dir, model)
	if err != nil {
		return nil, err
	}
	h, err := file(func(r io.Reader, name string) (*problems.Hand, error) { return problems.ReadHand(r, name, m) }, "hand1_t26_c100.txt")
	if err != nil {
		return nil, err
	}
	h.Index, h.Points = repeat(h.Index, n), repeat(h.Points, 3*n)
	return h, nil
}

func hand(triangles bool) func(n int) (*instance, error) {
	return func(n int) (*instance, error) {
		h, err := readHand(n)
		if err != nil {
			return nil, err
		}
		m := 3 * n
		if !triangles {
			return &instance{
				x: h.Params(), derivative: h.Jacobian,
				vector: &vector{m: m, plain: h.Residuals, num: handOf[num](h), num3: handOf[num3](h), rev: handOf[rev](h)},
			}, nil
		}
		for i := range h.Index {
			h.Index[i] = 37 * i % len(h.Model.Triangles)
		}
		h.Us = wave(2*n, 0.4, 0.3)
		// The plain function and the formulas know u and v of each point, the
		// others what is added to all of them.
		p := slices.Concat(h.Theta, h.Us)
		params := func(x []float64) []float64 {
			copy(p, x[2:])
			for i, v := range h.Us {
				p[problems.HandParams+i] = v + x[i%2]
			}
			return p
		}
		return &instance{
			x:          append([]float64{0, 0}, h.Theta...),
			derivative: func(dst, x []float64) []float64 { return h.Jacobian(dst, params(x)) },
			vector: &vector{
				m: m, plain: func(dst, x []float64) []float64 { return h.Residuals(dst, params(x)) },
				num: shiftedOf[num](h), num3: shiftedOf[num3](h), rev: shiftedOf[rev](h),
			},
		}, nil
	}
}

func handOf[T dual.Real[T]](h *problems.Hand) func([]T) []T {
	f := new(problems.HandPose[T])
	return results(len(h.Points), func(dst, x []T) []T { return problems.HandResiduals(f, h, dst, x) })
}

func shiftedOf[T dual.Real[T]](h *problems.Hand) func([]T) []T {
	f := new(problems.HandPose[T])
	return results(len(h.Points), func(dst, x []T) []T { return problems.HandShifted(f, h, dst, x) })
}

func det(n int) (*instance, error) {
	a := wave(n*n, 0, 1)
	for i := range n {
		a[i*(n+1)] += 2 // far from singular
	}
	return &instance{
		x: a, derivative: problems.DetGradient, dense: true,
		scalar: scalar{
			plain: problems.Det, num: problems.DetValue[num], num3: problems.DetValue[num3], hyper: problems.DetValue[hyper],
			nested: problems.DetValue[nested], jet2: problems.DetValue[jet2], jet: problems.DetValue[jet64],
			coll: problems.DetValue[coll], generic: problems.DetValue[rev], dualr: problems.DetValue[dualr], mix: problems.DetValue[mix],
		},
	}, nil
}

func llsq(n int) (*instance, error) {
	l := &problems.LeastSquares{N: n, M: 16}
	return &instance{
		x: wave(l.M, 0, 1), derivative: l.Gradient, dense: true,
		scalar: scalar{
			plain: l.Value, num: on(l, problems.LeastSquaresValue[num]), num3: on(l, problems.LeastSquaresValue[num3]),
			hyper: on(l, problems.LeastSquaresValue[hyper]), nested: on(l, problems.LeastSquaresValue[nested]),
			jet2: on(l, problems.LeastSquaresValue[jet2]), jet: on(l, problems.LeastSquaresValue[jet64]),
			coll: on(l, problems.LeastSquaresValue[coll]), generic: on(l, problems.LeastSquaresValue[rev]),
			dualr: on(l, problems.LeastSquaresValue[dualr]), mix: on(l, problems.LeastSquaresValue[mix]),
			gonum: llsqGonum(l),
		},
	}, nil
}

func lse(n int) (*instance, error) {
	return &instance{
		x: wave(n, 0, 1), derivative: problems.LSEGradient, hvp: lseHVP, dense: true,
		scalar: scalar{
			plain: problems.LSE, num: problems.LSEValue[num], num3: problems.LSEValue[num3], hyper: problems.LSEValue[hyper],
			nested: problems.LSEValue[nested], jet2: problems.LSEValue[jet2], jet: problems.LSEValue[jet64],
			coll: problems.LSEValue[coll], generic: problems.LSEValue[rev], dualr: problems.LSEValue[dualr],
			mix: problems.LSEValue[mix], gonum: lseGonum, array: lseArray,
		},
	}, nil
}

func ode(n int) (*instance, error) {
	o := problems.ODE{Steps: n}
	return &instance{
		x: []float64{0.9, 1.2, 0.7, 1.1, 1.5, 0.8}, derivative: o.Gradient, dense: true,
		scalar: scalar{
			plain: o.Value, num: on(o, problems.ODEValue[num]), num3: on(o, problems.ODEValue[num3]),
			hyper: on(o, problems.ODEValue[hyper]), nested: on(o, problems.ODEValue[nested]), jet2: on(o, problems.ODEValue[jet2]),
			jet: on(o, problems.ODEValue[jet64]), coll: on(o, problems.ODEValue[coll]), generic: on(o, problems.ODEValue[rev]),
			dualr: on(o, problems.ODEValue[dualr]), mix: on(o, problems.ODEValue[mix]),
		},
	}, nil
}

func kmeans(n int) (*instance, error) {
	k := problems.NewKMeans(n, 5, 3, 1)
	in := &instance{
		x: k.Params(), derivative: k.Gradient,
		hvp: func(dst, c, v []float64) []float64 {
			dst = k.Diagonal(dst, c)
			for i := range dst {
				dst[i] *= v[i]
			}
			return dst
		},
		scalar: scalar{
			plain: k.Value, num: on(k, problems.KMeansValue[num]), num3: on(k, problems.KMeansValue[num3]),
			hyper: on(k, problems.KMeansValue[hyper]), nested: on(k, problems.KMeansValue[nested]),
			jet2: on(k, problems.KMeansValue[jet2]), jet: on(k, problems.KMeansValue[jet64]), coll: on(k, problems.KMeansValue[coll]),
			generic: on(k, problems.KMeansValue[rev]), dualr: on(k, problems.KMeansValue[dualr]), mix: on(k, problems.KMeansValue[mix]),
		},
	}
	diff := make([]rev, k.D)
	in.terms = sum(in.x, n, func(i int, x []rev) rev { return problems.KMeansTerm(k, x, diff, i) })
	return in, nil
}

func particle(int) (*instance, error) {
	return &instance{
		x: []float64{0.1},
		derivative: func(dst, x []float64) []float64 {
			if dst == nil {
				dst = make([]float64, 1)
			}
			dst[0] = problems.ParticleDerivative(x[0])
			return dst
		},
		scalar:  scalar{plain: func(x []float64) float64 { return problems.Particle(x[0]) }},
		nesting: problems.NewParticle,
	}, nil
}

func saddle(int) (*instance, error) {
	start := [2]float64{1, 1}
	return &instance{
		x: []float64{0.7, -0.4}, derivative: problems.SaddleGradient,
		scalar:  scalar{plain: func(x []float64) float64 { return problems.Saddle(x, start) }},
		nesting: func(n problems.Nesting) *problems.Nested { return problems.NewSaddle(n, start) },
	}, nil
}

func arrow(n int) (*instance, error) {
	return &instance{
		x: wave(n, 0, 1), derivative: problems.ArrowGradient, hvp: problems.ArrowHVP,
		scalar: scalar{
			plain: problems.Arrow, num: problems.ArrowValue[num], num3: problems.ArrowValue[num3], hyper: problems.ArrowValue[hyper],
			nested: problems.ArrowValue[nested], jet2: problems.ArrowValue[jet2], jet: problems.ArrowValue[jet64],
			coll: problems.ArrowValue[coll], generic: problems.ArrowValue[rev], dualr: problems.ArrowValue[dualr],
			mix: problems.ArrowValue[mix], gonum: arrowGonum,
		},
	}, nil
}

func band(n int) (*instance, error) {
	b := problems.Band{N: n, Lower: 5, Upper: 1}
	return &instance{
		x: wave(n, 0, 1), derivative: b.Gradient, hvp: b.HVP,
		scalar: scalar{
			plain: b.Value, num: on(b, problems.BandValue[num]), num3: on(b, problems.BandValue[num3]),
			hyper: on(b, problems.BandValue[hyper]), nested: on(b, problems.BandValue[nested]), jet2: on(b, problems.BandValue[jet2]),
			jet: on(b, problems.BandValue[jet64]), coll: on(b, problems.BandValue[coll]), generic: on(b, problems.BandValue[rev]),
			dualr: on(b, problems.BandValue[dualr]), mix: on(b, problems.BandValue[mix]),
		},
	}, nil
}

func helmholtz(n int) (*instance, error) {
	h := problems.NewHelmholtz(n)
	return &instance{
		x: h.Params(), derivative: h.Gradient, dense: true,
		scalar: scalar{
			plain: h.Value, num: on(h, problems.HelmholtzValue[num]), num3: on(h, problems.HelmholtzValue[num3]),
			hyper: on(h, problems.HelmholtzValue[hyper]), nested: on(h, problems.HelmholtzValue[nested]),
			jet2: on(h, problems.HelmholtzValue[jet2]), jet: on(h, problems.HelmholtzValue[jet64]),
			coll: on(h, problems.HelmholtzValue[coll]), generic: on(h, problems.HelmholtzValue[rev]),
			dualr: on(h, problems.HelmholtzValue[dualr]), mix: on(h, problems.HelmholtzValue[mix]),
		},
	}, nil
}

func option(int) (*instance, error) {
	o := problems.Option{Strike: 105}
	return &instance{
		x: []float64{100, 0.25, 0.75, 0.04}, derivative: o.Gradient, dense: true,
		scalar: scalar{
			plain: o.Value, num: on(o, problems.OptionValue[num]), num3: on(o, problems.OptionValue[num3]),
			hyper: on(o, problems.OptionValue[hyper]), nested: on(o, problems.OptionValue[nested]),
			jet2: on(o, problems.OptionValue[jet2]), jet: on(o, problems.OptionValue[jet64]), coll: on(o, problems.OptionValue[coll]),
			generic: on(o, problems.OptionValue[rev]), dualr: on(o, problems.OptionValue[dualr]), mix: on(o, problems.OptionValue[mix]),
		},
	}, nil
}

func nbody(n int) (*instance, error) {
	b, x := problems.NewNBody(n, 1)
	return &instance{
		x: x, derivative: b.Gradient, dense: true,
		scalar: scalar{
			plain: b.Energy, num: on(b, problems.NBodyEnergy[num]), num3: on(b, problems.NBodyEnergy[num3]),
			hyper: on(b, problems.NBodyEnergy[hyper]), nested: on(b, problems.NBodyEnergy[nested]),
			jet2: on(b, problems.NBodyEnergy[jet2]), jet: on(b, problems.NBodyEnergy[jet64]), coll: on(b, problems.NBodyEnergy[coll]),
			generic: on(b, problems.NBodyEnergy[rev]), dualr: on(b, problems.NBodyEnergy[dualr]), mix: on(b, problems.NBodyEnergy[mix]),
			gonum: nbodyGonum(b),
		},
	}, nil
}

// find returns the problem of that name.
func find(name string) problem {
	for _, p := range registry() {
		if p.name == name {
			return p
		}
	}
	panic(fmt.Sprintf("bench: no problem %q", name))
}
