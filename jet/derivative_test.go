package jet_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/jet"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
)

func TestDerivatives(t *testing.T) {
	const x = 0.7
	s, c := math.Sincos(x)
	for _, tt := range []struct {
		name string
		f    func(jet.Jet64) jet.Jet64
		want []float64
	}{
		{"sin", jet.Jet64.Sin, []float64{s, c, -s, -c, s, c}},
		{"exp", jet.Jet64.Exp, []float64{math.Exp(x), math.Exp(x), math.Exp(x), math.Exp(x)}},
		{"inverse", jet.Jet64.Inv, []float64{1 / x, -1 / (x * x), 2 / (x * x * x), -6 / (x * x * x * x)}},
		{"a power", func(x jet.Jet64) jet.Jet64 { return x.PowInt(3) }, []float64{x * x * x, 3 * x * x, 6 * x, 6, 0, 0}},
		{"a constant", func(x jet.Jet64) jet.Jet64 { return x.Const(7) }, []float64{7, 0, 0}},
		{"the zero value", func(x jet.Jet64) jet.Jet64 { return jet.Jet64{} }, []float64{0, 0, 0}},
		{"a jet of lower order", func(jet.Jet64) jet.Jet64 { return jet.New(1., 2) }, []float64{1, 2, math.NaN(), math.NaN()}},
		{"the value", jet.Jet64.Tanh, []float64{math.Tanh(x)}},
		{"out of the domain", func(x jet.Jet64) jet.Jet64 { return x.Neg().Log() }, []float64{math.NaN(), math.NaN(), math.NaN()}},
	} {
		if checkEnabled && tt.name == "a jet of lower order" {
			continue
		}
		dst := make([]float64, len(tt.want))
		got := jet.Derivatives(dst, tt.f, x, len(dst)-1)
		if &got[0] != &dst[0] {
			t.Errorf("%s: the result is not dst", tt.name)
		}
		series := jet.Taylor(tt.f, x, len(dst)-1)
		if series.Order() != len(dst)-1 {
			t.Errorf("%s: Taylor has order %d, want %d", tt.name, series.Order(), len(dst)-1)
		}
		for k, want := range tt.want {
			if !within(got[k], want, 4e-15) {
				t.Errorf("%s: derivative %d = %v, want %v", tt.name, k, got[k], want)
			}
			if d := series.Derivative(k); !within(d, got[k], 0) {
				t.Errorf("%s: Taylor has derivative %d = %v, Derivatives %v", tt.name, k, d, got[k])
			}
		}
		if nil := jet.Derivatives(nil, tt.f, x, len(dst)-1); !slices.EqualFunc(nil, got, func(a, b float64) bool { return within(a, b, 0) }) {
			t.Errorf("%s: a nil dst gives %v, want %v", tt.name, nil, got)
		}
	}
	// Derivatives of high order do not overflow on the way.
	if d := jet.Derivatives(nil, jet.Jet64.Exp, 0, 150); !within(d[150], 1, 1e-13) {
		t.Errorf("derivative 150 of exp at 0 = %v, want 1", d[150])
	}
}

// TestTaylorKeeps checks that a series outlives the workspace of its driver.
func TestTaylorKeeps(t *testing.T) {
	a := jet.Taylor(jet.Jet64.Exp, 0, 5)
	for range 10 {
		jet.Taylor(jet.Jet64.Sin, 3, 50)
		jet.Derivatives(nil, jet.Jet64.Tan, 1, 20)
	}
	for k, f := range []float64{1, 1, 0.5, 1. / 6, 1. / 24, 1. / 120} {
		if c := a.Coeff(k); !within(c, f, 1e-15) {
			t.Errorf("coefficient %d of exp = %v, want %v", k, c, f)
		}
	}
	if b := a.Mul(a); !within(b.Coeff(5), 32./120, 1e-15) {
		t.Errorf("exp² has coefficient 5 = %v, want %v", b.Coeff(5), 32./120)
	}
}

