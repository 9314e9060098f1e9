package mixed

// This file sweeps where derivatives are infinite or not numbers. A tangent, an
// adjoint or a derivative of exactly 0 then absorbs the other factor.

// az returns x·y, and 0 where either is exactly 0.
func az(x, y float64) float64 {
	if x == 0 || y == 0 {
		return 0
	}
	return x * y
}

// tangentsGuarded is tangents.
func (q *Point) tangentsGuarded(s *scratch) {
	dot := s.dot
	for i := q.prog.n + 1; i < len(q.loc); i++ {
		d := 0.0
		q.slopes(i, func(x uint32, j float64) { d += az(dot[x], j) })
		dot[i] = d
	}
}

// secondGuarded is second.
func (q *Point) secondGuarded(s *scratch) {
	s.w = resize(s.w, len(q.loc))
	dot, w := s.dot, s.w
	clear(w)
	for i := len(q.loc) - 1; i > q.prog.n; i-- {
		if b := w[i]; b != 0 {
			q.slopes(i, func(x uint32, j float64) { w[x] += az(b, j) })
		}
		q.bends(i, func(x, y uint32, c float64, diagonal bool) {
			w[x] += az(dot[y], c)
			if !diagonal {
				w[y] += az(dot[x], c)
			}
		})
	}
}

// slopes calls yield for each operand of operation i with the first derivative.
func (q *Point) slopes(i int, yield func(x uint32, j float64)) {
	l := &q.loc[i]
	o := q.prog.ops[i]
	switch {
	case l.y != elsewhere:
		yield(l.x, l.jx)
		if l.y != 0 {
			yield(l.y, l.jy)
		}
	case !o.code.isNary():
		f := &q.full[l.x]
		yield(f.x, f.jx)
		yield(f.y, f.jy)
	case q.products(o) > 0:
		args := q.prog.list(o)
		for n := q.products(o); n > 0; n-- {
			yield(args[0], q.val[args[1]])
			yield(args[1], q.val[args[0]])
			args = args[2:]
		}
		for _, a := range args {
			yield(a, 1)
		}
	default:
		jac := q.slope(i, o)
		for k, a := range q.prog.list(o) {
			yield(a, jac[k])
		}
	}
}

// bends calls yield for each pair of operands of operation i, and each operand
// with itself, with the second derivative times the adjoint, if it is not 0.
func (q *Point) bends(i int, yield func(x, y uint32, c float64, diagonal bool)) {
	l := &q.loc[i]
	o := q.prog.ops[i]
	bar := q.bar[i]
	switch {
	case bar == 0:
	case l.y == 0:
		if l.c != 0 {
			yield(l.x, l.x, l.c, true)
		}
	case l.y != elsewhere:
		if l.c != 0 {
			yield(l.x, l.y, l.c, false)
		}
	case !o.code.isNary():
		f := &q.full[l.x]
		if f.cxx != 0 {
			yield(f.x, f.x, f.cxx, true)
		}
		if f.cxy != 0 {
			yield(f.x, f.y, f.cxy, false)
		}
		if f.cyy != 0 {
			yield(f.y, f.y, f.cyy, true)
		}
	case q.products(o) > 0:
		args := q.prog.list(o)
		for n := q.products(o); n > 0; n-- {
			yield(args[0], args[1], bar, false)
			args = args[2:]
		}
	case o.code == opProd:
		q.bendProduct(q.prog.list(o), bar, yield)
	default:
		d0, d1, k := q.curvature(i, o)
		if d0 == 0 && d1 == 0 && k == 0 {
			return
		}
		args, jac := q.prog.list(o), q.slope(i, o)
		for l, a := range args {
			j := jac[l]
			if c := d0 + az(d1, j) - az(k, az(j, j)); c != 0 {
				yield(a, a, bar*c, true)
			}
			for m := range l {
				if c := az(k, az(j, jac[m])); c != 0 {
					yield(a, args[m], -bar*c, false)
				}
			}
		}
	}
}

func (q *Point) bendProduct(args []uint32, bar float64, yield func(x, y uint32, c float64, diagonal bool)) {
	after := make([]float64, len(args)+1)
	for k := range args {
		// after[l] is the product of the operands from l on, without k.
		after[len(args)] = 1
		for l := len(args) - 1; l >= 0; l-- {
			after[l] = after[l+1]
			if l != k {
				after[l] *= q.val[args[l]]
			}
		}
		before := 1.0
		for l := range k {
			if c := before * after[l+1]; c != 0 {
				yield(args[k], args[l], bar*c, false)
			}
			before *= q.val[args[l]]
		}
	}
}
