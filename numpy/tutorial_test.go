package numpy_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
	"github.com/dualjet/dualjet/numpy/linalg"
	"github.com/dualjet/dualjet/numpy/stats"
)

// The examples in this file are the code of docs/tutorial-numpy.md.

func Example_arrays() {
	v := np.FromSlice([]float64{1, 2, 3})
	m := np.FromSlice([]float64{1, 2, 3, 4, 5, 6}, 2, 3) // row by row
	s := np.Scalar(10)
	fmt.Println(m.Shape(), v.NDim(), s.Size())
	fmt.Println(np.Add(np.Mul(m, v), s))
	fmt.Println(np.Mean(m, np.Axis(0)).Float64s(), np.Mean(m).Float64())
	fmt.Println(np.Sum(m, np.Axis(1), np.KeepDims).Shape())
	// Output:
	// [2 3] 1 1
	// [[11. 14. 19.]
	//  [14. 20. 28.]]
	// [2.5 3.5 4.5] 3.5
	// [2 1]
}

func Example_gradient() {
	x := np.FromSlice([]float64{0, 1, 2, 3})
	y := np.FromSlice([]float64{1, 3, 5, 7})
	loss := func(p np.Array) np.Array {
		slope, offset := p.At(0), p.At(1)
		d := np.Sub(np.Add(np.Mul(slope, x), offset), y)
		return np.Mean(np.Square(d))
	}
	p := np.Zeros(2)
	gradient := np.Grad(loss)
	for range 200 {
		p = np.Sub(p, gradient(p).Scale(0.1))
	}
	fmt.Printf("%.4f\n", p.Float64s())
	// Output: [2.0000 1.0000]
}

func Example_controlFlow() {
	// The series of the sine, as long as it takes.
	sine := func(x np.Array) np.Array {
		sum, term := x, x
		for k := 1; math.Abs(term.Float64()) > 1e-17; k++ {
			term = np.Mul(term, np.Square(x)).Scale(-1 / float64(2*k*(2*k+1)))
			sum = np.Add(sum, term)
		}
		return sum
	}
	x := np.Scalar(1)
	fmt.Printf("%.12f %.12f\n", np.Grad(sine)(x).Float64(), math.Cos(1))
	// Output: 0.540302305868 0.540302305868
}

func Example_elementwise() {
	tanh := func(x np.Array) np.Array {
		y := np.Exp(x.Scale(-2))
		return np.Div(np.Sub(np.Scalar(1), y), np.Add(np.Scalar(1), y))
	}
	d := np.ElementwiseGrad(tanh)
	dd := np.ElementwiseGrad(d)
	x := np.Linspace(0.5, 1.5, 3)
	fmt.Printf("%.4f\n", d(x).Float64s())
	fmt.Printf("%.4f\n", dd(x).Float64s())
	// Output:
	// [0.7864 0.4200 0.1807]
	// [-0.7269 -0.6397 -0.3271]
}

func Example_allOrders() {
	all := np.ElementwiseDerivatives(np.Tanh, 6)(np.Linspace(0.5, 1.5, 3))
	for k, d := range all {
		fmt.Printf("%d %8.4f\n", k, d.Float64s())
	}
	// Output:
	// 0 [  0.4621   0.7616   0.9051]
	// 1 [  0.7864   0.4200   0.1807]
	// 2 [ -0.7269  -0.6397  -0.3271]
	// 3 [ -0.5652   0.6216   0.5269]
	// 4 [  3.9522   0.6651  -0.5992]
	// 5 [ -3.2667  -5.5569  -0.3192]
	// 6 [-36.2795  13.6241   5.1078]
}

func Example_jacobian() {
	polar := func(p np.Array) np.Array {
		r, phi := p.At(0), p.At(1)
		return np.Stack(0, np.Mul(r, np.Cos(phi)), np.Mul(r, np.Sin(phi)))
	}
	p := np.FromSlice([]float64{2, math.Pi / 2})
	j := np.Jacobian(polar)(p)
	fmt.Printf("%.1f\n", j)

	// The same map, never formed: tangents forward, cotangents back.
	_, dot := np.JVP(polar, p, np.FromSlice([]float64{1, 0}))
	_, pull := np.VJP(polar, p)
	fmt.Printf("%.1f %.1f\n", dot.Float64s(), pull(np.FromSlice([]float64{1, 0})).Float64s())
	// Output:
	// [[ 0.0 -2.0]
	//  [ 1.0  0.0]]
	// [0.0 1.0] [0.0 -2.0]
}

