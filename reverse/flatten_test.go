package reverse_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
)

type celsius float64

type named []float64

type base[T any] struct{ Bias T }

type tag[T any] string

// A rich has everything that numbers may be in, and settings.
type rich[T any] struct {
	base[T]
	W       [][]T
	B       []T
	Scale   T
	Out     *layer[T]
	K       [3]T
	Name    string
	M       map[string]T
	Layers  []layer[T]
	ByName  map[string]*layer[T]
	Rows    map[string][]T
	Empty   []T
	None    []T
	NoOut   *layer[T]
	Mode    tag[T]
	Act     func(float64) float64
	Any     any
	Err     error
	Rng     *rand.Rand
	Steps   int
	private string
	mu      sync.Mutex
	_       int
	Rate    float64 // the same type for all T
	Grid    []float64
}

type layer[T any] struct {
	W    []T
	Temp T
	Next *layer[T]
	Tag  string
}

func newRich() *rich[float64] {
	return &rich[float64]{
		base:  base[float64]{1},
		W:     [][]float64{{2, 3}, nil, {4}},
		B:     []float64{5, 6},
		Scale: 7,
		Out:   &layer[float64]{W: []float64{8}, Temp: 9, Next: &layer[float64]{Temp: 10}, Tag: "out"},
		K:     [3]float64{11, 12, 13},
		Name:  "net",
		M:     map[string]float64{"b": 15, "a": 14},
		Layers: []layer[float64]{
			{W: []float64{16, 17}, Temp: 18},
			{Temp: 19, Tag: "last"},
		},
		ByName:  map[string]*layer[float64]{"x": {Temp: 20}, "z": nil, "y": {W: []float64{21}, Temp: 22}},
		Rows:    map[string][]float64{"": {23}},
		Empty:   []float64{},
		Mode:    "mode",
		Act:     func(x float64) float64 { return x },
		Any:     "any",
		Rng:     rand.New(rand.NewPCG(1, 2)),
		Steps:   3,
		private: "private",
		Rate:    24,
		Grid:    []float64{25, 26},
	}
}

const richLen = 26

func count(from, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(from + i)
	}
	return x
}

func TestFlatten(t *testing.T) {
	p := newRich()
	for range 10 {
		if diff := cmp.Diff(count(1, richLen), reverse.Flatten(nil, p)); diff != "" {
			t.Fatal(diff)
		}
	}
	dst := make([]float64, richLen)
	if got := reverse.Flatten(dst, p); &got[0] != &dst[0] || dst[25] != 26 {
		t.Errorf("Flatten into dst: %v", dst)
	}
	x := count(101, richLen)
	reverse.Unflatten(p, x)
	if diff := cmp.Diff(x, reverse.Flatten(nil, p)); diff != "" {
		t.Error(diff)
	}
	if p.Rows[""][0] != 123 || p.M["a"] != 114 || p.ByName["y"].Temp != 122 || p.ByName["z"] != nil || p.Name != "net" ||
		p.None != nil || p.Out.Next.Temp != 110 {
		t.Errorf("after Unflatten: %+v", p)
	}
}

func TestFlattenKinds(t *testing.T) {
	one := 1.0
	pp := &one
	for _, c := range []struct {
		p    any
		want []float64
	}{
		{nil, []float64{}},
		{(*float64)(nil), []float64{}},
		{[]float64(nil), []float64{}},
		{struct{}{}, []float64{}},
		{"text", []float64{}},
		{1, []float64{}},
		{float32(1), []float64{}},
		{complex(1, 2), []float64{}},
		{1.0, []float64{1}},
		{dual.Float(2), []float64{2}},
		{celsius(3), []float64{3}},
		{&pp, []float64{1}},
		{[]float64{1, 2}, []float64{1, 2}},
		{named{1, 2}, []float64{1, 2}},
		{[]dual.Float{1, 2}, []float64{1, 2}},
		{[]celsius{1, 2}, []float64{1, 2}},
		{[2][1]celsius{{1}, {2}}, []float64{1, 2}},
		{map[string]named{"b": {2}, "a": {1}}, []float64{1, 2}},
		{map[tag[int]]celsius{"b": 2, "a": 1}, []float64{1, 2}},
		{map[string]map[string]float64{"b": {"c": 2}, "a": {"d": 1}}, []float64{1, 2}},
		{[]*float64{&one, nil, &one}, []float64{1, 1}},
		{map[int]string{1: "x"}, []float64{}},
		{map[int]any{1: "x"}, []float64{}},
	} {
		got := reverse.Flatten(nil, c.p)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%T: %s", c.p, diff)
		}
		switch k := reflect.ValueOf(c.p); k.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			reverse.Unflatten(c.p, c.want)
		}
	}
}

