package cases

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// reference is what Python says of a case.
type reference struct {
	Value refArray  `json:"value"`
	Jac   [][]float `json:"jac"`
}

type refArray struct {
	Shape []int   `json:"shape"`
	Re    []float `json:"re"`
	Im    []float `json:"im"`
}

// float is a number that JSON may hold as a string: nan, inf.
type float float64

func (f *float) UnmarshalJSON(text []byte) error {
	v, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*f = float(v)
	return err
}

func golden(t *testing.T) map[string]reference {
	t.Helper()
	raw, err := os.ReadFile("testdata/golden.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	refs := map[string]reference{}
	if err := json.NewDecoder(r).Decode(&refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

// apply is the function of the operands that are differentiated.
func (c Case) apply(xs ...np.Array) np.Array {
	all := slices.Clone(c.In)
	k := 0
	for i := range all {
		if !slices.Contains(c.Const, i) {
			all[i] = xs[k]
			k++
		}
	}
	return c.F(all)
}

// vars returns the operands that are differentiated.
func (c Case) vars() []np.Array {
	var xs []np.Array
	for i, x := range c.In {
		if !slices.Contains(c.Const, i) {
			xs = append(xs, x)
		}
	}
	return xs
}

// each runs a test for every case, in parallel by operation.
func each(t *testing.T, f func(t *testing.T, c Case)) {
	byOp := map[string][]Case{}
	var ops []string
	for _, c := range All() {
		if byOp[c.Op] == nil {
			ops = append(ops, c.Op)
		}
		byOp[c.Op] = append(byOp[c.Op], c)
	}
	for _, op := range ops {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			for i, c := range byOp[op] {
				t.Run(strconv.Itoa(i), func(t *testing.T) {
					f(t, c)
					if t.Failed() {
						var shapes []string
						for _, x := range c.In {
							kind := "real"
							if x.IsComplex() {
								kind = "complex"
							}
							shapes = append(shapes, kind+strings.ReplaceAll(strings.Trim(strconv.Quote(plainShape(x)), `"`), " ", ","))
						}
						t.Logf("case %d of %s: %s, operands %s", i, c.Op, c.Py, strings.Join(shapes, " "))
					}
				})
			}
		})
	}
}

func plainShape(x np.Array) string {
	s, _ := json.Marshal(append([]int{}, x.Shape()...))
	return string(s)
}

func TestGolden(t *testing.T) {
	refs := golden(t)
	values, jacobians := 0, 0
	for _, c := range All() {
		if c.Py == "" {
			continue
		}
		ref, ok := refs[c.Key()]
		if !ok {
			t.Errorf("%s: no reference value for %q: run the generator, see the package comment", c.Op, c.Py)
			continue
		}
		tol := c.Tol
		if tol == 0 {
			tol = 1e-13
		}
		y := c.F(c.In)
		if !slices.Equal(y.Shape(), ref.Value.Shape) {
			t.Errorf("%s: %s: shape %v, want %v", c.Op, c.Py, y.Shape(), ref.Value.Shape)
			continue
		}
		// Eigenvalues are always complex here; an empty operand comes to Python as real.
		always := c.Op == "linalg.Eig" || c.Op == "linalg.Eigvals" || len(c.In) > 0 && c.In[0].Size() == 0
		if y.IsComplex() != (ref.Value.Im != nil) && !always {
			t.Errorf("%s: %s: complex is %t, want %t", c.Op, c.Py, y.IsComplex(), !y.IsComplex())
		}
		want := make([]complex128, len(ref.Value.Re))
		for i, v := range ref.Value.Re {
			want[i] = complex(float64(v), 0)
			if ref.Value.Im != nil {
				want[i] += complex(0, float64(ref.Value.Im[i]))
			}
		}
		values++
		if e := distance(y.Complex128s(), want); !(e <= tol) {
			t.Errorf("%s: %s: got %v, want %v (relative error %.2g)", c.Op, c.Py, y.Complex128s(), want, e)
		}
		for i, j := range ref.Jac {
			if j == nil {
				continue
			}
			jacobians++
			got := c.jacobian(i)
			if len(got) != len(j) {
				t.Errorf("%s: %s: Jacobian %d has %d elements, want %d", c.Op, c.Py, i, len(got), len(j))
				continue
			}
			want := make([]complex128, len(j))
			for k := range j {
				want[k] = complex(float64(j[k]), 0)
			}
			if e := distance(got, want); !(e <= 10*tol) {
				t.Errorf("%s: %s: Jacobian for operand %d: got %v, want %v (relative error %.2g)", c.Op, c.Py, i, got, want, e)
			}
		}
	}
	t.Logf("%d values and %d Jacobians", values, jacobians)
}

// jacobian returns the Jacobian for operand i by forward mode, row-major, the
// real and imaginary parts of complex arrays one after the other.
func (c Case) jacobian(i int) []complex128 {
	x := c.In[i]
	f := func(v np.Array) np.Array {
		all := slices.Clone(c.In)
		all[i] = v
		return c.F(all)
	}
	parts := []complex128{1}
	if x.IsComplex() {
		parts = append(parts, 1i)
	}
	var cols [][]float64
	for _, p := range parts {
		for k := range x.Size() {
			v := make([]complex128, x.Size())
			v[k] = p
			dir := np.WrapComplex(v, append([]int{}, x.Shape()...)...)
			if !x.IsComplex() {
				dir = np.Real(dir)
			}
			_, dot := np.JVP(f, x, dir)
			var col []float64
			for _, z := range dot.Complex128s() {
				col = append(col, real(z))
			}
			if dot.IsComplex() {
				for _, z := range dot.Complex128s() {
					col = append(col, imag(z))
				}
			}
			cols = append(cols, col)
		}
	}
	if len(cols) == 0 {
		return nil
	}
	var jac []complex128
	for r := range cols[0] {
		for _, col := range cols {
			jac = append(jac, complex(col[r], 0))
		}
	}
	return jac
}

// distance returns the largest difference relative to the largest number. NaN
// and infinities must be at the same places.
func distance(x, y []complex128) float64 {
	if len(x) != len(y) {
		return math.Inf(1)
	}
	diff, scale := 0.0, math.SmallestNonzeroFloat64
	part := func(a, b float64) {
		switch {
		case a == b || a != a && b != b:
		case math.IsInf(a, 0) || math.IsInf(b, 0) || a != a || b != b:
			diff = math.Inf(1)
		default:
			diff = math.Max(diff, math.Abs(a-b))
		}
		if !math.IsInf(b, 0) && b == b {
			scale = math.Max(scale, math.Abs(b))
		}
	}
	for i := range x {
		part(real(x[i]), real(y[i]))
		part(imag(x[i]), imag(y[i]))
	}
	return diff / scale
}

// TestModes compares every pair of modes with differences.
func TestModes(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		if c.Kink || c.Flat {
			return
		}
		order := 2
		if testing.Short() {
			order = 1
		}
		if err := (np.Checker{}).Check(c.apply, c.vars(), order, np.AllModes); err != nil {
			t.Error(err)
		}
	})
}

