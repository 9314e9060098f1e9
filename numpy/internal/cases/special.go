package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

func init() { groups = append(groups, specials) }

// specials returns the cases of package special.
func specials() []Case {
	all := []Case{}
	type unary = func(np.Array) np.Array
	mixed := np.FromSlice([]float64{-2.5, -0.75, 0.25, 1.5, 3})
	wide := np.FromSlice([]float64{0.125, 0.75, 1.5, 4, 12.5, 30}, 2, 3)
	probs := np.FromSlice([]float64{0.001, 0.125, 0.4, 0.5, 0.9})
	for _, t := range []struct {
		name, py string
		f        unary
		x        np.Array
		tol      float64
		nojac    bool
	}{
		{"Gamma", "ss.gamma(x0)", special.Gamma, mixed, 0, false},
		{"Gamma", "ss.gamma(x0)", special.Gamma, positive(1, 2, 3), 0, false},
		{"GammaLn", "ss.gammaln(x0)", special.GammaLn, mixed, 0, false},
		{"GammaLn", "ss.gammaln(x0)", special.GammaLn, wide, 0, false},
		{"RGamma", "ss.rgamma(x0)", special.RGamma, np.FromSlice([]float64{-2.5, -1, 0, 0.75, 6}), 0, true},
		{"Digamma", "ss.digamma(x0)", special.Digamma, mixed, 0, false},
		{"Psi", "ss.psi(x0)", special.Psi, wide, 0, true},
		{"J0", "ss.j0(x0)", special.J0, wide, 1e-12, true},
		{"J1", "ss.j1(x0)", special.J1, wide, 1e-12, true},
		{"Y0", "ss.y0(x0)", special.Y0, wide, 1e-12, true},
		{"Y1", "ss.y1(x0)", special.Y1, wide, 1e-12, true},
		{"I0", "ss.i0(x0)", special.I0, mixed, 0, false},
		{"I1", "ss.i1(x0)", special.I1, mixed, 0, false},
		{"I0e", "ss.i0e(x0)", special.I0e, mixed, 0, false},
		{"I1e", "ss.i1e(x0)", special.I1e, mixed, 0, false},
		{"K0", "ss.k0(x0)", special.K0, wide, 0, true},
		{"K1", "ss.k1(x0)", special.K1, wide, 0, true},
		{"Erf", "ss.erf(x0)", special.Erf, mixed, 0, false},
		{"Erfc", "ss.erfc(x0)", special.Erfc, mixed, 0, false},
		{"Erfcx", "ss.erfcx(x0)", special.Erfcx, mixed, 0, true},
		{"Erfinv", "ss.erfinv(x0)", special.Erfinv, unit(1, 5), 0, false},
		{"Erfcinv", "ss.erfcinv(x0)", special.Erfcinv, probs.Scale(2), 0, true},
		{"Ndtr", "ss.ndtr(x0)", special.Ndtr, mixed, 0, false},
		{"LogNdtr", "ss.log_ndtr(x0)", special.LogNdtr, mixed, 0, false},
		{"Ndtri", "ss.ndtri(x0)", special.Ndtri, probs, 0, false},
		{"Logit", "ss.logit(x0)", special.Logit, probs, 0, false},
		{"Expit", "ss.expit(x0)", special.Expit, mixed, 0, false},
		{"LogExpit", "ss.log_expit(x0)", special.LogExpit, mixed, 0, true},
		{"Entr", "ss.entr(x0)", special.Entr, wide, 0, false},
		{"LambertW", "np.real(ss.lambertw(x0))", special.LambertW, np.FromSlice([]float64{-0.25, 0.5, 2, 10}), 0, true},
		{"Exp1", "ss.exp1(x0)", special.Exp1, wide, 0, true},
		{"ExpN", "ss.expn(3, x0)", func(x np.Array) np.Array { return special.ExpN(3, x) }, wide, 0, true},
		{"ExpI", "ss.expi(x0)", special.ExpI, mixed, 0, true},
		{"Sici", "ss.sici(x0)[0]", func(x np.Array) np.Array { si, _ := special.Sici(x); return si }, mixed, 0, true},
		{"Sici", "ss.sici(x0)[1]", func(x np.Array) np.Array { _, ci := special.Sici(x); return ci }, wide, 0, true},
		{"Fresnel", "ss.fresnel(x0)[0]", func(x np.Array) np.Array { s, _ := special.Fresnel(x); return s }, mixed, 0, true},
		{"Fresnel", "ss.fresnel(x0)[1]", func(x np.Array) np.Array { _, c := special.Fresnel(x); return c }, mixed, 0, true},
		{"Dawsn", "ss.dawsn(x0)", special.Dawsn, mixed, 0, true},
		{"Erfi", "ss.erfi(x0)", special.Erfi, mixed, 0, true},
		{"EllipK", "ss.ellipk(x0)", special.EllipK, np.FromSlice([]float64{-3, 0, 0.25, 0.9}), 0, true},
		{"EllipE", "ss.ellipe(x0)", special.EllipE, np.FromSlice([]float64{-3, 0, 0.25, 0.9}), 0, true},
		{"Airy", "ss.airy(x0)[0]", func(x np.Array) np.Array { ai, _, _, _ := special.Airy(x); return ai }, mixed, 0, true},
		{"Airy", "ss.airy(x0)[1]", func(x np.Array) np.Array { _, dai, _, _ := special.Airy(x); return dai }, mixed, 0, true},
		{"Airy", "ss.airy(x0)[2]", func(x np.Array) np.Array { _, _, bi, _ := special.Airy(x); return bi }, mixed, 0, true},
		{"Airy", "ss.airy(x0)[3]", func(x np.Array) np.Array { _, _, _, dbi := special.Airy(x); return dbi }, mixed, 0, true},
	} {
		all = append(all, Case{Op: "special." + t.name, Py: t.py, F: one(t.f), In: []np.Array{t.x}, Tol: t.tol, NoJac: t.nojac})
	}
	all = append(all,
		Case{Op: "special.GammaSgn", Py: "ss.gammasgn(x0)", F: one(special.GammaSgn), In: []np.Array{mixed}, Flat: true},
		Case{Op: "special.Polygamma", Py: "ss.polygamma(2, x0)", In: []np.Array{wide}, Tol: 1e-12,
			F: func(x []np.Array) np.Array { return special.Polygamma(2, x[0]) }},
		Case{Op: "special.MultiGammaLn", Py: "ss.multigammaln(x0, 3)", In: []np.Array{np.FromSlice([]float64{1.5, 2.25, 7})}, NoJac: true,
			F: func(x []np.Array) np.Array { return special.MultiGammaLn(x[0], 3) }},
		Case{Op: "special.Jn", Py: "ss.jv(3, x0)", In: []np.Array{wide}, Tol: 1e-12, NoJac: true, Note: "integer order",
			F: func(x []np.Array) np.Array { return special.Jn(3, x[0]) }},
		Case{Op: "special.Yn", Py: "ss.yn(2, x0)", In: []np.Array{wide}, Tol: 1e-12, NoJac: true, Note: "integer order",
			F: func(x []np.Array) np.Array { return special.Yn(2, x[0]) }},
		Case{Op: "special.Kn", Py: "ss.kn(2, x0)", In: []np.Array{wide}, NoJac: true, Note: "integer order",
			F: func(x []np.Array) np.Array { return special.Kn(2, x[0]) }})

	for _, t := range []struct {
		name, py string
		f        func(n int, x np.Array) np.Array
	}{
		{"SphericalJn", "ss.spherical_jn(2, x0)", special.SphericalJn},
		{"SphericalYn", "ss.spherical_yn(2, x0)", special.SphericalYn},
		{"SphericalIn", "ss.spherical_in(2, x0)", special.SphericalIn},
		{"SphericalKn", "ss.spherical_kn(2, x0)", special.SphericalKn},
	} {
		all = append(all, Case{Op: "special." + t.name, Py: t.py, In: []np.Array{positive(1, 2, 3).Scale(3)}, Tol: 1e-12, NoJac: true,
			F: func(x []np.Array) np.Array { return t.f(2, x[0]) }})
	}

	// Functions of several numbers, with broadcasting.
	a, b := positive(1, 3), positive(2, 2, 1)
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
		nojac    bool
		note     string
	}{
		{"Beta", "ss.beta(x0, x1)", special.Beta, false, ""},
		{"BetaLn", "ss.betaln(x0, x1)", special.BetaLn, false, ""},
		{"XLogY", "ss.xlogy(x0, x1)", special.XLogY, false, ""},
		{"XLog1pY", "ss.xlog1py(x0, x1)", special.XLog1pY, false, ""},
		{"RelEntr", "ss.rel_entr(x0, x1)", special.RelEntr, false, ""},
		{"Poch", "ss.poch(x0, x1)", special.Poch, true, "both operands"},
		{"KlDiv", "ss.kl_div(x0, x1)", special.KlDiv, true, ""},
		{"Zeta", "ss.zeta(x0+1, x1)", func(x, q np.Array) np.Array { return special.Zeta(x.AddConst(1), q) }, true, "both operands"},
		{"GammaInc", "ss.gammainc(x0, x1)", special.GammaInc, true, "both operands"},
		{"GammaIncC", "ss.gammaincc(x0, x1)", special.GammaIncC, true, "both operands"},
		{"Iv", "ss.iv(x0, x1)", special.Iv, true, "both operands, real order"},
		{"Ive", "ss.ive(x0, x1)", special.Ive, true, "both operands, real order"},
	} {
		for _, in := range [][]np.Array{{a, b}, {positive(3), positive(4, 2)}} {
			all = append(all, Case{Op: "special." + t.name, Py: t.py, F: two(t.f), In: in, NoJac: t.nojac, Note: t.note})
		}
	}
	all = append(all,
		Case{Op: "special.Iv", Py: "ss.iv(x0, x1)", F: two(special.Iv), NoJac: true,
			In: []np.Array{np.FromSlice([]float64{-1.5, 0.25, 3}), np.FromSlice([]float64{2, 5, 0.5})}},
		Case{Op: "special.GammaInc", Py: "ss.gammainc(x0, x1)", F: two(special.GammaInc), NoJac: true,
			In: []np.Array{np.FromSlice([]float64{0.25, 15, 15}), np.FromSlice([]float64{3, 11, 19})}})
	for _, t := range []struct {
		name, py string
		f        func(v, x np.Array) np.Array
	}{
		{"Jv", "ss.jv(x0, x1)", special.Jv},
		{"Yv", "ss.yv(x0, x1)", special.Yv},
		{"Kv", "ss.kv(x0, x1)", special.Kv},
		{"Kve", "ss.kve(x0, x1)", special.Kve},
	} {
		for _, in := range [][]np.Array{
			{np.FromSlice([]float64{0.5, 0, 3.75}), np.FromSlice([]float64{0.75, 4, 27}, 3, 1)},
			{np.Scalar(-1.5), np.FromSlice([]float64{1.25, 2.5})},
		} {
			all = append(all, Case{Op: "special." + t.name, Py: t.py, F: two(t.f), In: in, Const: []int{0}, NoJac: true, Tol: 1e-12,
				Note: "real order, derivatives for the argument"})
		}
	}
	betaInc := func(x []np.Array) np.Array { return special.BetaInc(x[0], x[1], x[2]) }
	for _, in := range [][]np.Array{
		{a, b, np.Scalar(0.375)},
		{np.Scalar(2.5), np.Scalar(4), np.FromSlice([]float64{0.125, 0.5, 0.875})},
	} {
		all = append(all, Case{Op: "special.BetaInc", Py: "ss.betainc(x0, x1, x2)", F: betaInc, In: in, NoJac: true, Note: "all three operands"})
	}
	lse := func(opts ...np.ReduceOption) func(x []np.Array) np.Array {
		return func(x []np.Array) np.Array { return special.LogSumExp(x[0], x[1], opts...) }
	}
	all = append(all,
		Case{Op: "special.Softmax", Py: "ss.softmax(x0, axis=1)", In: []np.Array{normal(1, 2, 3)}, NoJac: true,
			F: func(x []np.Array) np.Array { return special.Softmax(x[0], 1) }},
		Case{Op: "special.LogSoftmax", Py: "ss.log_softmax(x0, axis=1)", In: []np.Array{normal(1, 2, 3)}, NoJac: true,
			F: func(x []np.Array) np.Array { return special.LogSoftmax(x[0], 1) }})
	return append(all,
		Case{Op: "special.LogSumExp", Py: "ss.logsumexp(x0)", In: []np.Array{normal(1, 2, 3)},
			F: func(x []np.Array) np.Array { return special.LogSumExp(x[0], np.Array{}) }},
		Case{Op: "special.LogSumExp", Py: "ss.logsumexp(x0, b=x1)", F: lse(), In: []np.Array{normal(1, 2, 3), positive(2, 3)}},
		Case{Op: "special.LogSumExp", Py: "ss.logsumexp(x0, axis=1, b=x1, keepdims=True)", F: lse(np.Axis(1), np.KeepDims),
			In: []np.Array{normal(1, 2, 3), positive(2, 2, 1)}})
}
