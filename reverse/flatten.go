package reverse

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dualjet/dualjet/dual"
)

// Flatten puts the numbers of p into dst and returns it. A nil dst is
// allocated.
//
// The numbers of a value are those of type float64, or of a type that is a
// float64 such as [dual.Float], in its structs, slices, arrays, maps and
// pointers, in the order of declaration; maps in the order of their keys, which
// must be strings. A nil pointer has none. What is reached by two ways counts
// twice. All other types, float32 among them, are not numbers and are left out.
//
// It panics with an [Error], which tells the field, if there are numbers out
// of reach, in an interface or in an unexported field other than an embedded
// struct; if pointers lead in a circle, or 10,000 levels down; or if dst has another
// length.
func Flatten(dst []float64, p any) []float64 {
	if p == nil {
		p = (*float64)(nil)
	}
	v := reflect.ValueOf(p)
	a := reflect.New(v.Type()).Elem() // addressable
	a.Set(v)
	w := walker{name: "Flatten", p: v.Type()}
	s := shapeOf(w.name, v.Type())
	w.walk(s, a, a)
	if dst == nil {
		dst = make([]float64, w.n)
	}
	checkNumbers(w.name, "dst", len(dst), w.n)
	w.mode, w.x, w.n = reading, dst, 0
	w.walk(s, a, a)
	return dst
}

// Unflatten sets the numbers of p, which is a pointer, a slice or a map, to x,
// in the order of [Flatten]. Lengths, keys and pointers stay as they are. It
// panics as Flatten does, before it sets anything, also if the length of x is
// not the number of numbers.
func Unflatten(p any, x []float64) {
	v := reflect.ValueOf(p)
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
	default:
		fail("Unflatten: p is a %T, want a pointer, a slice or a map", p)
	}
	a := reflect.New(v.Type()).Elem()
	a.Set(v)
	w := walker{name: "Unflatten", p: v.Type()}
	s := shapeOf(w.name, v.Type())
	w.walk(s, a, a)
	checkNumbers(w.name, "x", len(x), w.n)
	w.mode, w.x, w.n = writing, x, 0
	w.walk(s, a, a)
}

func checkNumbers(name, arg string, got, want int) {
	if got != want {
		fail("%s: len(%s) = %d, but p has %d numbers", name, arg, got, want)
	}
}

// GradientOf puts the gradient of f at p into dst and returns it, where the
// parameters are the numbers of p, as [Flatten] has them. It is made for a
// generic type M: P is M[float64] or M[dual.Float], and Q is M[Var].
//
// f is called once, with a Q that has the lengths, keys and pointers of p, and
// a variable for each number. Fields whose type is the same in P and Q are
// settings: f gets them as an assignment would copy them, unexported ones too,
// and numbers in them are constants, of derivative 0. f may set fields and
// elements of its argument, but must not keep it or use it in other goroutines.
//
// A nil dst is allocated, and so is what in dst is nil but not in p; what is
// not a number stays as it is in dst. dst may be p. Without maps and
// interfaces nothing else is allocated in steady state.
//
// It panics with an [Error], which tells the field, if P and Q do not match,
// if p and dst have different lengths, keys or nil pointers, for functions and
// interfaces in p whose type is another in Q, unless they are nil, and where
// Flatten panics.
func GradientOf[P, Q any](dst *P, f func(*Q) Var, p *P) *P {
	_, dst = valueAndGradientOf("GradientOf", dst, f, p)
	return dst
}

// ValueAndGradientOf is [GradientOf] that returns the value of f too.
func ValueAndGradientOf[P, Q any](dst *P, f func(*Q) Var, p *P) (y float64, grad *P) {
	return valueAndGradientOf("ValueAndGradientOf", dst, f, p)
}

func valueAndGradientOf[P, Q any](name string, dst *P, f func(*Q) Var, p *P) (float64, *P) {
	checkFunc(name, f == nil)
	if p == nil {
		fail("%s: p is nil", name)
	}
	if dst == nil {
		dst = new(P)
	}
	pl := planOf[P, Q](name)
	w, ok := pl.walkers.Get().(*walker)
	if !ok {
		w = new(walker)
	}
	defer pl.walkers.Put(w)
	ws := getWorkspace()
	defer workspaces.Put(ws)

	from := reflect.ValueOf(p).Elem()
	w.reset(name, counting, from.Type())
	w.walk(pl.shape, from, from) // panics of p come before anything is made for it
	ws.tape.Reset()
	w.reset(name, recording, from.Type())
	w.tape = &ws.tape
	q := w.keep(reflect.TypeFor[*Q](), 0)
	w.walk(pl.shape, q.Elem(), from)
	n := w.n
	y := f(q.Interface().(*Q))
	ws.tape.Backward(y)

	w.reset(name, writing, from.Type())
	w.x = ws.tape.bar[1 : 1+n]
	w.walk(pl.shape, reflect.ValueOf(dst).Elem(), from)
	w.x, w.tape = nil, nil
	return y.v, dst
}