func Example_hessian() {
	rosenbrock := func(x np.Array) np.Array {
		a := np.Sub(x.Index(np.From(1)), np.Square(x.Index(np.To(-1))))
		b := x.Index(np.To(-1)).AddConst(-1)
		return np.Sum(np.Add(np.Square(a).Scale(100), np.Square(b)))
	}
	x := np.FromSlice([]float64{1, 1, 1})
	h := np.Hessian(rosenbrock)(x)
	fmt.Println(h)
	// For many variables take products.
	value, grad, hvp := np.HVPFunc(rosenbrock, x)
	fmt.Println(value.Float64(), grad.Float64s())
	fmt.Println(hvp(np.FromSlice([]float64{1, 0, 0})).Float64s())
	// Output:
	// [[ 802. -400.    0.]
	//  [-400. 1002. -400.]
	//  [   0. -400.  200.]]
	// 0 [0 0 0]
	// [802 -400 0]
}

func Example_arguments() {
	f := func(x ...np.Array) np.Array { return np.Sum(np.Mul(x[0], np.Square(x[1]))) }
	a, b := np.FromSlice([]float64{1, 2}), np.FromSlice([]float64{3, 4})
	both := np.GradArgs(f)(a, b)
	second := np.GradArgs(f, 1)(a, b)
	fmt.Println(both[0].Float64s(), both[1].Float64s(), second[0].Float64s())
	// Output: [9 16] [6 16] [6 16]
}

func Example_trees() {
	type layer struct{ W, B np.Array }
	type network struct {
		Layers []layer
		Name   string
	}
	n := network{Name: "small", Layers: []layer{
		{W: np.Ones(3), B: np.Scalar(0)},
		{W: np.Scalar(2), B: np.Scalar(1)},
	}}
	input := np.FromSlice([]float64{0.1, 0.2, 0.3})
	loss := func(n network) np.Array {
		x := input
		for _, l := range n.Layers {
			x = np.Tanh(np.Add(np.Sum(np.Mul(x, l.W)), l.B))
		}
		return np.Square(x.AddConst(-1))
	}
	value, g := np.ValueAndGradTree(loss)(n)
	fmt.Printf("%.4f %T %.4f\n", value.Float64(), g, g.Layers[0].W.Float64s())
	fmt.Println(np.Paths(g))
	// Output:
	// 0.0010 numpy_test.network [-0.0005 -0.0011 -0.0016]
	// [.Layers[0].W .Layers[0].B .Layers[1].W .Layers[1].B]
}

func Example_customRule() {
	// log(1+exp x), whose derivative needs what its value needed.
	softplus := np.CustomVJP("softplus",
		func(x ...np.Array) np.Array { return np.Log1p(np.Exp(x[0])) },
		func(y np.Array, x []np.Array, w np.Array) []np.Array {
			return []np.Array{np.Mul(w, np.Exp(np.Sub(x[0], y)))}
		})
	f := func(x np.Array) np.Array { return softplus(x) }
	x := np.Scalar(0)
	_, dot := np.JVP(f, x, np.Scalar(1))
	fmt.Println(np.Grad(f)(x).Float64(), dot.Float64(), np.Grad(np.Grad(f))(x).Float64())
	fmt.Println(np.CheckGrads(f, np.Scalar(0.3), 2, np.AllModes))
	// Output:
	// 0.5 0.5 0.25
	// <nil>
}

func Example_checkpoint() {
	step := func(k int, x np.Array) np.Array { return np.Add(x, np.Sin(x).Scale(0.001)) }
	f := np.CheckpointLoop(1000, step) // keeps some ten arrays, not thousands
	fmt.Printf("%.6f\n", np.Grad(f)(np.Scalar(1)).Float64())
	// Output: 1.101705
}