// richLoss is Σ k/10·number[k]², where numbers of the settings are constants.
func richLoss[T dual.Real[T]](q *rich[T]) T {
	var s T
	k := 0.0
	add := func(x ...T) {
		for _, x := range x {
			k++
			s = s.Add(x.Sqr().Scale(k / 10))
		}
	}
	var addLayer func(l *layer[T])
	addLayer = func(l *layer[T]) {
		add(l.W...)
		add(l.Temp)
		if l.Next != nil {
			addLayer(l.Next)
		}
	}
	add(q.Bias)
	for _, w := range q.W {
		add(w...)
	}
	add(q.B...)
	add(q.Scale)
	addLayer(q.Out)
	add(q.K[:]...)
	add(q.M["a"], q.M["b"])
	for i := range q.Layers {
		addLayer(&q.Layers[i])
	}
	addLayer(q.ByName["x"])
	addLayer(q.ByName["y"])
	add(q.Rows[""]...)
	for _, c := range append([]float64{q.Rate}, q.Grid...) {
		k++
		s = s.AddConst(c * c * k / 10)
	}
	return s
}

func TestGradientOfRich(t *testing.T) {
	loss := func(q *rich[reverse.Var]) reverse.Var {
		if q.Name != "net" || q.Act(3) != 3 || q.Any != "any" || q.Rng == nil || q.Steps != 3 || q.private != "private" ||
			q.Mode != "mode" || q.Rate != 24 || q.Grid[1] != 26 || q.Out.Tag != "out" || q.Layers[1].Tag != "last" {
			t.Errorf("settings: %+v", q)
		}
		if q.None != nil || q.Empty == nil || q.NoOut != nil || q.W[1] != nil || len(q.W) != 3 || q.Out.Next.Next != nil {
			t.Errorf("shape: %+v", q)
		}
		if z, ok := q.ByName["z"]; !ok || z != nil || len(q.ByName) != 3 || len(q.M) != 2 {
			t.Errorf("maps: %+v", q)
		}
		if !q.mu.TryLock() {
			t.Error("the mutex is locked")
		}
		y := richLoss(q)
		// Nothing of this may show in the next call.
		q.B = q.W[0]
		q.Out = &q.Layers[0]
		q.NoOut = q.Out
		q.M["c"] = y
		q.None = q.Empty
		q.Layers = append(q.Layers, layer[reverse.Var]{})
		q.Name = "changed"
		return y
	}
	p := newRich()
	want := count(1, richLen)
	var value float64
	for i, x := range want {
		value += float64(i+1) * x * x / 10
		want[i] = 2 * float64(i+1) * x / 10
		if i >= 23 {
			want[i] = 0
		}
	}
	var dst *rich[float64]
	for range 3 {
		y, g := reverse.ValueAndGradientOf(dst, loss, p)
		if !near(y, value, 1e-14) {
			t.Errorf("value %v, want %v", y, value)
		}
		x := reverse.Flatten(nil, g)
		if len(x) != richLen {
			t.Fatalf("gradient of %d numbers", len(x))
		}
		for i := range x {
			if !near(x[i], want[i], 1e-15) {
				t.Errorf("derivative %d is %v, want %v", i, x[i], want[i])
			}
		}
		if g.Name != "" || g.ByName["z"] != nil || g.None != nil || g.Empty == nil || g.NoOut != nil {
			t.Errorf("gradient %+v", g)
		}
		reverse.Unflatten(g, count(7, richLen))
		dst = g
	}
	if diff := cmp.Diff(count(1, richLen), reverse.Flatten(nil, p)); diff != "" || p.Name != "net" {
		t.Errorf("p has changed: %s", diff)
	}
	reverse.GradientOf(p, loss, p)
	if got := reverse.Flatten(nil, p); !near(got[22], want[22], 1e-15) || got[24] != 0 {
		t.Errorf("gradient into p: %v", got)
	}
}