// A plan is what is known of a pair of types, with the walkers for it that are
// not in use.
type plan struct {
	shape   *shape
	walkers sync.Pool
}

type planKey[P, Q any] struct{}

// plans has a *plan for each planKey and a *shape for each reflect.Type.
var plans sync.Map

func planOf[P, Q any](name string) *plan {
	if pl, ok := plans.Load(planKey[P, Q]{}); ok {
		return pl.(*plan)
	}
	p, q := reflect.TypeFor[P](), reflect.TypeFor[Q]()
	if holds, _ := reach(p, nil); holds && p == q {
		fail("%s: f is a function of %v, want it to be of reverse.Var", name, q)
	}
	b := builder{name: name, p: p, q: q, seen: map[[2]reflect.Type]*shape{}}
	pl, _ := plans.LoadOrStore(planKey[P, Q]{}, &plan{shape: b.shape(p, q)})
	return pl.(*plan)
}

func shapeOf(name string, p reflect.Type) *shape {
	if s, ok := plans.Load(p); ok {
		return s.(*shape)
	}
	b := builder{name: name, p: p, seen: map[[2]reflect.Type]*shape{}}
	s, _ := plans.LoadOrStore(p, b.shape(p, nil))
	return s.(*shape)
}

// A shape is what a walker has to know of a pair of types, or of one type.
type shape struct {
	kind    shapeKind
	numbers bool // whether the first type holds any
	elem    *shape
	fields  []shapeField
}

type shapeKind uint8

const (
	kindPlain      shapeKind = iota // the same type, nothing to look at
	kindSetting                     // the same type, elem is the shape of it alone
	kindConvert                     // different types of one basic kind
	kindForeign                     // different types without a conversion
	kindNumber                      // float64 and Var
	kindPointer                     // these have elem
	kindSlice                       //
	kindSlice64                     // slice of float64
	kindSliceFloat                  // slice of dual.Float
	kindArray                       //
	kindMapping                     //
	kindStructure                   // has fields
	kindIface                       //
)

type shapeField struct {
	name     string
	exported bool
	shape    *shape
}

var (
	typeVar   = reflect.TypeFor[Var]()
	type64    = reflect.TypeFor[float64]()
	typeFloat = reflect.TypeFor[dual.Float]()
)

// A builder finds the shapes for the types p and q, or p alone if q is nil.
type builder struct {
	name string
	p, q reflect.Type
	path []string
	seen map[[2]reflect.Type]*shape
}

// fail panics; text is about the present field.
func (b *builder) fail(text string) {
	path := strings.TrimPrefix(strings.Join(b.path, ""), ".")
	if path == "" {
		path = b.p.String()
	} else {
		path = "field " + path + " of " + b.p.String()
	}
	fail("%s: %s %s", b.name, path, text)
}

// differ panics for types that do not match.
func (b *builder) differ(p, q string) {
	path := strings.TrimPrefix(strings.Join(b.path, ""), ".")
	if path == "" {
		fail("%s: p is %s but f wants %s", b.name, p, q)
	}
	fail("%s: field %s is %s in %v but %s in %v", b.name, path, p, b.p, q, b.q)
}

func (b *builder) shape(p, q reflect.Type) *shape {
	key := [2]reflect.Type{p, q}
	if s := b.seen[key]; s != nil {
		return s
	}
	s := new(shape)
	b.seen[key] = s
	holds, ifaces := reach(p, nil)
	s.numbers = holds
	switch {
	case p.Kind() == reflect.Interface && (q == nil || q.Kind() == reflect.Interface):
		s.kind = kindIface
	case (q == nil || p == q) && p != typeVar && !holds && !ifaces:
		s.kind = kindPlain
	case p == typeVar && q == nil:
		b.fail("is a reverse.Var, want float64")
	case p == q:
		s.kind = kindSetting
		s.elem = b.shape(p, nil)
	case p.Kind() == reflect.Float64 && (q == nil || q == typeVar):
		s.kind = kindNumber
	case q != nil && (p.Kind() != q.Kind() || p.Kind() == reflect.Float64 || q == typeVar):
		b.differ(p.String(), q.String())
	default:
		b.composite(s, p, q)
	}
	return s
}