// TestLine compares derivatives along a line with sums of mixed ones.
func TestLine(t *testing.T) {
	x, v := somewhere(3), []float64{1, 0, -2}
	for id := range samples {
		got := jet.Directional(nil, sampleOf[jet.Jet64](id), x, v, 5)
		want, size := make([]float64, 6), make([]float64, 6)
		multiIndices(3, 5, func(index, vars []int) {
			k := len(vars)
			w := nestedPartial(id, x, vars)
			for i, m := range index {
				for j := range m {
					w *= v[i] / float64(j+1)
				}
			}
			for j := range k {
				w *= float64(j + 1)
			}
			want[k] += w
			size[k] += math.Abs(w)
		})
		for k := range got {
			if math.Abs(got[k]-want[k]) > 1e-14*size[k] {
				t.Errorf("function %d: derivative %d = %v, want %v", id, k, got[k], want[k])
			}
		}
	}
	if got := jet.Directional(nil, func(x []jet.Jet64) jet.Jet64 { return jet.New(3.) }, nil, nil, 2); !cmp.Equal(got, []float64{3, 0, 0}) {
		t.Errorf("no variables: %v, want [3 0 0]", got)
	}
}

func TestDerivativesEach(t *testing.T) {
	f := func(x jet.Jet64) jet.Jet64 { return x.Sin().Exp().Div(x.Sqr().AddConst(1)) }
	for _, n := range []int{0, 1, 2, 7, 40} {
		x := somewhere(n)
		got := jet.DerivativesEach(nil, f, x, 4)
		if n == 0 {
			if !got.IsEmpty() {
				t.Error("no elements: dst is not empty")
			}
			continue
		}
		for i := range x {
			if row := jet.Derivatives(nil, f, x[i], 4); !cmp.Equal(got.RawRowView(i), row) {
				t.Errorf("row %d of %d = %v, want %v", i, n, got.RawRowView(i), row)
			}
		}
		big := mat.NewDense(n+2, 8, nil)
		part := big.Slice(1, n+1, 2, 7).(*mat.Dense)
		for workers := 1; workers < 6; workers++ {
			part.Zero()
			if jet.DerivativesEach(part, f, x, 4, jet.Workers(workers)); !mat.Equal(part, got) {
				t.Errorf("%d workers give another result", workers)
			}
		}
	}
}

// TestDriverSpecial checks that drivers take any numbers and give NaN for NaN.
func TestDriverSpecial(t *testing.T) {
	special := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, math.MaxFloat64}
	for _, v := range special {
		for _, w := range special {
			x := []float64{v, w, 1}
			for id := range samples {
				f, g := sampleOf[jet.Jet64](id), sampleOf[jet.Collapsed](id)
				line := jet.Directional(nil, f, x, []float64{1, 2, 3}, 4)
				d := jet.Tensor(nil, f, x, 3)
				_, grad, lap := jet.ValueGradientLaplacian(nil, g, x)
				results := map[string]float64{
					"Directional":            line[1],
					"Mixed":                  jet.Mixed(f, x, []int{1, 0, 0}),
					"Mixed (1,1,1)":          jet.Mixed(f, x, []int{1, 1, 1}),
					"Mixed (2,2,2)":          jet.Mixed(f, x, []int{2, 2, 2}),
					"Tensor":                 d.At(0),
					"Laplacian":              lap,
					"ValueGradientLaplacian": grad[0],
					"Bilaplacian":            jet.Bilaplacian(g, x),
				}
				for name, y := range results {
					// A sum that has nothing mixed is flat in other variables.
					if id != 3 && v != v && y == y && name != "Mixed (2,2,2)" {
						t.Errorf("%s of function %d at %v = %v, want NaN", name, id, x, y)
					}
				}
			}
		}
	}
}