// An mlp is a net of two layers.
type mlp[T dual.Real[T]] struct {
	W1 [][]T
	B1 []T
	W2 []T
	B2 T
}

func (m *mlp[T]) loss(x [][]float64, y []float64) T {
	var s T
	for i, x := range x {
		z := m.B2
		for j, w := range m.W1 {
			h := m.B1[j]
			for k, w := range w {
				h = h.Add(w.Scale(x[k]))
			}
			z = z.Add(h.Tanh().Mul(m.W2[j]))
		}
		s = s.Add(z.AddConst(-y[i]).Sqr())
	}
	return s
}

func newMLP(in, hidden int) *mlp[dual.Float] {
	m := &mlp[dual.Float]{B1: make([]dual.Float, hidden), W2: make([]dual.Float, hidden)}
	for range hidden {
		m.W1 = append(m.W1, make([]dual.Float, in))
	}
	reverse.Unflatten(m, point(hidden*(in+2)+1))
	return m
}

func mlpData(in int) (x [][]float64, y []float64) {
	for i := range 5 {
		x = append(x, point(in + i)[i:])
		y = append(y, float64(i)/4)
	}
	return x, y
}

func TestGradientOfMLP(t *testing.T) {
	const in, hidden = 3, 4
	x, y := mlpData(in)
	m := newMLP(in, hidden)
	flat := func(v []reverse.Var) reverse.Var {
		var q mlp[reverse.Var]
		for range hidden {
			q.W1 = append(q.W1, v[:in])
			v = v[in:]
		}
		q.B1, q.W2, q.B2 = v[:hidden], v[hidden:2*hidden], v[2*hidden]
		return q.loss(x, y)
	}
	wantValue, want := reverse.ValueAndGradient(nil, flat, reverse.Flatten(nil, m))
	loss := func(q *mlp[reverse.Var]) reverse.Var { return q.loss(x, y) }
	value, g := reverse.ValueAndGradientOf(nil, loss, m)
	if value != wantValue || !near(value, m.loss(x, y).Value(), 1e-15) {
		t.Errorf("value %v, want %v", value, wantValue)
	}
	if diff := cmp.Diff(want, reverse.Flatten(nil, g)); diff != "" {
		t.Error(diff)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for h := range 20 {
				m := newMLP(in, h)
				g := reverse.GradientOf(nil, loss, m)
				if len(g.W1) != h || len(reverse.Flatten(nil, g)) != h*(in+2)+1 {
					t.Errorf("%d hidden units: %+v", h, g)
				}
			}
		})
	}
	wg.Wait()
}

