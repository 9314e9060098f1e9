package numpy

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// Trees: values of any type that hold arrays, the leaves. Parts are visited in
// one order: fields of structs as declared, elements by index, those of maps by
// sorted keys. What a pointer that occurs twice points to is visited once.

// tag is the key of the tag of struct fields that are not to be visited, with
// the value "-".
const tag = "np"

// leaves returns the arrays in a tree. With strict it panics for what looks as
// if it should vary but cannot.
func leaves(name string, tree any, strict bool) []Array {
	var xs []Array
	walkTree(name, tree, strict, func(_ string, x Array) Array {
		xs = append(xs, x)
		return x
	})
	return xs
}

// withLeaves returns the tree with other arrays in place of its own.
func withLeaves[P any](name string, tree P, xs []Array, strict bool) P {
	k := 0
	return mapTree(name, tree, strict, func(string, Array) Array {
		k++
		return xs[k-1]
	})
}

// mapTree returns the tree with leaf(path, x) in place of each array x.
func mapTree[P any](name string, tree P, strict bool, leaf func(path string, x Array) Array) P {
	out, _ := walkTree(name, &tree, strict, leaf).(*P)
	return *out
}

// walkTree returns a copy of the tree in which each array has been replaced.
func walkTree(name string, tree any, strict bool, leaf func(path string, x Array) Array) any {
	w := &walk{name: name, strict: strict, leaf: leaf, seen: map[pointer]reflect.Value{}, plain: map[reflect.Type]bool{}}
	v := reflect.ValueOf(tree)
	if !v.IsValid() {
		return tree
	}
	return w.value("", v).Interface()
}

// A walk is one visit of a tree.
type walk struct {
	name   string
	strict bool
	leaf   func(path string, x Array) Array
	seen   map[pointer]reflect.Value
	plain  map[reflect.Type]bool
}

type pointer struct {
	p uintptr
	t reflect.Type
}

var arrayType = reflect.TypeFor[Array]()

// value returns the copy of the part of the tree at the path.
func (w *walk) value(path string, v reflect.Value) reflect.Value {
	t := v.Type()
	if t == arrayType {
		return reflect.ValueOf(w.leaf(path, v.Interface().(Array)))
	}
	if w.constant(t) {
		return v
	}
	switch t.Kind() {
	case reflect.Struct:
		z := reflect.New(t).Elem()
		z.Set(v)
		w.fields(path, z)
		return z
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		w.numbers(path, t)
		z := reflect.MakeSlice(t, v.Len(), v.Len())
		w.elements(path, v, z)
		return z
	case reflect.Array:
		w.numbers(path, t)
		z := reflect.New(t).Elem()
		w.elements(path, v, z)
		return z
	case reflect.Map:
		return w.entries(path, v)
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		key := pointer{v.Pointer(), t}
		if z, ok := w.seen[key]; ok {
			return z
		}
		z := reflect.New(t.Elem())
		w.seen[key] = z
		z.Elem().Set(w.value(path, v.Elem()))
		return z
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		z := reflect.New(t).Elem()
		z.Set(w.value(path, v.Elem()))
		return z
	}
	w.fail(path, t)
	return v
}

// fields replaces the arrays in the fields of a struct that can be set.
func (w *walk) fields(path string, z reflect.Value) {
	t := z.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		at := path + "." + f.Name
		switch {
		case f.Tag.Get(tag) == "-" || w.constant(f.Type):
		case f.IsExported():
			z.Field(i).Set(w.value(at, z.Field(i)))
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			w.fields(at, z.Field(i))
		case isNil(z.Field(i)):
		case f.Type.Kind() == reflect.Interface && w.constant(z.Field(i).Elem().Type()):
		default:
			fail("%s: unexported field %s: export it, or tag it `%s:\"-\"` to keep it constant", w.name, at, tag)
		}
	}
}

func isNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		return v.IsNil()
	}
	return false
}

func (w *walk) elements(path string, v, z reflect.Value) {
	for i := range v.Len() {
		z.Index(i).Set(w.value(path+"["+strconv.Itoa(i)+"]", v.Index(i)))
	}
}