// TestWorkers wants the same bits from any number of goroutines.
func TestWorkers(t *testing.T) {
	x := somewhere(40)
	f, g := sampleOf[jet.Collapsed](0), sampleOf[jet.Jet64](6)
	sigma := mat.NewDense(40, 70, nil)
	for i := range 40 {
		sigma.Set(i, i, 0.5)
		sigma.Set(i, i+30, float64(i))
	}
	run := func(opts ...jet.Option) []float64 {
		y, grad, lap := jet.ValueGradientLaplacian(nil, f, x, opts...)
		out := append(grad, y, lap, jet.Laplacian(f, x, opts...), jet.WeightedLaplacian(f, x, sigma, opts...))
		out = append(out, jet.Bilaplacian(f, x[:12], opts...))
		return append(out, jet.Tensor(nil, g, x[:4], 4, opts...).Raw()...)
	}
	want := run()
	for workers := 1; workers < 8; workers++ {
		if got := run(jet.Workers(workers)); !cmp.Equal(got, want) {
			t.Errorf("%d workers give another result", workers)
		}
	}
}

func TestDriverAliasing(t *testing.T) {
	x := somewhere(40)
	_, want, _ := jet.ValueGradientLaplacian(nil, sampleOf[jet.Collapsed](0), x)
	if _, got, _ := jet.ValueGradientLaplacian(x, sampleOf[jet.Collapsed](0), x); !cmp.Equal(got, want) {
		t.Errorf("dst = x: %v, want %v", got, want)
	}
	x = somewhere(4)
	v := []float64{1, 2, 3, 4}
	want = jet.Directional(nil, sampleOf[jet.Jet64](0), x, v, 3)
	if got := jet.Directional(x, sampleOf[jet.Jet64](0), x, v, 3); !cmp.Equal(got, want) {
		t.Errorf("dst = x: %v, want %v", got, want)
	}
}

func TestPartials(t *testing.T) {
	// x³·y·z² + 2 at (2, 3, 5).
	f := func(x []jet.Jet64) jet.Jet64 { return x[0].PowInt(3).Mul(x[1]).Mul(x[2].Sqr()).AddConst(2) }
	d := jet.Tensor(nil, f, []float64{2, 3, 5}, 4)
	if n, order := d.Dims(); n != 3 || order != 4 || d.Len() != 35 || len(d.Raw()) != 35 {
		t.Errorf("Dims() = %d, %d, Len() = %d", n, order, d.Len())
	}
	for _, c := range []struct {
		vars  []int
		index []int
		want  float64
	}{
		{nil, []int{0, 0, 0}, 602},
		{[]int{0}, []int{1, 0, 0}, 900},
		{[]int{2, 0}, []int{1, 0, 1}, 360},
		{[]int{2, 1, 0}, []int{1, 1, 1}, 120},
		{[]int{2, 0, 2, 0}, []int{2, 0, 2}, 72},
		{[]int{1, 1}, []int{0, 2, 0}, 0},
		{[]int{0, 0, 0, 1}, []int{3, 1, 0}, 150},
	} {
		if got := d.At(c.vars...); math.Abs(got-c.want) > 1e-11 {
			t.Errorf("At(%v) = %v, want %v", c.vars, got, c.want)
		}
		if got := d.Index(c.index); math.Abs(got-c.want) > 1e-11 {
			t.Errorf("Index(%v) = %v, want %v", c.index, got, c.want)
		}
	}
	// The layout that Raw documents: value, gradient, upper triangle by columns.
	list := [][]int{{}, {0}, {1}, {2}, {0, 0}, {0, 1}, {1, 1}, {0, 2}, {1, 2}, {2, 2}, {0, 0, 0}}
	for at, vars := range list {
		if d.Raw()[at] != d.At(vars...) {
			t.Errorf("Raw()[%d] = %v, At(%v) = %v", at, d.Raw()[at], vars, d.At(vars...))
		}
	}
	// A destination takes any size, also that of no variable.
	for _, n := range []int{5, 1, 0, 3} {
		for _, order := range []int{0, 2, 1} {
			x := somewhere(n)
			jet.Tensor(d, dual.Sum[jet.Jet64], x, order)
			sum := 0.0
			for _, v := range x {
				sum += v
			}
			if got := d.At(); !within(got, sum, 1e-15) {
				t.Errorf("%d variables, order %d: value %v, want %v", n, order, got, sum)
			}
			for i := range n {
				if order > 0 && d.At(i) != 1 {
					t.Errorf("%d variables, order %d: derivative %d = %v, want 1", n, order, i, d.At(i))
				}
			}
		}
	}
}

