package adtest

import (
	_ "embed"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// golden.json holds derivatives 0 to 8 of the functions below at a few points
// each, from mpmath at 110 digits.
//
//go:embed testdata/golden.json
var goldenJSON []byte

// functions returns the functions of golden.json by name.
func functions[T dual.Real[T]]() map[string]func(x T) T {
	return map[string]func(x T) T{
		"exp":        T.Exp,
		"exp2":       T.Exp2,
		"expm1":      T.Expm1,
		"log":        T.Log,
		"log2":       T.Log2,
		"log10":      T.Log10,
		"log1p":      T.Log1p,
		"sqrt":       T.Sqrt,
		"cbrt":       T.Cbrt,
		"sin":        T.Sin,
		"cos":        T.Cos,
		"tan":        T.Tan,
		"asin":       T.Asin,
		"acos":       T.Acos,
		"atan":       T.Atan,
		"sinh":       T.Sinh,
		"cosh":       T.Cosh,
		"tanh":       T.Tanh,
		"asinh":      T.Asinh,
		"acosh":      T.Acosh,
		"atanh":      T.Atanh,
		"erf":        T.Erf,
		"erfc":       T.Erfc,
		"erfcx":      T.Erfcx,
		"erfinv":     T.Erfinv,
		"gamma":      T.Gamma,
		"lgamma":     T.Lgamma,
		"digamma":    T.Digamma,
		"trigamma":   func(x T) T { return x.Polygamma(1) },
		"j0":         func(x T) T { return x.BesselJ(0) },
		"j1":         func(x T) T { return x.BesselJ(1) },
		"y0":         func(x T) T { return x.BesselY(0) },
		"y1":         func(x T) T { return x.BesselY(1) },
		"i0":         func(x T) T { return x.BesselI(0) },
		"i1":         func(x T) T { return x.BesselI(1) },
		"logistic":   T.Logistic,
		"softplus":   T.Softplus,
		"sinc":       T.Sinc,
		"lambertw":   T.LambertW,
		"normcdf":    T.NormCDF,
		"lognormcdf": T.LogNormCDF,
		"square":     T.Sqr,
		"reciprocal": T.Inv,
		"pow2p5":     func(x T) T { return x.PowReal(2.5) },
		"powm1p5":    func(x T) T { return x.PowReal(-1.5) },
		"pow3":       func(x T) T { return x.PowInt(3) },
		"powm2":      func(x T) T { return x.PowInt(-2) },
		"powself":    func(x T) T { return x.Pow(x) },
		"rational":   func(x T) T { return x.Sqr().Scale(25).AddConst(1).Inv() },
		"gaussian":   func(x T) T { return x.Sqr().Scale(-0.5).Exp() },
		"tanh_readme": func(x T) T {
			y := x.Scale(-2).Exp()
			return y.Neg().AddConst(1).Div(y.AddConst(1))
		},
		"nested": func(x T) T {
			return x.Cos().Exp().Sin().Mul(x.Sqr().AddConst(1).Log())
		},
		"softmaxish": func(x T) T {
			e := x.Exp()
			return e.Div(e.Add(x.Scale(2).Exp()).Add(x.Neg().Exp()))
		},
		"atanhsin": func(x T) T {
			return x.Sinh().Atan().Mul(x.Cosh().AddConst(1).Sqrt())
		},
		"lgammasq": func(x T) T {
			y := x.Sqr().AddConst(1)
			return y.Lgamma().Div(y)
		},
	}
}

// special names the golden functions that package math lacks.
var special = map[string]bool{
	"erfcx": true, "erfinv": true, "digamma": true, "trigamma": true,
	"i0": true, "i1": true, "logistic": true, "softplus": true, "sinc": true,
	"lambertw": true, "normcdf": true, "lognormcdf": true, "lgammasq": true,
}

// Golden checks the mode against mpmath values of 55 functions: to 1e-14 at
// orders 0 and 1 (1e-13 at order 1 for functions that package math lacks) and
// to 1e-12 above.
func Golden[T dual.Real[T]](t *testing.T, m Mode[T]) {
	t.Helper()
	var file struct {
		Functions map[string][]struct {
			X float64
			D []string
		}
	}
	if err := json.Unmarshal(goldenJSON, &file); err != nil {
		t.Fatal(err)
	}
	funcs := functions[T]()
	if len(funcs) != len(file.Functions) {
		t.Errorf("%d functions for %d entries of golden.json", len(funcs), len(file.Functions))
	}
	for name, points := range file.Functions {
		f := funcs[name]
		if f == nil {
			t.Errorf("golden.json: no function %q", name)
			continue
		}
		for _, p := range points {
			got := m.Derivatives(f, p.X)
			for k := 0; k <= m.Order && k < len(p.D); k++ {
				want, err := strconv.ParseFloat(p.D[k], 64)
				if err != nil {
					t.Fatal(err)
				}
				tol := goldenTol(name, k)
				if m.PlainQuotients && name == "tanh_readme" {
					tol = math.Ldexp(1e-10, k)
				}
				allowed := tol * math.Abs(want)
				// Next to a zero of the derivative its relative error means
				// nothing: some ulps of its neighbours are allowed. After the
				// last one they grow as before.
				near := max(abs(p.D, k-1), abs(p.D, k), abs(p.D, k+1))
				if k+1 == len(p.D) && abs(p.D, k-3) > 0 {
					near = max(near, abs(p.D, k-1)/abs(p.D, k-3)*abs(p.D, k-1))
				}
				if math.Abs(want) < 1e-12*near {
					allowed = 8e-16 * near
				}
				if e := math.Abs(got[k] - want); !(e <= allowed) {
					t.Errorf("%s: %s(%g), derivative %d = %.17g, want %.17g (relative error %.2g, tolerance %.0e)",
						m.Name, name, p.X, k, got[k], want, relErr(got[k], want), tol)
				}
			}
		}
	}
}

// abs returns the absolute value of derivative k, 0 where there is none.
func abs(d []string, k int) float64 {
	if k < 0 || k >= len(d) {
		return 0
	}
	v, err := strconv.ParseFloat(d[k], 64)
	if err != nil {
		panic(err)
	}
	return math.Abs(v)
}

func goldenTol(name string, order int) float64 {
	switch {
	case order == 0, order == 1 && !special[name]:
		return 1e-14
	case order == 1:
		return 1e-13
	}
	return 1e-12
}
