package jet_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/jet"
)

// The Taylor coefficients below are those of mpmath at 100 digits, by Lagrange's
// formula.
var (
	// E as a function of M = E - e·sin E at E = 1, e = 0.3.
	keplerCoeffs = []float64{
		1.0, 1.1934465820662541, -0.21455535558523409, 0.022339813985601045, 0.040057425832542256, -0.035760430264290127,
		0.013406349993205886, 0.0039494663007024409, -0.0095377173954869758, 0.0065442473495543691, -0.0010941794792540924,
		-0.0024224447025904062, 0.0028450342866018613, -0.0013411500210329654, -0.00032743308752427461,
		0.0010815357431481002, -0.00085268071206454849, 0.00019065385360238806, 0.00032165402918969469,
		-0.00042989790935037647, 0.00022798203652555141, 3.768616573412545e-5, -0.00017783766581489264,
		0.00015352308090963294, -4.2186175760940082e-5, -5.4131009128186211e-5, 8.0883167786384933e-5,
		-4.6989210921509733e-5, -4.1483330755505209e-6, 3.4209171456599384e-5, -3.1921964224149914e-5,
	}
	// The inverse of the error function at erf 0.5.
	erfinvCoeffs = []float64{
		0.5, 1.1379378972343736, 0.64745132898109393, 0.98234587181646225, 1.3973107446646157, 2.2896761048159754,
		3.8600136474993811, 6.7690881551875436, 12.135483302112528, 22.170863103987414, 41.081386386722385,
		77.009985342339145, 145.73537212997551, 277.99585306175379, 533.87977444513724, 1031.2656558017435,
		2002.1143711286984, 3904.1729801268812, 7643.0779164958108, 15014.8296264258, 29588.857250454483,
		58473.310277058807, 115849.40411665874, 230057.81792832156, 457826.07909318237, 912868.8623032523,
		1823448.9796948056, 3648353.1533784397, 7310807.7353561031, 14670736.119338968, 29479095.417947807,
	}
	// The Lambert function at 1.
	lambertCoeffs = []float64{
		0.56714329040978387, 0.36189625663488922, -0.10727032314107185, 0.045611420713600229, -0.022557851745807977,
		0.012135355901829518, -0.0068896544950331394, 0.0040611131419609049, -0.002461077185571117, 0.0015235656880509324,
		-0.00095927591676219255, 0.00061235294680643065, -0.00039538332039470718, 0.00025776050458216989,
		-0.00016942960771048225, 0.00011216419258762796, -7.4717159112158404e-5, 5.0045709637091698e-5,
		-3.3684268037092609e-5, 2.2770738260963198e-5, -1.5453496945551816e-5, 1.0524789697289215e-5,
		-7.1911240202265591e-6, 4.9278214218837333e-6, -3.3859570188733098e-6, 2.332289964403264e-6,
		-1.6101838231714177e-6, 1.1140036685771589e-6, -7.7223659221500183e-7, 5.3630011443569131e-7,
		-3.7308365736469677e-7,
	}
)

// checkCoeffs compares coefficients, relative to the size that the terms before
// and after let expect.
func checkCoeffs(t *testing.T, what string, got jet.Jet64, want []float64, tol float64) {
	t.Helper()
	if got.KnownOrder() != len(want)-1 {
		t.Errorf("%s: order %d known, want %d", what, got.KnownOrder(), len(want)-1)
		return
	}
	for k, w := range want {
		scale := math.Abs(w)
		for j := max(k-2, 0); j < min(k+3, len(want)); j++ {
			scale = max(scale, math.Abs(want[j]))
		}
		if err := math.Abs(got.Coeff(k) - w); !(err <= tol*scale) {
			t.Errorf("%s: coefficient %d = %.17g, want %.17g (error %.2g)", what, k, got.Coeff(k), w, err/scale)
		}
	}
}

func keplerEquation(e jet.Jet64) jet.Jet64 { return e.Sub(e.Sin().Scale(0.3)) }