// entries returns the copy of a map.
func (w *walk) entries(path string, v reflect.Value) reflect.Value {
	if v.IsNil() {
		return v
	}
	w.numbers(path, v.Type())
	z := reflect.MakeMapWithSize(v.Type(), v.Len())
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.Kind() == reflect.String:
			return cmp.Compare(a.String(), b.String())
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.CanFloat():
			return cmp.Compare(a.Float(), b.Float())
		}
		fail("%s: keys of type %s of the map at %s have no order", w.name, a.Type(), where(path))
		return 0
	})
	for _, k := range keys {
		at := fmt.Sprintf("%s[%v]", path, k)
		if k.Kind() == reflect.String {
			at = fmt.Sprintf("%s[%q]", path, k)
		}
		z.SetMapIndex(k, w.value(at, v.MapIndex(k)))
	}
	return z
}

// numbers panics where the elements are numbers that should vary, so that the
// message names the whole.
func (w *walk) numbers(path string, t reflect.Type) {
	if isNumber(t.Elem()) {
		w.fail(path, t)
	}
}

func (w *walk) fail(path string, t reflect.Type) {
	fail("%s: %s at %s has no derivative: make it an Array, or tag its field `%s:\"-\"` to keep it constant", w.name, t, where(path), tag)
}

// where is the path in messages.
func where(path string) string {
	if path == "" {
		return "the top"
	}
	return path
}

func isNumber(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return true
	}
	return false
}

// constant reports whether values of the type hold no array, and with strict no
// number that should vary either.
func (w *walk) constant(t reflect.Type) bool {
	c, ok := w.plain[t]
	if !ok {
		c = !w.varies(t, map[reflect.Type]bool{})
		w.plain[t] = c
	}
	return c
}

func (w *walk) varies(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == arrayType {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return w.varies(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get(tag) != "-" && w.varies(f.Type, seen) {
				return true
			}
		}
		return false
	}
	return w.strict && isNumber(t)
}

// Leaves returns the arrays in a tree; see [GradTree].
func Leaves[P any](tree P) []Array { return leaves("Leaves", tree, true) }

// Paths returns where the [Leaves] of a tree are, as Go would write it after
// the name of the tree: .Layers[0].W or ["bias"].
func Paths[P any](tree P) []string {
	var paths []string
	walkTree("Paths", tree, true, func(path string, x Array) Array {
		paths = append(paths, path)
		return x
	})
	return paths
}

// MapTree returns the tree with f(x) in place of each array x. It shares no
// memory that holds arrays with the tree.
func MapTree[P any](f func(x Array) Array, tree P) P {
	return mapTree("MapTree", tree, true, func(_ string, x Array) Array { return f(x) })
}

// WithLeaves returns the tree with other arrays in place of its own, in the
// order of [Leaves]. It panics with an [Error] if there are not as many.
func WithLeaves[P any](tree P, xs []Array) P {
	if n := len(Leaves(tree)); n != len(xs) {
		fail("WithLeaves: %d arrays for a tree with %d", len(xs), n)
	}
	return withLeaves("WithLeaves", tree, xs, true)
}

// Flatten returns all elements of the arrays in a tree, in the order of
// [Leaves], as one vector, and the function that makes a tree of such a vector.
// Both can be differentiated. The vector is complex if one of the arrays is; of
// elements that stem from real ones the function takes the real part.
func Flatten[P any](tree P) (vec Array, unflatten func(vec Array) P) {
	xs := leaves("Flatten", tree, true)
	size := 0
	for _, x := range xs {
		size += x.Size()
	}
	where := make([]scatter, len(xs))
	parts := make([]sub, len(xs))
	off := 0
	for i, x := range xs {
		parts[i] = sub{off: off, shape: x.Shape(), whole: []int{size}}
		where[i] = parts[i]
		off += x.Size()
	}
	vec = Wrap(make([]float64, size))
	if len(xs) > 0 {
		vec = scatterSumOp.Apply(scatterParam{[]int{size}, where}, xs...)
	}
	return vec, func(vec Array) P {
		if !sameShape(vec.Shape(), []int{size}) {
			fail("Flatten: a vector of shape %s for a tree of %d elements", shapeString(vec.Shape()), size)
		}
		ys := make([]Array, len(xs))
		for i, x := range xs {
			ys[i] = atOp.Apply(parts[i], vec)
			if !x.IsComplex() {
				ys[i] = Real(ys[i])
			}
		}
		return withLeaves("Flatten", tree, ys, true)
	}
}

// FlattenFunc returns f as a function of a vector, the vector of the tree, and
// the function that makes a tree of such a vector; see [Flatten].
func FlattenFunc[P any](f func(P) Array, tree P) (flat func(vec Array) Array, vec Array, unflatten func(vec Array) P) {
	vec, unflatten = Flatten(tree)
	return func(vec Array) Array { return f(unflatten(vec)) }, vec, unflatten
}
