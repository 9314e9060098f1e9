package mixed

// differentiate computes the locals and the adjoints of all numbers, and
// multiplies the second derivatives by these. Zeros absorb: an operation whose
// adjoint is 0 passes nothing on, and nothing is passed through a derivative of
// 0.
func (q *Point) differentiate() {
	if q.stage >= differentiated {
		return
	}
	p := q.prog
	n := len(p.ops)
	q.loc, q.bar = resize(q.loc, n), resize(q.bar, n)
	q.jac, q.full = q.jac[:0], q.full[:0]
	q.kinks = 0
	clear(q.bar)
	for i, o := range p.out {
		q.bar[o] += q.weights[i]
	}
	ops, loc, bar, val := p.ops[:n], q.loc[:n], q.bar[:n], q.val[:n]
	for i := n - 1; i > p.n; i-- {
		o := &ops[i]
		b := bar[i]
		l := &loc[i]
		switch o.code {
		case opAdd:
			l.set(1, 1, 0, o.x, o.y)
			bar[o.x] += b
			bar[o.y] += b
			continue
		case opSub:
			l.set(1, -1, 0, o.x, o.y)
			bar[o.x] += b
			bar[o.y] -= b
			continue
		case opAddConst:
			l.set(1, 0, 0, o.x, 0)
			bar[o.x] += b
			continue
		case opConst:
			l.set(0, 0, 0, 0, 0)
			continue
		case opMul:
			l.set(val[o.y], val[o.x], 1, o.x, o.y)
		case opScale:
			l.set(p.par[o.y], 0, 0, o.x, 0)
		case opSqr:
			l.set(2*val[o.x], 0, 2, o.x, 0)
		case opDot, opFMA, opLinComb:
			l.set(0, 0, 0, 0, elsewhere)
		default:
			q.localOf(l, *o, val[i])
		}
		switch {
		case l.y == elsewhere:
			q.differentiateList(i, b)
		case b == 0:
			l.c = 0
		default:
			if l.jx != 0 {
				bar[l.x] += b * l.jx
			}
			if l.c != 0 {
				l.c *= b
			}
			if l.jy != 0 {
				bar[l.y] += b * l.jy
			}
		}
	}
	bar[0] = 0
	q.stage = differentiated
}

// differentiateList is the step of differentiate for operation i of adjoint b
// whose local is elsewhere.
func (q *Point) differentiateList(i int, b float64) {
	o := q.prog.ops[i]
	bar := q.bar
	if o.code == opLinComb && o.run {
		if b != 0 {
			x := q.prog.window(&o, bar)
			for k, c := range q.prog.coeffs(o)[:len(x)] {
				if c != 0 {
					x[k] += b * c
				}
			}
		}
		return
	}
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		for _, c := range [...]*float64{&f.cxx, &f.cxy, &f.cyy} {
			if b == 0 {
				*c = 0
			} else if *c != 0 {
				*c *= b
			}
		}
		if b != 0 && f.jx != 0 {
			bar[f.x] += b * f.jx
		}
		if b != 0 && f.jy != 0 {
			bar[f.y] += b * f.jy
		}
		return
	}
	if b == 0 {
		return
	}
	args := q.prog.list(o)
	if n := q.products(o); n > 0 {
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			v, w := q.val[x], q.val[y]
			if w != 0 {
				bar[x] += b * w
			}
			if v != 0 {
				bar[y] += b * v
			}
			args = args[2:]
		}
		for _, a := range args {
			bar[a] += b
		}
		return
	}
	for k, j := range q.slope(i, o) {
		if j != 0 {
			bar[args[k]] += b * j
		}
	}
}

// slope returns the first derivatives of operation i, of several operands that are
// not multiplied in pairs.
func (q *Point) slope(i int, o op) []float64 {
	if o.code == opLinComb {
		return q.prog.coeffs(o)
	}
	return q.jac[q.loc[i].x:][:o.y]
}

// products returns how many pairs of operands an operation of several
// multiplies.
func (q *Point) products(o op) uint32 {
	if o.code == opDot || o.code == opFMA {
		return q.prog.args[o.x]
	}
	return 0
}

// A scratch holds the tangents of all numbers in one direction, and those of
// their adjoints.
type scratch struct {
	dot, w []float64
	prod   []float64
}

// begin sets the tangents of the variables to v.
func (s *scratch) begin(p *Program, v []float64) {
	s.dot = resize(s.dot, len(p.ops))
	s.dot[0] = 0
	copy(s.dot[1:], v)
}