// TestGradientOfRandom goes through random shapes, some large and some small,
// with the same plan and pool.
func TestGradientOfRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var random func(depth int) *tree[float64]
	random = func(depth int) *tree[float64] {
		if depth == 0 || rng.IntN(4) == 0 {
			return nil
		}
		n := &tree[float64]{V: rng.Float64(), L: random(depth - 1)}
		for range rng.IntN(3) {
			n.S = append(n.S, rng.Float64())
			if c := random(depth - 1); c != nil {
				n.C = append(n.C, *c)
			}
		}
		if rng.IntN(3) == 0 {
			n.M = map[string]*tree[float64]{}
			for i := range rng.IntN(3) {
				n.M[fmt.Sprint(i)] = random(depth - 1)
			}
		}
		return n
	}
	// The gradient of Σ x³/3 is x², whatever the order.
	var sum func(*tree[reverse.Var]) reverse.Var
	sum = func(n *tree[reverse.Var]) reverse.Var {
		if n == nil {
			return reverse.Var{}
		}
		cube := func(x reverse.Var) reverse.Var { return x.Mul(x).Mul(x).Scale(1. / 3) }
		s := cube(n.V).Add(sum(n.L))
		for _, x := range n.S {
			s = s.Add(cube(x))
		}
		for i := range n.C {
			s = s.Add(sum(&n.C[i]))
		}
		for _, c := range n.M {
			s = s.Add(sum(c))
		}
		return s
	}
	var total int
	for range 300 {
		p := random(6)
		g := reverse.GradientOf(nil, func(q **tree[reverse.Var]) reverse.Var { return sum(*q) }, &p)
		x, dx := reverse.Flatten(nil, p), reverse.Flatten(nil, g)
		if len(x) != len(dx) {
			t.Fatalf("%d numbers, %d derivatives", len(x), len(dx))
		}
		for i := range x {
			if !near(dx[i], x[i]*x[i], 1e-14) {
				t.Fatalf("derivative %d of %d: %v, want %v", i, len(x), dx[i], x[i]*x[i])
			}
		}
		total += len(x)
	}
	if total < 1000 {
		t.Errorf("only %d numbers in all", total)
	}
}

type tree[T any] struct {
	V T
	L *tree[T]
	S []T
	C []tree[T]
	M map[string]*tree[T]
}

type hidden[T any] struct {
	A T
	w []T
}

type hiddenAct[T any] struct {
	A   T
	act func(T) T
	any any
}

type holder[T any] struct {
	W   []T
	Any any
	In  []any
}

type other[T any] struct {
	W   []T
	Any any
}

type bad struct {
	W   int
	Any any
	In  []any
}

type vecs[T any] struct {
	A []T
	P *T
	M map[string]T
	K map[int]T
}

type pair[T any] struct {
	A []T
	P *T
	M map[string]T
}

type unit[T any] interface{ apply(T) T }

type relu struct{}

func (relu) apply(x float64) float64 { return max(x, 0) }

type units[T any] struct{ U []unit[T] }