func Example_fixedPoint() {
	// Kepler's equation E = M + e·sin E, solved by iteration.
	const e = 0.3
	anomaly := func(m np.Array) np.Array {
		x, err := np.FixedPoint(func(m, x np.Array) np.Array {
			return np.Add(m, np.Sin(x).Scale(e))
		}, m, m, 1e-14, 100)
		if err != nil {
			panic(err)
		}
		return x
	}
	m := np.Scalar(1)
	// dE/dM = 1/(1 - e·cos E), whatever the iteration did.
	x := anomaly(m).Float64()
	fmt.Printf("%.10f %.10f\n", np.Grad(anomaly)(m).Float64(), 1/(1-e*math.Cos(x)))
	fmt.Printf("%.10f\n", np.Grad(np.Grad(anomaly))(m).Float64())
	// Output:
	// 1.0913293012 1.0913293012
	// -0.3744532553
}

func Example_complexNumbers() {
	z := np.ComplexScalar(1 + 2i)
	// A real function of x+iy: ∂f/∂x - i∂f/∂y.
	square := func(z np.Array) np.Array { return np.Real(np.Mul(z, np.Conj(z))) }
	fmt.Println(np.Grad(square)(z).Complex128())
	// A holomorphic one has a complex derivative.
	cube := func(z np.Array) np.Array { return np.Mul(z, np.Mul(z, z)) }
	fmt.Println(np.HolomorphicGrad(cube)(z).Complex128())
	// Output:
	// (2-4i)
	// (-9+12i)
}

func Example_packages() {
	// A pair of normal numbers with a correlation.
	covariance := func(rho np.Array) np.Array {
		one := np.Scalar(1)
		return np.Block([][]np.Array{{one, rho}, {rho, one}})
	}
	logp := func(rho np.Array) np.Array {
		d := stats.MultivariateNormal{Mean: np.Zeros(2), Cov: covariance(rho)}
		return d.LogPDF(np.FromSlice([]float64{1, 0.5}))
	}
	largest := func(rho np.Array) np.Array {
		return linalg.EigvalsH(covariance(rho)).At(-1) // 1+ρ
	}
	rho := np.Scalar(0.3)
	fmt.Printf("%.4f %.4f\n", np.Grad(logp)(rho), np.Grad(np.Grad(logp))(rho))
	fmt.Printf("%.4f\n", np.Grad(largest)(rho))
	// Output:
	// 0.5350 0.4398
	// 1.0000
}

func Example_indexing() {
	m := np.Reshape(np.Arange(0, 12, 1), 3, 4)
	fmt.Println(m.At(1, 2).Float64(), m.At(-1).Float64s())
	fmt.Println(m.Index(np.Whole, np.Span(1, 3)).Float64s())
	fmt.Println(m.Index(np.Ints(2, 0, 2), np.I(0)).Float64s())
	fmt.Println(m.Index(np.Mask(np.Greater(m, np.Scalar(8)))).Float64s())

	// Repeated elements add up.
	f := func(x np.Array) np.Array { return np.Sum(x.Index(np.Ints(0, 0, 1))) }
	fmt.Println(np.Grad(f)(np.Zeros(3)).Float64s())
	// Output:
	// 6 [8 9 10 11]
	// [1 2 5 6 9 10]
	// [8 0 8]
	// [9 10 11]
	// [2 1 0]
}

func Example_setAt() {
	// The Fibonacci numbers from x and 1: writing makes a new array.
	f := func(x np.Array) np.Array {
		a := np.SetAt(np.Ones(6), np.Index{np.I(0)}, x)
		for i := 2; i < 6; i++ {
			a = np.SetAt(a, np.Index{np.I(i)}, np.Add(a.At(i-1), a.At(i-2)))
		}
		return a
	}
	_, dot := np.JVP(f, np.Scalar(1), np.Scalar(1))
	fmt.Println(f(np.Scalar(1)).Float64s(), dot.Float64s())
	// Output: [1 1 2 3 5 8] [1 0 1 1 2 3]
}

func Example_errors() {
	err := np.Maybe(func() {
		np.Add(np.Zeros(2), np.Zeros(3))
	})
	fmt.Println(err)
	err = np.Maybe(func() {
		np.Grad(np.Tanh)(np.Zeros(2))
	})
	fmt.Println(err)
	// What data decide is no mistake of the program.
	fmt.Println(np.Log(np.Scalar(-1)).Float64())
	// Output:
	// numpy: Add: shapes (2) and (3) do not broadcast
	// numpy: Grad: the value has shape (2), want a single number: use Jacobian or ElementwiseGrad, or sum it
	// NaN
}

