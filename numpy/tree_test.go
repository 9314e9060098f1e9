package numpy

import (
	"math/rand/v2"
	"slices"
	"testing"
)

type layer struct {
	W, B Array
	Name string
}

type model struct {
	Layers []layer
	Scale  map[string]Array
	Pair   [2]Array
	Shared *layer
	Again  *layer
	None   *layer
	Any    any
	Rate   float64 `np:"-"`
	Steps  int
	f      func()
}

func newModel() model {
	shared := &layer{W: Scalar(11), B: Scalar(12)}
	return model{
		Layers: []layer{
			{W: FromSlice([]float64{1, 2, 3, 4}, 2, 2), B: Scalar(5), Name: "first"},
			{W: Scalar(6), B: FromSlice([]float64{7})},
		},
		Scale:  map[string]Array{"b": Scalar(9), "a": Scalar(8)},
		Pair:   [2]Array{Scalar(10), {}},
		Shared: shared,
		Again:  shared,
		Any:    []any{map[int]Array{2: Scalar(14), 1: Scalar(13)}, "text", nil},
		Rate:   0.5,
		Steps:  3,
	}
}

// cubes is the sum of the cubes of all arrays, each in its own way.
func cubes(m model) Array {
	var sum Array
	add := func(x Array) { sum = Add(sum, Sum(Mul(x, Mul(x, x)))) }
	for _, l := range m.Layers {
		add(l.W)
		add(l.B)
	}
	for _, k := range []string{"a", "b"} {
		add(m.Scale[k])
	}
	add(m.Pair[0])
	add(m.Pair[1])
	add(m.Shared.W)
	add(m.Again.B)
	for _, x := range m.Any.([]any)[0].(map[int]Array) {
		add(x)
	}
	return sum
}

var modelPaths = []string{
	".Layers[0].W", ".Layers[0].B", ".Layers[1].W", ".Layers[1].B", `.Scale["a"]`, `.Scale["b"]`,
	".Pair[0]", ".Pair[1]", ".Shared.W", ".Shared.B", ".Any[0][1]", ".Any[0][2]",
}

func TestTree(t *testing.T) {
	m := newModel()
	if got := Paths(m); !slices.Equal(got, modelPaths) {
		t.Errorf("paths are %q, want %q", got, modelPaths)
	}
	value, g := ValueAndGradTree(cubes)(m)
	near(t, "value", value, cubes(m).Float64s())
	if got := Paths(g); !slices.Equal(got, modelPaths) {
		t.Errorf("paths of the gradient are %q, want %q", got, modelPaths)
	}
	square := func(x Array) []float64 { return Mul(x, x).Scale(3).Float64s() }
	linear := func(x Array) []float64 { return x.Scale(6).Float64s() }
	g2 := GradTree(cubes)(m)
	j := JacobianTree(cubes)(m)
	h := HVPTree(cubes)(m, MapTree(onesLike, m))
	y, dot := JVPTree(cubes, m, m)
	near(t, "value of JVPTree", y, cubes(m).Float64s())
	near(t, "JVPTree", dot, cubes(m).Scale(3).Float64s())
	_, pull := VJPTree(cubes, m)
	back := pull(Scalar(1))
	blocks := HessianTree(cubes)(m)
	value2, g3, hvp := HVPFuncTree(cubes, m)
	near(t, "value of HVPFuncTree", value2, cubes(m).Float64s())
	h2 := hvp(MapTree(onesLike, m))
	y2, push := LinearizeTree(cubes, m)
	near(t, "value of LinearizeTree", y2, cubes(m).Float64s())
	near(t, "LinearizeTree", push(m), cubes(m).Scale(3).Float64s())
	for i, x := range Leaves(m) {
		for name, d := range map[string]model{"ValueAndGradTree": g, "GradTree": g2, "HVPFuncTree": g3, "JacobianTree": j, "VJPTree": back} {
			near(t, name+modelPaths[i], Leaves(d)[i], square(x), x.Shape()...)
		}
		near(t, "HVPTree"+modelPaths[i], Leaves(h)[i], linear(x), x.Shape()...)
		near(t, "HVPFuncTree"+modelPaths[i], Leaves(h2)[i], linear(x), x.Shape()...)
		for k, y := range Leaves(m) {
			want := make([]float64, x.Size()*y.Size())
			if i == k {
				for a, v := range linear(x) {
					want[a*x.Size()+a] = v
				}
			}
			near(t, "HessianTree", blocks[i][k], want, append(slices.Clone(x.Shape()), y.Shape()...)...)
		}
	}
	// What is no array is as it was, and the tree is untouched.
	if g.Rate != 0.5 || g.Steps != 3 || g.Layers[0].Name != "first" || g.None != nil || g.f != nil {
		t.Errorf("gradient has other constants: %+v", g)
	}
	if g.Shared != g.Again || g.Shared == m.Shared {
		t.Error("the gradient does not share what the tree shares, or shares memory with it")
	}
	near(t, "the tree", m.Layers[0].W, []float64{1, 2, 3, 4}, 2, 2)
}