// HVP puts the product of the Hessian at the point and the vector v into dst,
// which may be v, and returns it. A nil dst is allocated. Where the argument of
// an Abs, Max or Min is exactly at its kink, the product is that of the branch
// on which the direction v keeps it, if it does, and takes some times as long.
// It panics with an [Error] if dst or v has another length.
func (q *Point) HVP(dst, v []float64) []float64 {
	q.check()
	n := q.prog.n
	checkLen("HVP", "v", len(v), "the number of variables", n)
	dst = destination("HVP", dst, n)
	q.differentiate()
	q.hvp(&q.s, dst, v)
	return dst
}

// hvp is HVP in the scratch s. It only reads q.
func (q *Point) hvp(s *scratch, dst, v []float64) {
	if q.kinks > 0 {
		q.hvpDirected(dst, v)
		return
	}
	s.begin(q.prog, v)
	q.tangents(s)
	q.second(s)
	if !finite(s.w[1:][:len(dst)]) {
		q.tangentsGuarded(s)
		q.secondGuarded(s)
	}
	copy(dst, s.w[1:])
}

// JVP puts the derivatives of the results in the direction v, the product of the
// Jacobian and v, into dst and returns it. A nil dst is allocated. The product
// with the transpose, Σ w[i]·∇f[i], is [Point.Weigh] and [Point.Gradient]. It
// panics with an [Error] if dst or v has another length. dst may be v.
func (q *Point) JVP(dst, v []float64) []float64 {
	q.check()
	checkLen("JVP", "v", len(v), "the number of variables", q.prog.n)
	dst = destination("JVP", dst, len(q.prog.out))
	q.differentiate()
	q.s.begin(q.prog, v)
	q.tangents(&q.s)
	q.outputs(dst)
	if !finite(dst) {
		q.tangentsGuarded(&q.s)
		q.outputs(dst)
	}
	return dst
}

// outputs puts the tangents of the results into dst.
func (q *Point) outputs(dst []float64) {
	for i, o := range q.prog.out {
		dst[i] = 0
		if !q.prog.inactive(o) {
			dst[i] = q.s.dot[o]
		}
	}
}

// finite reports whether all elements of x are.
func finite(x []float64) bool {
	s := 0.0
	for _, v := range x {
		s += v * 0
	}
	return s == 0
}

// tangents takes the tangents of the variables to those of all numbers, without
// a look at what is infinite.
func (q *Point) tangents(s *scratch) {
	loc := q.loc
	dot := s.dot[:len(loc)]
	for i := q.prog.n + 1; i < len(loc); i++ {
		l := &loc[i]
		switch l.y {
		case 0:
			dot[i] = l.jx * dot[l.x]
		case elsewhere:
			dot[i] = q.listTangent(i, dot)
		default:
			dot[i] = l.jx*dot[l.x] + l.jy*dot[l.y]
		}
	}
}

func (q *Point) listTangent(i int, dot []float64) float64 {
	o := q.prog.ops[i]
	if o.code == opLinComb && o.run {
		x, d := q.prog.window(&o, dot), 0.0
		for k, c := range q.prog.coeffs(o)[:len(x)] {
			d += c * x[k]
		}
		return d
	}
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		return f.jx*dot[f.x] + f.jy*dot[f.y]
	}
	d := 0.0
	args := q.prog.list(o)
	if n := q.products(o); n > 0 {
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			d += q.val[y]*dot[x] + q.val[x]*dot[y]
			args = args[2:]
		}
		for _, a := range args {
			d += dot[a]
		}
		return d
	}
	jac := q.slope(i, o)
	for k, a := range args {
		d += jac[k] * dot[a]
	}
	return d
}

// second computes the tangents w of all adjoints from those of the numbers.
func (q *Point) second(s *scratch) {
	s.w = resize(s.w, len(q.loc))
	clear(s.w)
	loc := q.loc
	dot, w := s.dot[:len(loc)], s.w[:len(loc)]
	for i := len(loc) - 1; i > q.prog.n; i-- {
		l := &loc[i]
		b := w[i]
		switch l.y {
		case 0:
			w[l.x] += b*l.jx + l.c*dot[l.x]
		case elsewhere:
			q.listSecond(s, i, b)
		default:
			dx, dy := dot[l.x], dot[l.y]
			w[l.x] += b*l.jx + l.c*dy
			w[l.y] += b*l.jy + l.c*dx
		}
	}
}

// curvature returns the second derivatives of operation i, of several operands,
// in the form diag(d0 + d1·j) - k·j·jᵀ, where j are the first ones.
func (q *Point) curvature(i int, o op) (d0, d1, k float64) {
	switch o.code {
	case opSumSq:
		return 2, 0, 0
	case opNorm:
		h := q.loc[i].c
		return h, 0, h
	case opLogSumExp:
		h := q.loc[i].c
		return 0, h, h
	}
	return 0, 0, 0
}