func TestInverse(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(jet.Jet64) jet.Jet64
		x    float64
		want []float64
		tol  float64
	}{
		{"erf", jet.Jet64.Erf, 0.5, erfinvCoeffs, 1e-13},
		{"Kepler", keplerEquation, 1, keplerCoeffs, 1e-13},
		{"y·exp y", func(y jet.Jet64) jet.Jet64 { return y.Mul(y.Exp()) }, 0.56714329040978387, lambertCoeffs, 1e-13},
	} {
		for _, order := range []int{0, 1, 2, 6, 30} {
			got, err := jet.Inverse(c.f, c.x, order)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			checkCoeffs(t, c.name, got, c.want[:order+1], c.tol)
		}
	}
	// Beside the functions that have a method.
	for _, c := range []struct {
		name string
		f    func(jet.Jet64) jet.Jet64
		inv  func(jet.Jet64) jet.Jet64
		x    float64
	}{
		{"exp", jet.Jet64.Exp, jet.Jet64.Log, 0.7},
		{"sin", jet.Jet64.Sin, jet.Jet64.Asin, 0.3},
		{"tan", jet.Jet64.Tan, jet.Jet64.Atan, -0.4},
		{"square", jet.Jet64.Sqr, jet.Jet64.Sqrt, 2},
		{"erf", jet.Jet64.Erf, jet.Jet64.Erfinv, 0.2},
		{"linear", func(x jet.Jet64) jet.Jet64 { return x.Scale(4).AddConst(1) },
			func(y jet.Jet64) jet.Jet64 { return y.AddConst(-1).Scale(0.25) }, 3},
	} {
		got, err := jet.Inverse(c.f, c.x, 40)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		y := c.f(jet.New(c.x)).Value()
		checkCoeffs(t, c.name, got, c.inv(jet.Variable(y, 40)).Coeffs(nil), 1e-11)
	}
}

func TestImplicit(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(x, y jet.Jet64) jet.Jet64
		x0, y0 float64 // where to start
		want   []float64
		tol    float64
	}{
		{"Lambert", func(x, y jet.Jet64) jet.Jet64 { return y.Mul(y.Exp()).Sub(x) }, 1, 1, lambertCoeffs, 1e-13},
		{"erfinv", func(x, y jet.Jet64) jet.Jet64 { return y.Erf().Sub(x) }, math.Erf(0.5), 0.3, erfinvCoeffs, 1e-12},
		{"Kepler", func(x, y jet.Jet64) jet.Jet64 { return keplerEquation(y).Sub(x) }, 0.74755870455763105735, 0.5, keplerCoeffs, 1e-13},
		{"circle", func(x, y jet.Jet64) jet.Jet64 { return x.Sqr().Add(y.Sqr()).AddConst(-1) }, 0.6, 1,
			jet.Variable(0.6, 30).Sqr().Neg().AddConst(1).Sqrt().Coeffs(nil), 1e-12},
		{"lower half of the circle", func(x, y jet.Jet64) jet.Jet64 { return x.Sqr().Add(y.Sqr()).AddConst(-1) }, 0, -3,
			jet.Variable(0.0, 30).Sqr().Neg().AddConst(1).Sqrt().Neg().Coeffs(nil), 1e-12},
		{"explicit", func(x, y jet.Jet64) jet.Jet64 { return y.Sub(x.Exp()) }, 0, 7, jet.Variable(0.0, 30).Exp().Coeffs(nil), 1e-14},
		{"root at 0", func(x, y jet.Jet64) jet.Jet64 { return y.AddConst(math.Pi).Sin().Add(x) }, 0, 0,
			jet.Variable(0.0, 30).Asin().Coeffs(nil), 1e-13},
		{"constant", func(x, y jet.Jet64) jet.Jet64 { return y.AddConst(-2) }, 0, 1, append([]float64{2}, make([]float64, 30)...), 0},
	} {
		for _, order := range []int{0, 1, 2, 6, 30} {
			got, err := jet.Implicit(c.f, c.x0, c.y0, order)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			want := append([]float64(nil), c.want[:order+1]...)
			if c.name == "root at 0" {
				want[0] = got.Value() // only known to be small
				if math.Abs(want[0]) > 1e-15 {
					t.Errorf("%s: value %v", c.name, want[0])
				}
			}
			checkCoeffs(t, fmt.Sprintf("%s to order %d", c.name, order), got, want, c.tol)
		}
	}
}

func TestImplicitSystem(t *testing.T) {
	const order = 30
	// The two zeros of z² - xz + 1/8.
	got, err := jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 {
		return []jet.Jet64{y[0].Add(y[1]).Sub(x), y[0].Mul(y[1]).AddConst(-0.125)}
	}, 1, []float64{1, 0}, order)
	if err != nil {
		t.Fatal(err)
	}
	x := jet.Variable(1.0, order)
	root := x.Sqr().AddConst(-0.5).Sqrt()
	checkCoeffs(t, "upper zero", got[0], x.Add(root).Scale(0.5).Coeffs(nil), 1e-11)
	checkCoeffs(t, "lower zero", got[1], x.Sub(root).Scale(0.5).Coeffs(nil), 1e-11)

	// Polar coordinates of (1+x, 2-x²).
	got, err = jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 {
		s, c := y[1].Sincos()
		return []jet.Jet64{y[0].Mul(c).Sub(x).AddConst(-1), y[0].Mul(s).Add(x.Sqr()).AddConst(-2)}
	}, 0.25, []float64{2, 1}, order)
	if err != nil {
		t.Fatal(err)
	}
	x = jet.Variable(0.25, order)
	a, b := x.AddConst(1), x.Sqr().Neg().AddConst(2)
	checkCoeffs(t, "radius", got[0], a.Hypot(b).Coeffs(nil), 1e-11)
	checkCoeffs(t, "angle", got[1], b.Atan2(a).Coeffs(nil), 1e-11)

	if y, err := jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 { return nil }, 0, nil, 3); err != nil || len(y) != 0 {
		t.Errorf("no equations: %v, %v", y, err)
	}
}