func TestTreeKinds(t *testing.T) {
	x := linspace(1, 2, 3)
	sum := func(x Array) Array { return Sum(Mul(x, x)) }
	near(t, "array", GradTree(sum)(x), []float64{2, 3, 4}, 3)
	near(t, "pointer", *GradTree(func(p *Array) Array { return sum(*p) })(&x), []float64{2, 3, 4}, 3)
	near(t, "slice", GradTree(func(p []Array) Array { return sum(p[0]) })([]Array{x})[0], []float64{2, 3, 4}, 3)
	near(t, "any", GradTree(func(p any) Array { return sum(p.(Array)) })(x).(Array), []float64{2, 3, 4}, 3)
	type Inner struct{ X Array }
	type outer struct {
		Inner
		*layer
	}
	near(t, "embedded", GradTree(func(p outer) Array { return sum(p.X) })(outer{Inner: Inner{x}}).X, []float64{2, 3, 4}, 3)
	type inner struct{ X Array }
	type outer2 struct{ inner }
	near(t, "embedded and unexported", GradTree(func(p outer2) Array { return sum(p.X) })(outer2{inner{x}}).X, []float64{2, 3, 4}, 3)
	type list struct {
		X    Array
		Next *list
	}
	ring := &list{X: x}
	ring.Next = ring
	g := GradTree(func(p *list) Array { return sum(p.Next.Next.X) })(ring)
	near(t, "ring", g.X, []float64{2, 3, 4}, 3)
	if g.Next != g {
		t.Error("the ring is no ring any more")
	}
	if g := GradTree(func(p map[string]Array) Array { return Scalar(1) })(nil); g != nil {
		t.Error("a nil map has a gradient that is not nil")
	}
	type random struct {
		X   Array
		Rnd *rand.Rand
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	gr := GradTree(func(p random) Array { return sum(p.X) })(random{x, rnd})
	near(t, "with a source of random numbers", gr.X, []float64{2, 3, 4}, 3)
	type empty struct{ N int }
	if g := GradTree(func(p empty) Array { return Scalar(1) })(empty{4}); g.N != 4 {
		t.Error("a tree without arrays is not what it was")
	}
}

// TestTreeOutput has trees on both sides.
func TestTreeOutput(t *testing.T) {
	type result struct {
		Y, Z Array
		Note float64
	}
	f := func(p map[string]Array) result {
		return result{Y: Mul(p["a"], p["b"]), Z: Sum(p["a"]), Note: 7}
	}
	p := map[string]Array{"a": FromSlice([]float64{1, 2}), "b": FromSlice([]float64{3, 4})}
	v := map[string]Array{"a": FromSlice([]float64{1, 0}), "b": FromSlice([]float64{0, 1})}
	y, dot := JVPTree(f, p, v)
	near(t, "Y", y.Y, []float64{3, 8}, 2)
	near(t, "dot Y", dot.Y, []float64{3, 2}, 2)
	near(t, "dot Z", dot.Z, []float64{1})
	if y.Note != 7 {
		t.Errorf("note %v", y.Note)
	}
	y, pull := VJPTree(f, p)
	w := pull(result{Y: FromSlice([]float64{1, 10}), Z: Scalar(100)})
	near(t, "Z", y.Z, []float64{3})
	near(t, "cotangent of a", w["a"], []float64{103, 140}, 2)
	near(t, "cotangent of b", w["b"], []float64{1, 20}, 2)
	for _, m := range modes() {
		got := m.at(func(s Array) Array {
			_, pull := VJPTree(f, map[string]Array{"a": Mul(s, p["a"]), "b": p["b"]})
			return Sum(pull(result{Y: onesLike(p["a"])})["b"])
		}, Scalar(1))
		near(t, m.name, got, []float64{3})
	}
}

func TestFlatten(t *testing.T) {
	m := newModel()
	vec, unflatten := Flatten(m)
	near(t, "Flatten", vec, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 11, 12, 13, 14}, 15)
	back := unflatten(vec.Scale(2))
	for i, x := range Leaves(m) {
		near(t, modelPaths[i], Leaves(back)[i], x.Scale(2).Float64s(), x.Shape()...)
	}
	f, x, un := FlattenFunc(cubes, m)
	near(t, "gradient", Grad(f)(x), Mul(x, x).Scale(3).Float64s(), 15)
	near(t, "Hessian", Laplacian(f)(x), Sum(x).Scale(6).Float64s())
	near(t, "unflatten", un(x).Shared.W, []float64{11})
	// Both ways in every mode: the sum of squares of the tree of 2s.
	for _, md := range modes() {
		got := md.at(func(s Array) Array {
			v, u := Flatten(map[string]Array{"a": s, "b": Mul(s, s)})
			p := u(v)
			return Mul(p["a"], p["b"])
		}, Scalar(2))
		near(t, md.name, got, []float64{12})
	}
	// Real and complex together.
	v, u := Flatten([]Array{Scalar(1), ComplexScalar(2i)})
	nearComplex(t, "complex", v, []complex128{1, 2i}, 2)
	if p := u(v); p[0].IsComplex() || !p[1].IsComplex() {
		t.Error("types are lost")
	}
	if v, _ := Flatten(struct{}{}); v.Size() != 0 || v.NDim() != 1 {
		t.Errorf("shape %v of nothing", v.Shape())
	}
}

