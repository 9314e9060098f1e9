package cases

import (
	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/special"
)

func init() { groups = append(groups, specials) }

// specials returns the cases of package special.
func specials() []Case {
	type A = np.Array
	x, p, u := normal(1, 2, 3), positive(2, 5), unit(3, 4)
	q := np.FromSlice([]float64{0.02, 0.3, 0.75, 0.9})
	var all []Case
	for _, t := range []struct {
		name, py string
		f        func(A) A
		in       A
		nojac    bool
	}{
		{"Erf", "ss.erf(x0)", special.Erf, x, false},
		{"Erfc", "ss.erfc(x0)", special.Erfc, x, false},
		{"Erfcx", "ss.erfcx(x0)", special.Erfcx, x, false},
		{"Erfinv", "ss.erfinv(x0)", special.Erfinv, u, false},
		{"Erfcinv", "ss.erfcinv(x0)", special.Erfcinv, q, false},
		{"NDTR", "ss.ndtr(x0)", special.NDTR, x, false},
		{"LogNDTR", "ss.log_ndtr(x0)", special.LogNDTR, x, false},
		{"NDTRI", "ss.ndtri(x0)", special.NDTRI, q, true},
		{"Expit", "ss.expit(x0)", special.Expit, x, false},
		{"Logit", "ss.logit(x0)", special.Logit, q, false},
		{"Entr", "ss.entr(x0)", special.Entr, p, false},
		{"LambertW", "np.real(ss.lambertw(x0))", special.LambertW, p, false},
		{"Gamma", "ss.gamma(x0)", special.Gamma, x, false},
		{"GammaLn", "ss.gammaln(x0)", special.GammaLn, p, false},
		{"RGamma", "ss.rgamma(x0)", special.RGamma, p, false},
		{"Digamma", "ss.digamma(x0)", special.Digamma, p, false},
		{"Psi", "ss.digamma(x0)", special.Psi, p, false},
		{"J0", "ss.j0(x0)", special.J0, p, false},
		{"J1", "ss.j1(x0)", special.J1, p, false},
		{"Y0", "ss.y0(x0)", special.Y0, p, false},
		{"Y1", "ss.y1(x0)", special.Y1, p, false},
		{"I0", "ss.i0(x0)", special.I0, x, false},
		{"I1", "ss.i1(x0)", special.I1, x, false},
		{"K0", "ss.k0(x0)", special.K0, p, false},
		{"K1", "ss.k1(x0)", special.K1, p, false},
		{"JN", "ss.jn(3, x0)", func(x A) A { return special.JN(3, x) }, p, false},
		{"YN", "ss.yn(2, x0)", func(x A) A { return special.YN(2, x) }, p, false},
		{"KN", "ss.kn(2, x0)", func(x A) A { return special.KN(2, x) }, p, false},
		{"IV", "ss.iv(1.5, x0)", func(x A) A { return special.IV(1.5, x) }, p, false},
		{"IV", "ss.iv(0, x0)", func(x A) A { return special.IV(0, x) }, x, false},
		{"IVE", "ss.ive(0.5, x0)", func(x A) A { return special.IVE(0.5, x) }, np.FromSlice([]float64{0.1, 3, 60, 800}), false},
		{"Polygamma", "ss.polygamma(2, x0)", func(x A) A { return special.Polygamma(2, x) }, p, false},
		{"MultiGammaLn", "ss.multigammaln(x0, 2)", func(x A) A { return special.MultiGammaLn(x, 2) }, np.Scalar(3.25), false},
	} {
		all = append(all, Case{Op: "special." + t.name, Py: t.py, F: one(t.f), In: []A{t.in}, NoJac: t.nojac, Tol: 2e-13})
	}
	a, b := positive(5, 3), positive(6, 3)
	for _, t := range []struct {
		name, py string
		f        func(x, y A) A
		x, y     A
	}{
		{"XLogY", "ss.xlogy(x0, x1)", special.XLogY, x, positive(4, 3)},
		{"XLog1PY", "ss.xlog1py(x0, x1)", special.XLog1PY, x, unit(4, 3)},
		{"BetaLn", "ss.betaln(x0, x1)", special.BetaLn, a, b},
		{"Beta", "ss.beta(x0, x1)", special.Beta, a, b},
		{"GammaInc", "ss.gammainc(x0, x1)", special.GammaInc, np.FromSlice([]float64{0.5, 3, 7, 2}), np.FromSlice([]float64{0.25, 1.5, 9.5, 14})},
		{"GammaIncC", "ss.gammaincc(x0, x1)", special.GammaIncC, np.FromSlice([]float64{0.5, 3, 7, 2}), np.FromSlice([]float64{0.25, 1.5, 9.5, 14})},
	} {
		all = append(all, Case{Op: "special." + t.name, Py: t.py, F: two(t.f), In: []A{t.x, t.y}, Tol: 1e-12})
	}
	return append(all,
		Case{Op: "special.BetaInc", Py: "ss.betainc(x0, x1, x2)", F: func(x []A) A { return special.BetaInc(x[0], x[1], x[2]) },
			In: []A{np.FromSlice([]float64{0.5, 2, 5, 3}), np.FromSlice([]float64{1.5, 0.75, 4, 0.5}), np.FromSlice([]float64{0.25, 0.5, 0.375, 0.9})}, Tol: 1e-12},
		Case{Op: "special.GammaSgn", Py: "ss.gammasgn(x0)", F: one(special.GammaSgn), In: []A{np.FromSlice([]float64{1.5, -0.5, -1.5, -2.25})}, Flat: true},
		Case{Op: "special.LogSumExp", Py: "ss.logsumexp(x0)", F: one(func(x A) A { return special.LogSumExp(x) }), In: []A{x}},
	)
}