func TestFlattenErrors(t *testing.T) {
	one := 1.0
	var inAny any = one
	loop := &tree[float64]{}
	loop.L = loop
	slice := &tree[float64]{C: make([]tree[float64], 1)}
	slice.C[0] = *slice
	grad := func(p, dst *pair[float64]) func() {
		return func() {
			reverse.GradientOf(dst, func(q *pair[reverse.Var]) reverse.Var { return reverse.Var{} }, p)
		}
	}
	changing := &pair[float64]{A: []float64{1}}
	ofHolder := func(p *holder[float64]) func() {
		return func() {
			reverse.GradientOf(nil, func(q *holder[reverse.Var]) reverse.Var { return q.W[0] }, p)
		}
	}
	ofAct := func(p hiddenAct[float64]) func() {
		return func() {
			reverse.GradientOf(nil, func(q *hiddenAct[reverse.Var]) reverse.Var { return q.A }, &p)
		}
	}
	for _, c := range []struct {
		name string
		f    func()
		want string
	}{
		{"short dst", func() { reverse.Flatten(make([]float64, 2), named{1, 2, 3}) }, "Flatten: len(dst) = 2, but p has 3 numbers"},
		{"nil p", func() { reverse.Flatten(make([]float64, 2), nil) }, "Flatten: len(dst) = 2, but p has 0 numbers"},
		{"long x", func() { reverse.Unflatten(&one, make([]float64, 2)) }, "Unflatten: len(x) = 2, but p has 1 numbers"},
		{"value", func() { reverse.Unflatten(one, make([]float64, 1)) }, "Unflatten: p is a float64, want a pointer, a slice or a map"},
		{"nil", func() { reverse.Unflatten(nil, nil) }, "Unflatten: p is a <nil>, want a pointer, a slice or a map"},
		{"unexported", func() { reverse.Flatten(nil, hidden[float64]{w: []float64{1}}) }, "Flatten: field w of reverse_test.hidden[float64] holds numbers but is not exported"},
		{"deep", func() { reverse.Unflatten(&struct{ A []map[string]hidden[celsius] }{}, nil) }, "field A[][].w of"},
		{"Var", func() { reverse.Flatten(nil, tree[reverse.Var]{}) }, "field V of reverse_test.tree[github.com/dualjet/dualjet/reverse.Var] is a reverse.Var, want float64"},
		{"keys", func() { reverse.Flatten(nil, vecs[float64]{}) }, "field K of reverse_test.vecs[float64] is a map[int]float64, and the keys must be strings"},
		{"circle", func() { reverse.Flatten(nil, loop) }, "Flatten: field L.L.L.L.L.L.L.L.L.L.L.L… of *reverse_test.tree[float64] is 10,000 levels down: pointers lead in a circle"},
		{"circle by a slice", func() { reverse.Unflatten(slice, nil) }, "C[0].C[0].C[0].C[0].C[0].C[0]… of"},
		{"interface", func() { reverse.Flatten(nil, holder[float64]{Any: &one}) }, "field Any of reverse_test.holder[float64] holds numbers in an interface, as a *float64"},
		{"interfaces", func() { reverse.Unflatten(&holder[float64]{In: []any{1, one}}, nil) }, "field In[1] of *reverse_test.holder[float64] holds numbers in an interface, as a float64"},
		{"key", func() { reverse.Flatten(nil, map[string]any{"": 1.}) }, `field [""] of map[string]interface {} holds`},

		{"nil function", func() { reverse.GradientOf[float64, reverse.Var](nil, nil, &one) }, "GradientOf: nil function"},
		{"nil parameters", func() {
			reverse.ValueAndGradientOf(nil, func(q *reverse.Var) reverse.Var { return *q }, (*float64)(nil))
		}, "ValueAndGradientOf: p is nil"},
		{"no Var", func() { reverse.GradientOf(nil, func(q *float64) reverse.Var { return reverse.Var{} }, &one) }, "GradientOf: f is a function of float64, want it to be of reverse.Var"},
		{"root", func() { reverse.GradientOf(nil, func(q *int) reverse.Var { return reverse.Var{} }, &one) }, "GradientOf: p is float64 but f wants int"},
		{"type", func() {
			reverse.GradientOf(nil, func(q *bad) reverse.Var { return reverse.Var{} }, &holder[float64]{})
		}, "GradientOf: field W is []float64 in reverse_test.holder[float64] but int in reverse_test.bad"},
		{"element", func() {
			reverse.GradientOf(nil, func(q *struct{ W [][]int }) reverse.Var { return reverse.Var{} }, &struct{ W [][]float64 }{})
		}, "GradientOf: field W[][] is float64 in struct { W [][]float64 } but int in struct { W [][]int }"},
		{"root interface", func() { reverse.Unflatten(&inAny, nil) }, "Unflatten: *interface {} holds numbers in an interface, as a float64"},
		{"key type", func() {
			reverse.GradientOf(nil, func(q *map[tag[int]]reverse.Var) reverse.Var { return reverse.Var{} }, &map[string]float64{})
		}, "GradientOf: p is map[string]float64 but f wants map[reverse_test.tag[int]]reverse.Var"},
		{"other interface", func() {
			reverse.GradientOf(nil, func(q *units[reverse.Var]) reverse.Var { return reverse.Var{} }, &units[float64]{U: []unit[float64]{nil, relu{}}})
		}, "GradientOf: field U[1] of reverse_test.units[float64] is a reverse_test.relu, which is not a reverse_test.unit["},
		{"array", func() {
			reverse.GradientOf(nil, func(q *[3]reverse.Var) reverse.Var { return reverse.Var{} }, &[2]float64{})
		}, "GradientOf: p is [2]float64 but f wants [3]reverse.Var"},
		{"fields", func() {
			reverse.GradientOf(nil, func(q *other[reverse.Var]) reverse.Var { return reverse.Var{} }, &holder[float64]{})
		}, "GradientOf: p is reverse_test.holder[float64], of 3 fields, but f wants reverse_test.other[github.com/dualjet/dualjet/reverse.Var], of 2,"},
		{"names", func() {
			reverse.GradientOf(nil, func(q *struct{ B reverse.Var }) reverse.Var { return reverse.Var{} }, &struct{ A float64 }{})
		}, "GradientOf: field A is there in struct { A float64 } but called B in"},
		{"unexported in both", func() {
			reverse.GradientOf(nil, func(q *hidden[reverse.Var]) reverse.Var { return q.w[0] }, &hidden[float64]{})
		}, "GradientOf: field w of reverse_test.hidden[float64] holds numbers but is not exported"},
		{"circle in both", func() {
			reverse.GradientOf(nil, func(q *tree[reverse.Var]) reverse.Var { return q.V }, loop)
		}, "pointers lead in a circle"},
		{"interface in both", ofHolder(&holder[float64]{W: []float64{1}, Any: tree[float64]{}}), "field Any of"},
		{"interfaces in both", ofHolder(&holder[float64]{W: []float64{1}, In: []any{nil, 1.}}), "field In[1] of"},
		{"function", ofAct(hiddenAct[float64]{act: func(x float64) float64 { return x }}), "field act of reverse_test.hiddenAct[float64] is a func(float64) float64, which does not convert to func(reverse.Var) reverse.Var"},
		{"unexported interface", ofAct(hiddenAct[float64]{any: 1.}), "field any of"},

		{"length", grad(&pair[float64]{A: []float64{1}}, &pair[float64]{A: []float64{}}), "GradientOf: field A of reverse_test.pair[float64] has length 1 in p but 0 in dst"},
		{"nil slice", grad(&pair[float64]{}, &pair[float64]{A: []float64{1}}), "field A of reverse_test.pair[float64] has length 0 in p but 1 in dst"},
		{"nil pointer", grad(&pair[float64]{}, &pair[float64]{P: &one}), "field P of reverse_test.pair[float64] is nil in p but not in dst"},
		{"other keys", grad(&pair[float64]{M: map[string]float64{"a": 1}}, &pair[float64]{M: map[string]float64{"b": 1}}), `field M["a"] of reverse_test.pair[float64] is not in dst`},
		{"more keys", grad(&pair[float64]{M: map[string]float64{"a": 1}}, &pair[float64]{M: map[string]float64{"b": 1, "a": 1}}), "field M of reverse_test.pair[float64] has length 1 in p but 2 in dst"},
		{"changing", func() {
			reverse.GradientOf(nil, func(q *pair[reverse.Var]) reverse.Var {
				changing.A = make([]float64, 2)
				return q.A[0]
			}, changing)
		}, "field A of reverse_test.pair[float64] has changed while f was running"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				err, ok := recover().(reverse.Error)
				if !ok || !strings.HasPrefix(string(err), "reverse: ") || !strings.Contains(string(err), c.want) {
					t.Errorf("panic %v, want %s", err, c.want)
				}
			}()
			c.f()
		})
	}
	// None of these spoils what follows.
	p := &pair[float64]{A: []float64{1, 2}, P: &one, M: map[string]float64{"a": 3}}
	g := reverse.GradientOf(nil, func(q *pair[reverse.Var]) reverse.Var { return q.A[1].Mul(*q.P).Add(q.M["a"].Sqr()) }, p)
	if diff := cmp.Diff([]float64{0, 1, 2, 6}, reverse.Flatten(nil, g)); diff != "" {
		t.Error(diff)
	}
	// What is nil fits everything.
	a := hiddenAct[float64]{A: 1, any: "x"}
	reverse.GradientOf(nil, func(q *hiddenAct[reverse.Var]) reverse.Var {
		if q.act != nil || q.any != "x" {
			t.Errorf("settings: %+v", q)
		}
		return q.A
	}, &a)
}