func (b *builder) composite(s *shape, p, q reflect.Type) {
	switch p.Kind() {
	case reflect.Pointer:
		s.kind = kindPointer
		s.elem = b.below("", p, q)
	case reflect.Slice:
		s.kind = kindSlice
		s.elem = b.below("[]", p, q)
		if s.elem.kind == kindNumber {
			switch p.Elem() {
			case type64:
				s.kind = kindSlice64
			case typeFloat:
				s.kind = kindSliceFloat
			}
		}
	case reflect.Array:
		if q != nil && p.Len() != q.Len() {
			b.differ(p.String(), q.String())
		}
		s.kind = kindArray
		s.elem = b.below("[]", p, q)
	case reflect.Map:
		if q != nil && p.Key() != q.Key() {
			b.differ(p.String(), q.String())
		}
		if s.numbers && p.Key().Kind() != reflect.String {
			b.fail("is a " + p.String() + ", and the keys must be strings")
		}
		s.kind = kindMapping
		s.elem = b.below("[]", p, q)
	case reflect.Struct:
		s.kind = kindStructure
		if q != nil && p.NumField() != q.NumField() {
			b.differ(fmt.Sprintf("%v, of %d fields,", p, p.NumField()), fmt.Sprintf("%v, of %d,", q, q.NumField()))
		}
		for i := range p.NumField() {
			b.field(s, p.Field(i), q, i)
		}
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		s.kind = kindForeign
	default:
		s.kind = kindConvert
	}
}

// below returns the shape for the elements of p and q.
func (b *builder) below(step string, p, q reflect.Type) *shape {
	b.path = append(b.path, step)
	p = p.Elem()
	if q != nil {
		q = q.Elem()
	}
	s := b.shape(p, q)
	b.path = b.path[:len(b.path)-1]
	return s
}

// field appends the field f of p, which is the i-th, to s.
func (b *builder) field(s *shape, f reflect.StructField, q reflect.Type, i int) {
	b.path = append(b.path, "."+f.Name)
	var qt reflect.Type
	if q != nil {
		g := q.Field(i)
		if g.Name != f.Name {
			b.differ("there", "called "+g.Name)
		}
		qt = g.Type
	}
	sh := &shape{kind: kindPlain}
	switch holds, _ := reach(f.Type, nil); {
	case f.IsExported() || f.Anonymous && f.Type.Kind() == reflect.Struct:
		sh = b.shape(f.Type, qt)
	case holds:
		b.fail("holds numbers but is not exported")
	case f.Type.Kind() == reflect.Interface || qt != nil && f.Type != qt:
		sh = b.shape(f.Type, qt)
	}
	b.path = b.path[:len(b.path)-1]
	if f.Name != "_" && (sh.kind != kindPlain || q != nil) {
		s.fields = append(s.fields, shapeField{f.Name, f.IsExported(), sh})
	} else {
		s.fields = append(s.fields, shapeField{shape: nil})
	}
}

// reach tells whether values of type t can hold numbers, and whether there can
// be interfaces in them, not counting those in unexported fields. seen is nil
// for the first call.
func reach(t reflect.Type, seen map[reflect.Type]bool) (numbers, ifaces bool) {
	switch t.Kind() {
	case reflect.Float64:
		return true, false
	case reflect.Interface:
		return false, true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map, reflect.Struct:
	default:
		return false, false
	}
	if seen[t] {
		return false, false
	}
	if seen == nil {
		seen = map[reflect.Type]bool{}
	}
	seen[t] = true
	if t.Kind() != reflect.Struct {
		return reach(t.Elem(), seen)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		a, b := reach(f.Type, seen)
		numbers = numbers || a
		ifaces = ifaces || b && f.IsExported()
	}
	return numbers, ifaces
}

// A walker goes through two values, or twice through one, along a shape.
type walker struct {
	name string
	mode walkMode
	zero bool // in a setting: what is written is 0
	p    reflect.Type
	n    int       // numbers so far
	x    []float64 // that are read or written
	path []walkStep

	tape *Tape
	kept []reflect.Value // storage that recording has allocated, in its order
	next int             // in kept
}

type walkMode uint8

const (
	counting  walkMode = iota // the numbers of from
	reading                   // the numbers of from into x
	writing                   // x into the numbers of to, which gets the shape of from
	recording                 // the numbers of from on the tape, its variables in to
)