func TestDriverErrors(t *testing.T) {
	f1 := jet.Jet64.Sin
	f := func(x []jet.Jet64) jet.Jet64 { return x[0] }
	g := func(x []jet.Collapsed) jet.Collapsed { return x[0] }
	x := []float64{1, 2, 3}
	d := jet.Tensor(nil, f, x, 2)
	for _, c := range []struct {
		name string
		call func()
		want string
	}{
		{"nil Derivatives", func() { jet.Derivatives(nil, nil, 1, 2) }, "jet: Derivatives: nil function"},
		{"nil Taylor", func() { jet.Taylor(nil, 1, 2) }, "jet: Taylor: nil function"},
		{"nil Directional", func() { jet.Directional(nil, nil, x, x, 2) }, "jet: Directional: nil function"},
		{"nil DerivativesEach", func() { jet.DerivativesEach(nil, nil, x, 2) }, "jet: DerivativesEach: nil function"},
		{"nil Mixed", func() { jet.Mixed(nil, x, []int{1, 0, 0}) }, "jet: Mixed: nil function"},
		{"nil At", func() { jet.NewPartial([]int{1, 0, 0}).At(nil, x) }, "jet: At: nil function"},
		{"nil Tensor", func() { jet.Tensor(nil, nil, x, 2) }, "jet: Tensor: nil function"},
		{"nil Laplacian", func() { jet.Laplacian(nil, x) }, "jet: Laplacian: nil function"},
		{"nil ValueGradientLaplacian", func() { jet.ValueGradientLaplacian(nil, nil, x) }, "jet: ValueGradientLaplacian: nil function"},
		{"nil WeightedLaplacian", func() { jet.WeightedLaplacian(nil, x, mat.NewDense(3, 1, nil)) }, "jet: WeightedLaplacian: nil function"},
		{"nil Bilaplacian", func() { jet.Bilaplacian(nil, x) }, "jet: Bilaplacian: nil function"},
		{"Derivatives order", func() { jet.Derivatives(nil, f1, 1, -1) }, "jet: Derivatives: order -1 is negative"},
		{"Derivatives dst", func() { jet.Derivatives(x, f1, 1, 4) }, "jet: Derivatives: len(dst) = 3, want order+1 = 5"},
		{"Taylor order", func() { jet.Taylor(f1, 1, -2) }, "jet: Taylor: order -2 is negative"},
		{"Directional v", func() { jet.Directional(nil, f, x, x[:2], 2) }, "jet: Directional: len(v) = 2, want len(x) = 3"},
		{"Directional order", func() { jet.Directional(nil, f, x, x, -1) }, "jet: Directional: order -1 is negative"},
		{"Directional dst", func() { jet.Directional(x[:2], f, x, x, 2) }, "jet: Directional: len(dst) = 2, want order+1 = 3"},
		{"DerivativesEach order", func() { jet.DerivativesEach(nil, f1, x, -1) }, "jet: DerivativesEach: order -1 is negative"},
		{"DerivativesEach dst", func() { jet.DerivativesEach(mat.NewDense(2, 2, nil), f1, x, 3) }, "jet: DerivativesEach: dst is 2×2, want len(x) = 3 × order+1 = 4"},
		{"DerivativesEach of nothing", func() { jet.DerivativesEach(mat.NewDense(2, 2, nil), f1, nil, 3) }, "jet: DerivativesEach: dst is 2×2, want len(x) = 0 × order+1 = 4"},
		{"Mixed index", func() { jet.Mixed(f, x, []int{1, 2}) }, "jet: Mixed: len(index) = 2, want len(x) = 3"},
		{"Mixed negative", func() { jet.Mixed(f, x, []int{1, 2, -3}) }, "jet: Mixed: index[2] = -3 is negative"},
		{"NewPartial negative", func() { jet.NewPartial([]int{-1}) }, "jet: NewPartial: index[0] = -1 is negative"},
		{"At x", func() { jet.NewPartial([]int{1}).At(f, x) }, "jet: At: len(x) = 3, want len(index) = 1"},
		{"Index dst", func() { jet.NewPartial([]int{1}).Index(make([]int, 2)) }, "jet: Index: len(dst) = 2, want len(index) = 1"},
		{"Tensor order", func() { jet.Tensor(nil, f, x, -1) }, "jet: Tensor: order -1 is negative"},
		{"Tensor high order", func() { jet.Tensor(nil, f, x, 65) }, "jet: Tensor: order 65, want at most 64"},
		{"Partials At order", func() { d.At(0, 0, 0) }, "jet: At: 3 variables, want at most 2"},
		{"Partials At range", func() { d.At(0, 3) }, "jet: At: variable 1 is 3, want 0 to 2"},
		{"Partials Index length", func() { d.Index([]int{1}) }, "jet: Index: len(index) = 1, want 3 variables"},
		{"Partials Index negative", func() { d.Index([]int{1, -1, 0}) }, "jet: Index: index[1] = -1 is negative"},
		{"Partials Index order", func() { d.Index([]int{1, 1, 1}) }, "jet: Index: order 3 or more, want at most 2"},
		{"ValueGradientLaplacian dst", func() { jet.ValueGradientLaplacian(x[:2], g, x) }, "jet: ValueGradientLaplacian: len(dst) = 2, want len(x) = 3"},
		{"WeightedLaplacian sigma", func() { jet.WeightedLaplacian(g, x, mat.NewDense(2, 4, nil)) }, "jet: WeightedLaplacian: sigma is 2×4, want len(x) = 3 rows"},
		{"WeightedLaplacian nil", func() { jet.WeightedLaplacian(g, x, nil) }, "jet: WeightedLaplacian: nil sigma"},
		{"Workers", func() { jet.Workers(0) }, "jet: Workers: n = 0, want at least 1"},
		{"Polygamma of Collapsed", func() { jet.Collapsed{}.Polygamma(-1) }, "jet: Polygamma: order -1 is negative"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(error)
				var want jet.Error
				if !ok || !errors.As(err, &want) || err.Error() != c.want {
					t.Errorf("panic %v, want %q", err, c.want)
				}
			}()
			c.call()
		})
	}
}