func Example_goroutines() {
	gradient := np.Grad(func(x np.Array) np.Array { return np.Sum(np.Mul(x, np.Sin(x))) })
	var results [4]np.Array
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { results[i] = gradient(np.Full(float64(i), 2)) })
	}
	wg.Wait()
	fmt.Printf("%.4f\n", results[1].Float64s())
	// Output: [1.3818 1.3818]
}

func Example_record() {
	f := func(x ...np.Array) np.Array { return np.Sum(np.Sin(np.Mul(x[0], x[1]))) }
	x, y := np.FromSlice([]float64{1, 2}), np.Scalar(3)
	p := np.Record(f, x, y)
	fmt.Print(p)
	// For three y at once.
	fmt.Printf("%.4f\n", p.Map(x, np.FromSlice([]float64{1, 2, 3})).Float64s())
	// Output:
	// v0 (2) = Mul(x0, x1)
	// v1 (2) = Sin(v0)
	// v2 () = SumTo(v1)
	// return v2
	// [1.7508 0.1525 -0.1383]
}

// TestTutorial checks that code and output in the tutorial are those of the
// examples, and that all examples are there.
func TestTutorial(t *testing.T) {
	source, err := os.ReadFile("tutorial_test.go")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/tutorial-numpy.md")
	if err != nil {
		t.Fatal(err)
	}
	code := "\n" + flush(string(source))
	quoted := map[string]bool{}
	for i, block := range strings.Split(string(page), "\n```") {
		if i%2 == 0 {
			continue
		}
		kind, body, _ := strings.Cut(block, "\n")
		switch kind {
		case "go":
		case "text":
			var b strings.Builder
			for line := range strings.Lines(body + "\n") {
				b.WriteString("// " + strings.TrimRight(line, "\n") + "\n")
			}
			body = strings.TrimSuffix(b.String(), "\n")
		default:
			continue
		}
		want := "\n" + flush(body+"\n")
		if kind == "text" {
			want = strings.TrimPrefix(want, "\n") // may follow on Output:
			if strings.Count(want, "\n") == 1 {
				want = strings.TrimPrefix(want, "// ")
			}
		}
		at := strings.Index(code, want)
		if at < 0 {
			t.Errorf("not in the test:\n%s", body)
			continue
		}
		head := code[:at]
		if k := strings.LastIndex(head, "\nfunc Example_"); k >= 0 {
			name, _, _ := strings.Cut(head[k+len("\nfunc "):], "(")
			quoted[name] = true
		}
	}
	for part := range bytes.SplitSeq(source, []byte("\nfunc ")) {
		name, _, _ := strings.Cut(string(part), "(")
		if strings.HasPrefix(name, "Example_") && !quoted[name] {
			t.Errorf("%s is not in the tutorial", name)
		}
	}
}

// flush returns the text with its lines shifted to the left.
func flush(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimLeft(line, " \t"))
	}
	return b.String()
}

// TestAutogradTable checks that the names in docs/autograd.md exist.
func TestAutogradTable(t *testing.T) {
	names := map[string]bool{}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			prefix := ""
			if dir := filepath.Dir(file); dir != "." {
				prefix = dir + "."
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					names[prefix+d.Name.Name] = true
				case *ast.GenDecl:
					for _, s := range d.Specs {
						if s, ok := s.(*ast.TypeSpec); ok {
							names[prefix+s.Name.Name] = true
						}
					}
				}
			}
		}
	}
	page, err := os.ReadFile("../docs/autograd.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile("`[^`]*`")
	count := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, name := range quoted.FindAllString(cells[2], -1) {
			count++
			if name = strings.Trim(name, "`"); !names[name] && name != "dual" && name != "jet" && name != "reverse" && name != "hessian" {
				t.Errorf("there is no %s", name)
			}
		}
		for _, name := range quoted.FindAllString(cells[3], -1) {
			name = strings.Trim(name, "`")
			_, last, qualified := strings.Cut(name, ".")
			if (qualified && ast.IsExported(last) || ast.IsExported(name)) && !names[name] {
				t.Errorf("there is no %s", name)
			}
		}
	}
	if count < 100 {
		t.Errorf("only %d names: is the table another one?", count)
	}
}