// A walkStep is a field, a key if index is negative, or without a name an
// index.
type walkStep struct {
	name  string
	index int
}

// maxPath is the length of a path that must be in a circle.
const maxPath = 10_000

func (w *walker) reset(name string, mode walkMode, p reflect.Type) {
	w.name, w.mode, w.p = name, mode, p
	w.zero, w.n, w.next = false, 0, 0
	w.path = w.path[:0]
}

// fail panics; text is about the present field.
func (w *walker) fail(text string) {
	var s strings.Builder
	for i, p := range w.path {
		switch {
		case i == 12:
			s.WriteString("…")
		case i > 12:
		case p.index < 0:
			s.WriteString("[" + strconv.Quote(p.name) + "]")
		case p.name == "":
			s.WriteString("[" + strconv.Itoa(p.index) + "]")
		default:
			s.WriteString("." + p.name)
		}
	}
	path := strings.TrimPrefix(s.String(), ".")
	if path == "" {
		fail("%s: %v %s", w.name, w.p, text)
	}
	fail("%s: field %s of %v %s", w.name, path, w.p, text)
}

func (w *walker) push(name string, index int) {
	if len(w.path) == maxPath {
		w.fail("is 10,000 levels down: pointers lead in a circle")
	}
	w.path = append(w.path, walkStep{name, index})
}

func (w *walker) pop() { w.path = w.path[:len(w.path)-1] }

// keep returns a pointer, a slice with room for n elements or a map, of type
// t. It is the one that was made at this point of an earlier walk if that fits.
// So nothing f does to its argument can make two parts of it share memory.
func (w *walker) keep(t reflect.Type, n int) reflect.Value {
	k := w.next
	w.next++
	if k < len(w.kept) && w.kept[k].Type() == t && (t.Kind() != reflect.Slice || w.kept[k].Cap() >= n) {
		return w.kept[k]
	}
	v := create(t, n)
	if k == len(w.kept) {
		w.kept = append(w.kept, v)
	} else {
		w.kept[k] = v
	}
	return v
}

func create(t reflect.Type, n int) reflect.Value {
	switch t.Kind() {
	case reflect.Slice:
		return reflect.MakeSlice(t, n, n)
	case reflect.Map:
		return reflect.MakeMap(t)
	}
	return reflect.New(t.Elem())
}

// fit gives to, a pointer, slice or map, what it needs to take from, of n
// elements, and tells whether there is anything below.
func (w *walker) fit(to, from reflect.Value, n int) bool {
	isNil := from.IsNil()
	switch w.mode {
	case recording:
		if isNil {
			to.SetZero()
			break
		}
		to.Set(w.keep(to.Type(), n))
		switch to.Kind() {
		case reflect.Slice:
			to.SetLen(n)
		case reflect.Map:
			to.Clear()
		}
	case writing:
		switch {
		case to.Kind() == reflect.Pointer:
			if isNil && !to.IsNil() {
				w.fail("is nil in p but not in dst")
			}
		case !to.IsNil() && to.Len() != n:
			w.fail("has length " + strconv.Itoa(n) + " in p but " + strconv.Itoa(to.Len()) + " in dst")
		}
		if !isNil && to.IsNil() {
			to.Set(create(to.Type(), n))
		}
	}
	return !isNil
}

func (w *walker) walk(s *shape, to, from reflect.Value) {
	if !s.numbers && w.mode == writing {
		to = from // nothing to write, interfaces to look at
	}
	switch s.kind {
	case kindPlain:
		if w.mode == recording {
			to.Set(from)
		}
	case kindSetting:
		w.setting(s, to, from)
	case kindConvert:
		if w.mode == recording {
			to.Set(from.Convert(to.Type()))
		}
	case kindForeign:
		if w.mode == recording {
			if !from.IsZero() {
				w.fail("is a " + from.Type().String() + ", which does not convert to " + to.Type().String())
			}
			to.SetZero()
		}
	case kindNumber:
		w.number(to, from)
	case kindPointer:
		if w.fit(to, from, 0) {
			w.walk(s.elem, to.Elem(), from.Elem())
		}
	case kindSlice64:
		if w.fit(to, from, from.Len()) {
			bulk[float64](w, to, from)
		}
	case kindSliceFloat:
		if w.fit(to, from, from.Len()) {
			bulk[dual.Float](w, to, from)
		}
	case kindSlice:
		if w.fit(to, from, from.Len()) {
			w.elems(s.elem, to, from)
		}
	case kindArray:
		w.elems(s.elem, to, from)
	case kindMapping:
		if w.fit(to, from, from.Len()) {
			w.mapping(s, to, from)
		}
	case kindStructure:
		for i, f := range s.fields {
			if f.shape == nil {
				continue
			}
			w.push(f.name, 0)
			a, b := to.Field(i), from.Field(i)
			if !f.exported {
				a, b = expose(a), expose(b)
			}
			w.walk(f.shape, a, b)
			w.pop()
		}
	case kindIface:
		w.iface(to, from)
	}
}