// TestDriverPanic checks that a panic of the user's function comes through,
// from other goroutines too, and that the drivers work afterwards.
func TestDriverPanic(t *testing.T) {
	x := somewhere(40)
	for _, workers := range []int{1, 3} {
		func() {
			defer func() {
				if r := recover(); fmt.Sprint(r) != "boom" {
					t.Errorf("%d workers: recovered %v, want boom", workers, r)
				}
			}()
			jet.DerivativesEach(nil, func(x jet.Jet64) jet.Jet64 {
				if x.Value() == 7 {
					panic("boom")
				}
				return x
			}, append([]float64{7}, x...), 2, jet.Workers(workers))
		}()
	}
	if d := jet.Derivatives(nil, jet.Jet64.Sqr, 3, 2); !cmp.Equal(d, []float64{9, 6, 2}) {
		t.Errorf("after a panic: %v, want [9 6 2]", d)
	}
}

// TestDriverReentrant calls drivers inside a function that a driver evaluates.
func TestDriverReentrant(t *testing.T) {
	got := jet.Derivatives(nil, func(x jet.Jet64) jet.Jet64 {
		c := jet.Derivatives(nil, jet.Jet64.Exp, 0, 3)[3]
		m := jet.Mixed(func(x []jet.Jet64) jet.Jet64 { return x[0].Mul(x[1]) }, []float64{1, 2}, []int{1, 1})
		l := jet.Laplacian(dual.SumSq[jet.Collapsed], []float64{1})
		return x.Scale(c + m + l)
	}, 2, 1)
	if !cmp.Equal(got, []float64{8, 4}) {
		t.Errorf("%v, want [8 4]", got)
	}
}