func (q *Point) listSecond(s *scratch, i int, b float64) {
	dot, w := s.dot, s.w
	o := q.prog.ops[i]
	if o.code == opLinComb && o.run {
		x := q.prog.window(&o, w)
		for k, c := range q.prog.coeffs(o)[:len(x)] {
			x[k] += b * c
		}
		return
	}
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		dx, dy := dot[f.x], dot[f.y]
		w[f.x] += b*f.jx + f.cxx*dx + f.cxy*dy
		w[f.y] += b*f.jy + f.cxy*dx + f.cyy*dy
		return
	}
	bar := q.bar[i]
	args := q.prog.list(o)
	if n := q.products(o); n > 0 {
		val := q.val
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			w[x] += b*val[y] + bar*dot[y]
			w[y] += b*val[x] + bar*dot[x]
			args = args[2:]
		}
		for _, a := range args {
			w[a] += b
		}
		return
	}
	jac := q.slope(i, o)
	if o.code == opProd {
		s.product(args, q.val, bar)
	}
	d0, d1, k := q.curvature(i, o)
	d0, d1, k = bar*d0, bar*d1, b-bar*k*dot[i]
	for l, a := range args {
		j := jac[l]
		w[a] += k*j + (d0+d1*j)*dot[a]
	}
}

// product adds bar times the tangents of the derivatives of a product to w: for
// each operand the tangent of the product of the others, by products of dual
// numbers from both ends.
func (s *scratch) product(args []uint32, val []float64, bar float64) {
	n := len(args)
	s.prod = resize(s.prod, 2*n)
	v, d := 1.0, 0.0
	for k, a := range args {
		s.prod[k], s.prod[n+k] = v, d
		v, d = v*val[a], d*val[a]+v*s.dot[a]
	}
	v, d = 1, 0
	for k := n - 1; k >= 0; k-- {
		a := args[k]
		s.w[a] += bar * (s.prod[n+k]*v + s.prod[k]*d)
		v, d = v*val[a], d*val[a]+v*s.dot[a]
	}
}

// Quad returns uᵀHv, where H is the Hessian at the point, from sweeps forward
// alone. It panics with an [Error] if u or v has another length.
func (q *Point) Quad(u, v []float64) float64 {
	q.check()
	n := q.prog.n
	checkLen("Quad", "u", len(u), "the number of variables", n)
	checkLen("Quad", "v", len(v), "the number of variables", n)
	q.differentiate()
	if q.kinks == 0 {
		if s := q.quad(u, v); s-s == 0 {
			return s
		}
	}
	h := q.HVP(nil, v)
	s := 0.0
	for i, u := range u {
		if u != 0 && h[i] != 0 {
			s += u * h[i]
		}
	}
	return s
}

// quad adds up what each operation bends, without a look at what is infinite.
func (q *Point) quad(u, v []float64) float64 {
	// The tangents along v go where those of adjoints are otherwise.
	sv := scratch{dot: q.s.w}
	sv.begin(q.prog, v)
	q.s.w = sv.dot
	q.tangents(&sv)
	q.s.begin(q.prog, u)
	q.tangents(&q.s)
	du, dv := q.s.dot, sv.dot
	sum := 0.0
	for i := q.prog.n + 1; i < len(q.loc); i++ {
		switch l := &q.loc[i]; l.y {
		case 0:
			sum += l.c * du[l.x] * dv[l.x]
		case elsewhere:
			sum += q.listQuad(i, du, dv)
		default:
			sum += l.c * (du[l.x]*dv[l.y] + du[l.y]*dv[l.x])
		}
	}
	return sum
}

func (q *Point) listQuad(i int, du, dv []float64) float64 {
	o := q.prog.ops[i]
	if !o.code.isNary() {
		f := &q.full[q.loc[i].x]
		return f.cxx*du[f.x]*dv[f.x] + f.cxy*(du[f.x]*dv[f.y]+du[f.y]*dv[f.x]) + f.cyy*du[f.y]*dv[f.y]
	}
	args, bar, sum := q.prog.list(o), q.bar[i], 0.0
	if n := q.products(o); n > 0 {
		for ; n > 0; n-- {
			x, y := args[0], args[1]
			sum += du[x]*dv[y] + du[y]*dv[x]
			args = args[2:]
		}
		return bar * sum
	}
	if o.code == opProd {
		z := [4]float64{1} // a product of hyperdual numbers
		for _, a := range args {
			x, u, v := q.val[a], du[a], dv[a]
			z = [4]float64{z[0] * x, z[1]*x + z[0]*u, z[2]*x + z[0]*v, z[3]*x + z[1]*v + z[2]*u}
		}
		return bar * z[3]
	}
	d0, d1, k := q.curvature(i, o)
	jac := q.slope(i, o)
	for l, a := range args {
		sum += (d0 + d1*jac[l]) * du[a] * dv[a]
	}
	return bar * (sum - k*du[i]*dv[i])
}