// expose returns the unexported field v as one that can be copied, as an
// assignment of the struct would.
func expose(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

func (w *walker) elems(s *shape, to, from reflect.Value) {
	w.push("", 0)
	top := len(w.path) - 1
	for i := range from.Len() {
		w.path[top].index = i
		w.walk(s, to.Index(i), from.Index(i))
	}
	w.pop()
}

func (w *walker) setting(s *shape, to, from reflect.Value) {
	mode, zero, n := w.mode, w.zero, w.n
	if mode == recording {
		to.Set(from)
		w.mode = counting // for the panics
		to = from
	}
	w.zero = true
	w.walk(s.elem, to, from)
	w.mode, w.zero = mode, zero
	w.n = n
}

func (w *walker) iface(to, from reflect.Value) {
	if from.IsNil() {
		if w.mode == recording {
			to.SetZero()
		}
		return
	}
	t := from.Elem().Type()
	if holdsNumbers(t) {
		w.fail("holds numbers in an interface, as a " + t.String())
	}
	if w.mode == recording {
		if !t.AssignableTo(to.Type()) {
			w.fail("is a " + t.String() + ", which is not a " + to.Type().String())
		}
		to.Set(from.Elem())
	}
}

var holders sync.Map // from reflect.Type to bool

func holdsNumbers(t reflect.Type) bool {
	if h, ok := holders.Load(t); ok {
		return h.(bool)
	}
	h, _ := reach(t, nil)
	holders.Store(t, h)
	return h
}

// mapping walks copies of the elements, since those are not addressable.
func (w *walker) mapping(s *shape, to, from reflect.Value) {
	keys := from.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	src := reflect.New(from.Type().Elem()).Elem()
	dst := src
	if w.mode >= writing {
		dst = reflect.New(to.Type().Elem()).Elem()
	}
	fresh := to.Len() == 0
	w.push("", -1)
	top := len(w.path) - 1
	for _, k := range keys {
		w.path[top].name = k.String()
		src.Set(from.MapIndex(k))
		if w.mode == writing {
			if e := to.MapIndex(k); e.IsValid() {
				dst.Set(e)
			} else if dst.SetZero(); !fresh {
				w.fail("is not in dst")
			}
		}
		w.walk(s.elem, dst, src)
		if w.mode == recording || w.mode == writing && s.numbers {
			to.SetMapIndex(k, dst)
		}
	}
	w.pop()
}

// take returns the next n numbers to write.
func (w *walker) take(n int) []float64 {
	if n > len(w.x)-w.n {
		w.fail("has changed while f was running")
	}
	w.n += n
	return w.x[w.n-n : w.n]
}

func (w *walker) number(to, from reflect.Value) {
	switch w.mode {
	case counting:
		w.n++
	case reading:
		w.x[w.n] = from.Float()
		w.n++
	case writing:
		if w.zero {
			to.SetFloat(0)
		} else {
			to.SetFloat(w.take(1)[0])
		}
	case recording:
		*to.Addr().Interface().(*Var) = w.tape.Var(from.Float())
		w.n++
	}
}

// bulk is number for a slice of F.
func bulk[F ~float64](w *walker, to, from reflect.Value) {
	x := elements[F](from)
	switch w.mode {
	case counting:
		w.n += len(x)
	case reading:
		for i, v := range x {
			w.x[w.n+i] = float64(v)
		}
		w.n += len(x)
	case writing:
		y := elements[F](to)
		if w.zero {
			clear(y)
			break
		}
		for i, v := range w.take(len(y)) {
			y[i] = F(v)
		}
	case recording:
		q := elements[Var](to)
		for i, v := range x {
			q[i] = w.tape.Var(float64(v))
		}
		w.n += len(x)
	}
}

// elements returns the slice v, whose type may have a name. It goes by its
// address since that does not allocate.
func elements[E any](v reflect.Value) []E {
	a, t := v.Addr(), reflect.TypeFor[*[]E]()
	if a.Type() != t {
		a = a.Convert(t)
	}
	return *a.Interface().(*[]E)
}