// TestDriverConfusion wants the build tag dualcheck to find an outer variable
// in an inner function.
func TestDriverConfusion(t *testing.T) {
	if !checkEnabled {
		t.Skip("needs -tags dualcheck")
	}
	inner := map[string]func(x jet.Jet64){
		"Derivatives": func(x jet.Jet64) { jet.Derivatives(nil, func(y jet.Jet64) jet.Jet64 { return x.Mul(y) }, 1, 1) },
		"Taylor":      func(x jet.Jet64) { jet.Taylor(func(y jet.Jet64) jet.Jet64 { return x.Mul(y) }, 1, 1) },
		"Directional": func(x jet.Jet64) {
			jet.Directional(nil, func(y []jet.Jet64) jet.Jet64 { return x.Mul(y[0]) }, []float64{1}, []float64{1}, 1)
		},
		"DerivativesEach": func(x jet.Jet64) {
			jet.DerivativesEach(nil, func(y jet.Jet64) jet.Jet64 { return x.Mul(y) }, []float64{1}, 1)
		},
		"Mixed": func(x jet.Jet64) {
			jet.Mixed(func(y []jet.Jet64) jet.Jet64 { return x.Mul(y[0]) }, []float64{1}, []int{1})
		},
		"Tensor": func(x jet.Jet64) {
			jet.Tensor(nil, func(y []jet.Jet64) jet.Jet64 { return x.Mul(y[0]) }, []float64{1}, 1)
		},
	}
	for name, call := range inner {
		func() {
			defer func() {
				if r := recover(); !strings.HasPrefix(fmt.Sprint(r), "jet: "+name+": f captures") {
					t.Errorf("%s: %v, want a panic about a captured jet", name, r)
				}
			}()
			jet.Derivatives(nil, func(x jet.Jet64) jet.Jet64 {
				if x.Order() > 0 {
					call(x)
				}
				return x
			}, 2, 1)
		}()
	}
	defer func() {
		if r := recover(); !strings.HasPrefix(fmt.Sprint(r), "jet: Laplacian: f captures") {
			t.Errorf("Laplacian: %v, want a panic about a captured number", r)
		}
	}()
	jet.Laplacian(func(x []jet.Collapsed) jet.Collapsed {
		jet.Laplacian(func(y []jet.Collapsed) jet.Collapsed { return x[0].Mul(y[0]) }, []float64{1})
		return x[0]
	}, []float64{1})
}