func TestGradientOfAllocs(t *testing.T) {
	if raceEnabled || debugEnabled {
		t.Skip("the race detector and the tag tapedebug allocate")
	}
	m := newMLP(10, 20)
	x, y := mlpData(10)
	loss := func(q *mlp[reverse.Var]) reverse.Var { return q.loss(x, y) }
	dst := reverse.GradientOf(nil, loss, m)
	if n := testing.AllocsPerRun(100, func() { reverse.GradientOf(dst, loss, m) }); n != 0 {
		t.Errorf("GradientOf: %v allocations", n)
	}
	r := newRich()
	if n := testing.AllocsPerRun(100, func() { reverse.GradientOf(r, richLoss[reverse.Var], r) }); n > 80 {
		t.Errorf("GradientOf with maps: %v allocations", n)
	}
	v := make([]float64, 241)
	if n := testing.AllocsPerRun(100, func() { reverse.Flatten(v, m) }); n > 4 {
		t.Errorf("Flatten: %v allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { reverse.Unflatten(m, v) }); n > 4 {
		t.Errorf("Unflatten: %v allocations", n)
	}
}

func BenchmarkGradientOf(b *testing.B) {
	for _, h := range []int{20, 1000} {
		m := newMLP(10, h)
		x, y := mlpData(10)
		loss := func(q *mlp[reverse.Var]) reverse.Var { return q.loss(x, y) }
		dst := reverse.GradientOf(nil, loss, m)
		v := reverse.Flatten(nil, m)
		flat := func(v []reverse.Var) reverse.Var {
			q := mlp[reverse.Var]{W1: make([][]reverse.Var, h)}
			for i := range h {
				q.W1[i] = v[:10]
				v = v[10:]
			}
			q.B1, q.W2, q.B2 = v[:h], v[h:2*h], v[2*h]
			return q.loss(x, y)
		}
		g := make([]float64, len(v))
		run := func(name string, f func()) {
			b.Run(fmt.Sprintf("%s/n=%d", name, len(v)), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
		run("struct", func() { reverse.GradientOf(dst, loss, m) })
		run("flat", func() { reverse.Gradient(g, flat, v) })
		run("Flatten", func() { reverse.Flatten(v, m) })
		run("Unflatten", func() { reverse.Unflatten(m, v) })
	}
	r, dst := newRich(), newRich()
	b.Run("maps", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			reverse.GradientOf(dst, richLoss[reverse.Var], r)
		}
	})
}

// A Line is a model whose parameters are numbers of type T.
type Line[T dual.Real[T]] struct {
	Slope  []T
	Offset T
	Name   string
}

// Eval returns the value of the line at x.
func (l *Line[T]) Eval(x ...float64) T {
	y := l.Offset
	for i, s := range l.Slope {
		y = y.Add(s.Scale(x[i]))
	}
	return y
}

func ExampleGradientOf() {
	// type Line[T dual.Real[T]] struct {
	//	Slope  []T
	//	Offset T
	//	Name   string
	// }
	model := &Line[dual.Float]{Slope: []dual.Float{2, -1}, Offset: 0.5, Name: "price"}
	loss := func(l *Line[reverse.Var]) reverse.Var {
		return l.Eval(3, 1).AddConst(-4).Sqr() // of one observation: 4 at (3, 1)
	}
	y, g := reverse.ValueAndGradientOf(nil, loss, model)
	fmt.Println(model.Eval(3, 1), y)
	fmt.Println(g.Slope, g.Offset)

	// A step down the gradient.
	x, dx := reverse.Flatten(nil, model), reverse.Flatten(nil, g)
	for i := range x {
		x[i] -= dx[i] / 64
	}
	reverse.Unflatten(model, x)
	fmt.Println(model.Eval(3, 1))
	// Output:
	// 5.5 2.25
	// [9 3] 3
	// 4.984375
}
