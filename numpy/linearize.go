package numpy

// jvp runs f on arrays with the values xs and the tangents vs, zero values for
// those that do not vary, and returns its results and their tangents.
func jvp(f func([]Array) []Array, xs, vs []Array) (ys, dots []Array) {
	tr := newTrace(forward{})
	defer tr.close()
	w := works.Get().(*work)
	in := make([]Array, len(xs))
	for i, x := range xs {
		in[i] = withTangent(tr, w.arena.variable(x), vs[i])
	}
	ys = f(in)
	ys, dots = append([]Array(nil), ys...), make([]Array, len(ys))
	for j, y := range ys {
		ys[j], dots[j] = y.lower(tr).own(), tangent(tr, y).own()
	}
	w.release()
	return ys, dots
}

// linearize runs f at xs and returns its results and the program that maps
// tangents of xs to theirs. What does not depend on the tangents is computed
// once, here.
func linearize(f func([]Array) []Array, xs []Array) (ys []Array, push *program) {
	push, _ = newProgram(func(vs []Array) (dots []Array) {
		ys, dots = jvp(f, xs, vs)
		return dots
	}, zerosAll(xs), false)
	return ys, push
}

// A linear is a function at a point, recorded to go through it both ways.
type linear struct {
	s      sweep
	xs, ys []Array
}

func newLinear(f func([]Array) []Array, xs []Array) *linear {
	tr := newTrace(backward{})
	defer tr.close()
	vars := make([]Array, len(xs))
	for i, x := range xs {
		vars[i] = variable(tr, x, i)
	}
	outs := f(vars)
	l := &linear{xs: xs, ys: make([]Array, len(outs))}
	ends := make([]*node, len(outs))
	for j, y := range outs {
		l.ys[j], ends[j] = y.lower(tr), y.in(tr)
	}
	l.s.sort(ends)
	return l
}

// pull maps cotangents of the results to those of the arguments.
func (l *linear) pull(ws []Array) []Array { return l.s.run(ws, l.xs) }

// push maps tangents of the arguments to those of the results.
func (l *linear) push(vs []Array) []Array {
	n := len(l.xs)
	dots := make([]Array, n+l.s.size)
	copy(dots, vs)
	at := func(x *node) Array {
		if x.rec == nil {
			return dots[x.idx]
		}
		return dots[n+int(x.rec.pos)-1+x.idx]
	}
	for _, r := range l.s.order {
		v := make([]Array, r.count)
		some := false
		for i := range v {
			if x := r.parent(i); x != nil {
				v[i] = at(x)
				some = some || !v[i].isZero()
			}
		}
		if some {
			copy(dots[n+int(r.pos)-1:], r.op.jvp(r.rules(), v))
		}
	}
	out := make([]Array, len(l.ys))
	for j, end := range l.s.ends {
		if end != nil {
			out[j] = at(end)
		}
	}
	return out
}

// pullProgram returns pull as a program, for many cotangents.
func (l *linear) pullProgram() *program {
	p, _ := newProgram(l.pull, zerosAll(l.ys), false)
	return p
}

// pushProgram returns push as a program, for many tangents.
func (l *linear) pushProgram() *program {
	p, _ := newProgram(l.push, zerosAll(l.xs), false)
	return p
}

func zerosAll(xs []Array) []Array {
	z := make([]Array, len(xs))
	for i, x := range xs {
		z[i] = zerosLike(x)
	}
	return z
}

// orZerosAll returns the vs with zeros like xs in place of zero values.
func orZerosAll(vs, xs []Array) []Array {
	out := make([]Array, len(vs))
	for i, v := range vs {
		out[i] = v.orZeros(xs[i])
	}
	return out
}

// one lifts a function of one argument to lists.
func one(f func(Array) Array) func([]Array) []Array {
	return func(xs []Array) []Array { return []Array{f(xs[0])} }
}

// list lifts a function of several arguments to lists.
func list(f func(...Array) Array) func([]Array) []Array {
	return func(xs []Array) []Array { return []Array{f(xs...)} }
}

// like returns a derivative with the shape and the type of x.
func like(d, x Array) Array {
	switch {
	case d.isZero():
		return zerosLike(x)
	case x.IsComplex() && !d.IsComplex():
		return Add(d, ComplexScalar(0))
	}
	return d
}

// likeAll does so for many.
func likeAll(ds, xs []Array) []Array {
	out := make([]Array, len(ds))
	for i, d := range ds {
		out[i] = like(d, xs[i])
	}
	return out
}

// checkLike checks that a tangent or cotangent fits the array it belongs to.
// The zero value fits every array.
func checkLike(name, what string, v, x Array) {
	if v.isZero() {
		return
	}
	if !sameShape(v.Shape(), x.Shape()) {
		fail("%s: the %s has shape %s, want %s", name, what, shapeString(v.Shape()), shapeString(x.Shape()))
	}
	if v.IsComplex() && !x.IsComplex() {
		fail("%s: the %s is complex, what it belongs to is real", name, what)
	}
}

func checkLikeAll(name, what string, vs, xs []Array) {
	if len(vs) != len(xs) {
		fail("%s: %d %ss, want %d", name, len(vs), what, len(xs))
	}
	for i, v := range vs {
		checkLike(name, what, v, xs[i])
	}
}

// Linearize returns f(x) and the function that maps a tangent v, an array of
// the shape of x, to the derivative of f in its direction. It does not run f
// again: what the derivative needs of f(x) is computed once. It may be called
// many times and by several goroutines.
func Linearize(f func(Array) Array, x Array) (y Array, push func(v Array) Array) {
	ys, p := linearize(one(f), []Array{x})
	y = ys[0]
	return y, func(v Array) Array {
		checkLike("Linearize", "tangent", v, x)
		return like(p.run([]Array{v.orZeros(x)})[0], y)
	}
}