func TestRoot(t *testing.T) {
	for _, c := range []struct {
		name    string
		f       func(jet.Jet64) jet.Jet64
		x, want float64
	}{
		{"√2", func(x jet.Jet64) jet.Jet64 { return x.Sqr().AddConst(-2) }, 1, math.Sqrt2},
		{"-√2", func(x jet.Jet64) jet.Jet64 { return x.Sqr().AddConst(-2) }, -0.01, -math.Sqrt2},
		{"atan from afar", jet.Jet64.Atan, 10, 0},
		{"log", jet.Jet64.Log, 20, 1},
		{"cos x = x", func(x jet.Jet64) jet.Jet64 { return x.Cos().Sub(x) }, 0, 0.73908513321516067},
		{"tiny", func(x jet.Jet64) jet.Jet64 { return x.Scale(3).AddConst(-1e-200) }, 1, 1e-200 / 3},
	} {
		got, err := jet.Root(c.f, c.x)
		if err != nil || math.Abs(got-c.want) > 1e-15*math.Max(1e-15, math.Abs(c.want)) {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, err, c.want)
		}
	}
}

func TestImplicitErrors(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		call func() error
		want string
	}{
		{"flat", func() error { _, err := jet.Inverse(jet.Jet64.Cos, 0, 3); return err }, "jet: Inverse: the derivative at 0 is -0"},
		{"steep", func() error { _, err := jet.Inverse(jet.Jet64.Sqrt, 0, 3); return err }, "jet: Inverse: the derivative at 0 is +Inf"},
		{"NaN", func() error { _, err := jet.Inverse(jet.Jet64.Log, -1, 3); return err }, "jet: Inverse: the derivative at -1 is NaN"},
		{"constant", func() error {
			_, err := jet.Inverse(func(jet.Jet64) jet.Jet64 { return jet.New(2.0) }, 1, 3)
			return err
		}, "jet: Inverse: the derivative at 1 is 0"},
		{"no root", func() error {
			_, err := jet.Root(func(x jet.Jet64) jet.Jet64 { return x.Sqr().AddConst(1) }, 0.7)
			return err
		}, "jet: Root:"},
		{"flat root", func() error { _, err := jet.Root(jet.Jet64.Sqr, 0.5); return err }, "jet: Root: no convergence at x = "},
		{"NaN root", func() error { _, err := jet.Root(jet.Jet64.Log, -1); return err }, "jet: Root: function or derivative not finite at x = -1"},
		{"fold", func() error {
			_, err := jet.Implicit(func(x, y jet.Jet64) jet.Jet64 { return y.Sqr().Sub(x) }, 0, 0, 3)
			return err
		}, "jet: Implicit: Jacobian with condition number +Inf at x = 0, y = [0]"},
		{"fold from outside", func() error {
			_, err := jet.Implicit(func(x, y jet.Jet64) jet.Jet64 { return y.AddConst(-1).Sqr().Sub(x) }, 0, 3, 3)
			return err
		}, "jet: Implicit:"},
		{"nothing to solve", func() error {
			_, err := jet.Implicit(func(x, y jet.Jet64) jet.Jet64 { return y.Sqr().Add(x) }, 1, 0.5, 3)
			return err
		}, "jet: Implicit:"},
		{"NaN at the start", func() error {
			_, err := jet.Implicit(func(x, y jet.Jet64) jet.Jet64 { return y.Sub(x) }, nan, 0, 3)
			return err
		}, "jet: Implicit: function or derivative not finite at x = NaN, y = [0]"},
		{"dependent equations", func() error {
			_, err := jet.ImplicitSystem(func(x jet.Jet64, y []jet.Jet64) []jet.Jet64 {
				s := y[0].Add(y[1]).Sub(x)
				return []jet.Jet64{s, s.Scale(2)}
			}, 0, []float64{1, 1}, 3)
			return err
		}, "jet: ImplicitSystem: Jacobian with condition number +Inf at x = 0, y = [1 1]"},
	} {
		err := c.call()
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
}