// reverseJacobian is jacobian by reverse mode.
func (c Case) reverseJacobian(i int) []complex128 {
	x := c.In[i]
	y, pull := np.VJP(func(v np.Array) np.Array {
		all := slices.Clone(c.In)
		all[i] = v
		return c.F(all)
	}, x)
	parts := []complex128{1}
	if y.IsComplex() {
		parts = append(parts, -1i) // the real part of -i·y is the imaginary part of y
	}
	var jac []complex128
	for _, p := range parts {
		for k := range y.Size() {
			w := make([]complex128, y.Size())
			w[k] = p
			cotangent := np.WrapComplex(w, append([]int{}, y.Shape()...)...)
			if !y.IsComplex() {
				cotangent = np.Real(cotangent)
			}
			g := pull(cotangent).Complex128s()
			for _, v := range g {
				jac = append(jac, complex(real(v), 0))
			}
			if x.IsComplex() {
				for _, v := range g {
					jac = append(jac, complex(-imag(v), 0))
				}
			}
		}
	}
	return jac
}

// TestKinks compares forward and reverse mode where differences say nothing.
func TestKinks(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		if !c.Kink || c.Flat {
			return
		}
		for i := range c.In {
			if slices.Contains(c.Const, i) {
				continue
			}
			got, want := c.reverseJacobian(i), c.jacobian(i)
			if e := distance(got, want); !(e <= 1e-10) {
				t.Errorf("Jacobian for operand %d: reverse mode gives %v, forward mode %v", i, got, want)
			}
		}
	})
}