func TestTreePanics(t *testing.T) {
	type hidden struct{ w Array }
	type deep struct{ A []map[string]hidden }
	type floats struct {
		W Array
		X struct{ V []float64 }
	}
	type number struct{ Mu *complex128 }
	type key struct{ k struct{ i int } }
	one := Scalar(1)
	c := 1i
	for _, c := range []struct {
		text string
		f    func()
	}{
		{"GradTree: unexported field .w:", func() { GradTree(func(hidden) Array { return one })(hidden{one}) }},
		{`GradTree: unexported field .A[0]["k"].w:`, func() {
			GradTree(func(deep) Array { return one })(deep{[]map[string]hidden{{"k": {one}}}})
		}},
		{"GradTree: []float64 at .X.V has no derivative: make it an Array", func() {
			p := floats{}
			p.X.V = []float64{1}
			GradTree(func(floats) Array { return one })(p)
		}},
		{"GradTree: complex128 at .Mu has no derivative", func() { GradTree(func(number) Array { return one })(number{&c}) }},
		{"GradTree: float64 at the top has no derivative", func() { GradTree(func(float64) Array { return one })(1) }},
		{`GradTree: float64 at ["x"] has no derivative`, func() {
			GradTree(func(map[string]any) Array { return one })(map[string]any{"x": 1.0})
		}},
		{"Leaves: map[string]float64 at the top has no derivative", func() { Leaves(map[string]float64{"a": 1}) }},
		{"Leaves: keys of type numpy.key of the map at the top have no order", func() { Leaves(map[key]Array{{}: one, {struct{ i int }{1}}: one}) }},
		{"GradTree: the value has shape (2)", func() { GradTree(func(x Array) Array { return x })(linspace(0, 1, 2)) }},
		{"HVPTree: the direction has not the form", func() {
			HVPTree(func(p []Array) Array { return p[0] })([]Array{one}, []Array{one, one})
		}},
		{"JVPTree: the tangent has shape (2), want ()", func() {
			JVPTree(func(p []Array) Array { return p[0] }, []Array{one}, []Array{linspace(0, 1, 2)})
		}},
		{"VJPTree: the cotangent has not the form", func() {
			_, pull := VJPTree(func(p Array) map[string]Array { return map[string]Array{"a": p} }, one)
			pull(map[string]Array{"b": one})
		}},
		{"WithLeaves: 1 arrays for a tree with 2", func() { WithLeaves([]Array{one, one}, []Array{one}) }},
		{"Flatten: a vector of shape (2) for a tree of 1 elements", func() {
			_, u := Flatten([]Array{one})
			u(linspace(0, 1, 2))
		}},
	} {
		wantFail(t, c.text, c.text, c.f)
	}
}