func TestDriverConcurrent(t *testing.T) {
	x := somewhere(4)
	run := func() []float64 {
		out := jet.Derivatives(nil, jet.Jet64.Tanh, x[0], 6)
		out = append(out, jet.Tensor(nil, sampleOf[jet.Jet64](6), x, 3).Raw()...)
		out = append(out, jet.Mixed(sampleOf[jet.Jet64](2), x, []int{1, 1, 1, 1}), jet.Bilaplacian(sampleOf[jet.Collapsed](2), x))
		return append(out, jet.DerivativesEach(nil, jet.Jet64.Erf, x, 3, jet.Workers(2)).RawMatrix().Data...)
	}
	want := run()
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			for range 20 {
				if got := run(); !cmp.Equal(got, want) {
					t.Errorf("goroutine %d: %v, want %v", k, got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestDriverAllocs(t *testing.T) {
	if raceEnabled || checkEnabled {
		t.Skip("the race detector and the confusion check allocate")
	}
	x := somewhere(40)
	dst := make([]float64, 7)
	rows := mat.NewDense(40, 5, nil)
	grad := make([]float64, 40)
	sigma := mat.NewDense(40, 3, nil)
	sigma.Set(3, 1, 2)
	var d jet.Partials
	var f [samples]func([]jet.Jet64) jet.Jet64
	var g [samples]func([]jet.Collapsed) jet.Collapsed
	for id := range samples {
		f[id], g[id] = sampleOf[jet.Jet64](id), sampleOf[jet.Collapsed](id)
	}
	few, many := jet.NewPartial([]int{2, 1, 0}), jet.NewPartial([]int{1, 1, 1, 1})
	for _, c := range []struct {
		name string
		call func()
	}{
		{"Derivatives", func() { jet.Derivatives(dst, jet.Jet64.Tanh, 0.5, 6) }},
		{"Directional", func() { jet.Directional(dst, f[6], x, x, 6) }},
		{"Directional, from the zero value", func() { jet.Directional(dst, f[3], x, x, 6) }},
		{"DerivativesEach", func() { jet.DerivativesEach(rows, jet.Jet64.Erf, x, 4) }},
		{"Partial on a curve", func() { few.At(f[1], x[:3]) }},
		{"Partial by polarization", func() { many.At(f[2], x[:4]) }},
		{"Tensor", func() { jet.Tensor(&d, f[0], x[:4], 4) }},
		{"Laplacian", func() { jet.Laplacian(g[6], x) }},
		{"ValueGradientLaplacian", func() { jet.ValueGradientLaplacian(grad, g[0], x) }},
		{"WeightedLaplacian", func() { jet.WeightedLaplacian(g[2], x, sigma) }},
		{"Bilaplacian", func() { jet.Bilaplacian(g[2], x[:5]) }},
	} {
		if n := testing.AllocsPerRun(100, c.call); n != 0 {
			t.Errorf("%s: %v allocations a run, want 0", c.name, n)
		}
	}
}

// TestSingularOrders checks that the drivers find all derivatives asked for at
// points that cost orders, from order 0 on.
func TestSingularOrders(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(x jet.Jet64) jet.Jet64
		want []float64
	}{
		{"sin x/x", func(x jet.Jet64) jet.Jet64 { return x.Sin().Div(x) }, []float64{1, 0, -1. / 3, 0, 1. / 5, 0, -1. / 7}},
		{"(1-cos x)/x²", func(x jet.Jet64) jet.Jet64 { return x.Cos().Neg().AddConst(1).Div(x.Sqr()) },
			[]float64{1. / 2, 0, -1. / 12, 0, 1. / 30, 0, -1. / 56}},
		{"x⁴/x³", func(x jet.Jet64) jet.Jet64 { return x.PowInt(4).Div(x.PowInt(3)) }, []float64{0, 1, 0, 0, 0, 0, 0}},
		{"√(x²+x³)", func(x jet.Jet64) jet.Jet64 { return x.Sqr().Add(x.PowInt(3)).Sqrt() },
			[]float64{0, 1, 1, -3. / 4, 3. / 2, -75. / 16, 315. / 16}},
	} {
		for order := range c.want {
			if c.name == "√(x²+x³)" && order == 1 {
				continue // to first order x²+x³ is the constant 0
			}
			got := jet.Derivatives(nil, c.f, 0, order)
			along := jet.Directional(nil, func(x []jet.Jet64) jet.Jet64 { return c.f(x[0]) }, []float64{0}, []float64{1}, order)
			series := jet.Taylor(c.f, 0, order)
			for k, v := range got {
				if math.Abs(v-c.want[k]) > 1e-13*float64(1+k*k) || along[k] != v || series.Derivative(k) != v {
					t.Errorf("%s, order %d: derivative %d is %v, %v along a line, %v of the series, want %v",
						c.name, order, k, v, along[k], series.Derivative(k), c.want[k])
				}
			}
		}
	}
	calls := 0
	jet.Derivatives(nil, func(x jet.Jet64) jet.Jet64 { calls++; return x.AddConst(-3).Log() }, 0, 5)
	if calls > 3 { // one of them is for the check of captured numbers
		t.Errorf("%d calls outside the domain", calls)
	}
}