// TestFlat checks that what is locally constant has no derivative.
func TestFlat(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		if !c.Flat {
			return
		}
		for i, x := range c.In {
			f := func(v np.Array) np.Array {
				all := slices.Clone(c.In)
				all[i] = v
				return c.F(all)
			}
			_, dot := np.JVP(f, x, x.AddConst(1))
			_, pull := np.VJP(f, x)
			w := pull(dot.AddConst(1))
			for _, v := range append(slices.Clone(dot.Complex128s()), w.Complex128s()...) {
				if v != 0 {
					t.Errorf("operand %d: derivative %v and %v, want 0", i, dot.Complex128s(), w.Complex128s())
					break
				}
			}
		}
	})
}

// TestTaylor compares Taylor coefficients to order 4 along a line with
// derivatives by nested forward mode.
func TestTaylor(t *testing.T) {
	each(t, func(t *testing.T, c Case) {
		if c.Flat {
			return
		}
		xs := c.vars()
		line := func(s np.Array) np.Array {
			at := make([]np.Array, len(xs))
			for i, x := range xs {
				at[i] = x.Add(np.Mul(s, x.AddConst(0.25)))
			}
			return c.apply(at...)
		}
		got := np.ElementwiseDerivatives(line, 4)(np.Scalar(0))
		nested := line
		for k := range got {
			want := nested(np.Scalar(0))
			if e := distance(got[k].Complex128s(), want.Complex128s()); !(e <= 1e-8) {
				t.Errorf("derivative %d along a line: Taylor gives %v, nested forward mode %v", k, got[k].Complex128s(), want.Complex128s())
			}
			f := nested
			nested = func(s np.Array) np.Array {
				_, dot := np.JVP(f, s, np.Scalar(1))
				return dot
			}
		}
	})
}

// notOperations are exported functions that have no case: they make arrays
// from other things, or are transforms, each with tests of its own. A type
// stands for its methods.
var notOperations = []string{
	"Scalar", "ComplexScalar", "FromSlice", "FromComplex", "Wrap", "WrapComplex",
	"Of", "ReadNPY", "ReadNPZ", "ReadText", "Load", "LoadZ",
	"JVP", "VJP", "ValueAndGrad", "ElementwiseDerivatives",
	"Linearize", "TaylorCoefficients", "HVPFunc", "HVPFuncTree", "GGNVP", "Record", "FixedPoint", "Leaves", "Flatten", "FlattenFunc",
	"random.Generator", "integrate.ODEInt", "integrate.Quad",
}

// withMethods are the packages that have operations as methods.
var withMethods = []string{"stats", "random", "integrate"}

// TestEveryOperation finds exported functions that return arrays, in numpy and
// its sub-packages, and methods of some, that have no case.
func TestEveryOperation(t *testing.T) {
	have := map[string]bool{}
	for _, c := range All() {
		have[c.Op] = true
	}
	for _, name := range notOperations {
		if have[name] {
			t.Errorf("%s has cases and is listed as no operation", name)
		}
		have[name] = true
	}
	const root = "../.."
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "internal":
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		pkg := file.Name.Name
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !f.Name.IsExported() || !returnsArray(f.Type) {
				continue
			}
			name := f.Name.Name
			if f.Recv != nil {
				typ := receiver(f)
				if !slices.Contains(withMethods, pkg) || !token.IsExported(typ) || slices.Contains(notOperations, pkg+"."+typ) {
					continue
				}
				name = typ + "." + name
			}
			seen++
			if pkg != "numpy" {
				name = pkg + "." + name
			}
			if !have[name] {
				t.Errorf("%s: exported operation without a case", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < len(notOperations)/2 {
		t.Errorf("only %d exported functions seen", seen)
	}
}

// receiver returns the name of the type whose method f is.
func receiver(f *ast.FuncDecl) string {
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	name, _ := typ.(*ast.Ident)
	return name.Name
}

// returnsArray reports whether a result is an Array or several.
func returnsArray(f *ast.FuncType) bool {
	if f.Results == nil {
		return false
	}
	for _, r := range f.Results.List {
		typ := r.Type
		if s, ok := typ.(*ast.ArrayType); ok {
			typ = s.Elt
		}
		switch typ := typ.(type) {
		case *ast.Ident:
			if typ.Name == "Array" {
				return true
			}
		case *ast.SelectorExpr:
			if typ.Sel.Name == "Array" {
				return true
			}
		}
	}
	return false
}

func TestDocs(t *testing.T) {
	got, err := os.ReadFile("../../../docs/numpy.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != Docs() {
		t.Error("docs/numpy.md is not what the cases say: run go generate ./numpy/internal/cases")
	}
}
