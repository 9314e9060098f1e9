package numpy

// Products of many factors. Their derivatives multiply all factors but some,
// without dividing, so that they are right also where factors are 0.
//
// The derivative of order k along the vectors v₁, …, vₖ is the coefficient of
// ε₁⋯εₖ in the product of the numbers x[j] + Σ εₗ·vₗ[j], where the square of
// every ε is 0. Such a number, or a product of some, is a slice of 2ᵏ
// coefficients; the bits of an index tell which ε belong to it. What follows
// takes the time of k·2ᵏ products of n factors.

var (
	prodOp = &Op{Name: "Prod"}
	// othersOp returns, for a vector or lines x, the products of all elements but each one;
	// for x, v₁, …, vₖ, their derivative along the v. It is the gradient of the
	// derivative of the product along the v, so that its own derivatives are
	// the same for one more v, and symmetric.
	othersOp = &Op{Name: "Prod"}
	// cumProdOp returns, for lines x, v₁, …, vₖ, the derivative of the products
	// of the elements up to each.
	cumProdOp = &Op{Name: "CumProd"}
	// cumOthersOp is for x, w, v₁, …, vₖ the gradient of the derivative of the
	// products up to each, multiplied with w and added up.
	cumOthersOp = &Op{Name: "CumProd"}
)

func init() {
	prodOp.Eval = func(c *Call) Array {
		b := c.In[0].data()
		n, lay := lastLen(b.lay.shape), scalarLayout
		if len(b.lay.shape) > 1 {
			lay = newLayout([]int{b.lay.shape[0], 1})
		}
		if b.complex() {
			z, in := newComplex(lay), b.complexes()
			for i := range z.cx {
				z.cx[i] = multiplied(in[i*n : (i+1)*n])
			}
			return plain(z)
		}
		z, in := newReal(lay), b.reals()
		for i := range z.re {
			z.re[i] = multiplied(in[i*n : (i+1)*n])
		}
		return plain(z)
	}
	prodOp.JVP = func(c *Call, _ int, v Array) Array {
		return SumTo(AZMul(v, othersOp.apply1(nil, c.In[0])), c.Out[0].Shape()...)
	}
	prodOp.VJP = func(c *Call, _ int, w Array) Array {
		g := othersOp.apply1(nil, c.In[0])
		if w.n != nil || g.n != nil || w.IsComplex() || g.IsComplex() {
			return AZMul(w, g)
		}
		all, n := g.d.re, lastLen(g.Shape()) // nothing else has seen it
		for i, v := range w.data().reals() {
			if line := all[i*n : (i+1)*n]; v != 1 {
				azScale(line, v)
			}
		}
		return g
	}
	prodOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		return alongPaths(x, order, func(in []Array) Array {
			return SumTo(AZMul(in[len(in)-1], othersOp.Apply(nil, in[:len(in)-1]...)), c.Out[0].Shape()...)
		})
	}

	for _, op := range []*Op{othersOp, cumProdOp, cumOthersOp} {
		op.JVP = func(c *Call, i int, v Array) Array {
			if i == 0 {
				return op.Apply(nil, with(c.In, v)...)
			}
			return op.Apply(nil, instead(c.In, i, v)...)
		}
		op.Taylor = func(_ *Call, x [][]Array, order int) []Array {
			return alongPaths(x, order, func(in []Array) Array { return op.Apply(nil, in...) })
		}
		op.batch = op.lineBatch
	}

	othersOp.Eval = func(c *Call) Array { return evalFactors(c.In, others[float64], others[complex128]) }
	othersOp.VJP = othersOp.JVP

	cumProdOp.Eval = func(c *Call) Array { return evalFactors(c.In, upTo[float64], upTo[complex128]) }
	cumProdOp.VJP = func(c *Call, i int, w Array) Array {
		in := append([]Array{c.In[0], w}, c.In[1:]...)
		if i > 0 {
			in = append(in[:i+1], in[i+2:]...)
		}
		return cumOthersOp.Apply(nil, in...)
	}

	cumOthersOp.Eval = func(c *Call) Array { return evalFactors(c.In, cumOthers[float64], cumOthers[complex128]) }
	cumOthersOp.VJP = func(c *Call, i int, w Array) Array {
		if i != 1 {
			return cumOthersOp.JVP(c, i, w)
		}
		in := append([]Array{c.In[0]}, c.In[2:]...)
		return cumProdOp.Apply(nil, append(in, w)...)
	}
}

// azScale multiplies x with c, and makes it 0 where c is.
func azScale(x []float64, c float64) {
	if c == 0 {
		clear(x)
		return
	}
	scaleLoop(x, x, c)
}

// with returns x and one more.
func with(x []Array, more Array) []Array { return append(append([]Array(nil), x...), more) }

// instead returns x with another element i.
func instead(x []Array, i int, other Array) []Array {
	y := append([]Array(nil), x...)
	y[i] = other
	return y
}

// lineBatch is op for batches of vectors or lines.
func (op *Op) lineBatch(param any, in []batch, n int) Array {
	x := make([]Array, len(in))
	var shape []int
	for i, b := range in {
		shape = b.x.Shape()
		if !b.many {
			shape = concat([]int{n}, shape)
		}
		x[i] = Reshape(BroadcastTo(b.x, shape...), -1, lastLen(shape))
	}
	return Reshape(op.Apply(param, x...), shape...)
}

// alongPaths returns the coefficients 1 to order of f, where x[i][k] is
// coefficient k of operand i. It must be linear in all operands but the first,
// and its derivative in that along v be f with v as one more operand.
func alongPaths(x [][]Array, order int, f func(in []Array) Array) []Array {
	terms := make([]Array, order)
	for k := range terms {
		// Coefficients of the linear operands first, then derivatives along
		// those of the first operand: in descending order, and so that i equal
		// ones stand for the i! orders that they may come in.
		var choose func(in []Array, left, most, equal int, c float64)
		choose = func(in []Array, left, most, equal int, c float64) {
			if i := len(in); i < len(x) {
				for j := 0; j <= left; j++ {
					if v := coef(x[i], j); j == 0 || !v.isZero() {
						choose(with(in, v), left-j, order, 0, 1)
					}
				}
				return
			}
			if left == 0 {
				terms[k] = plus(terms[k], f(in).Scale(c))
				return
			}
			for j := 1; j <= min(left, most); j++ {
				if v := coef(x[0], j); !v.isZero() {
					n := 1
					if j == most {
						n = equal + 1
					}
					choose(with(in, v), left-j, j, n, c/float64(n))
				}
			}
		}
		choose([]Array{x[0][0]}, k+1, order, 0, 1)
	}
	return terms
}

// number is what elements are.
type number interface{ float64 | complex128 }

// A lineFunc puts its result for one line of every operand into z. It may use
// the memory of buf.
type lineFunc[T number] func(z []T, in [][]T, buf *[]T)

// evalFactors applies a function to each line, or the vector, of operands of
// the same shape.
func evalFactors(in []Array, re lineFunc[float64], cx lineFunc[complex128]) Array {
	lay := in[0].data().lay.pack()
	for _, x := range in {
		if x.IsComplex() {
			z := newComplex(lay)
			eachLine(z.cx, in, lastLen(lay.shape), (*block).complexes, cx)
			return plain(z)
		}
	}
	z := in[0].data().like(lay)
	if len(in) > 1 {
		z = like2(lay, in[0].data(), in[1].data())
	}
	eachLine(z.re, in, lastLen(lay.shape), (*block).reals, re)
	return plain(z)
}

func eachLine[T number](z []T, in []Array, n int, elements func(*block) []T, f lineFunc[T]) {
	if len(z) == 0 {
		return
	}
	all, line := make([][]T, len(in)), make([][]T, len(in))
	for i, x := range in {
		all[i] = elements(x.data())
	}
	var buf []T
	for lo := 0; lo < len(z); lo += n {
		for i := range all {
			line[i] = all[i][lo : lo+n]
		}
		f(z[lo:lo+n], line, &buf)
	}
}

// zeros returns n zeros in the memory of buf.
func zeros[T number](buf *[]T, n int) []T {
	if len(*buf) < n {
		*buf = make([]T, n)
	}
	z := (*buf)[:n]
	clear(z)
	return z
}

// multiplied returns the product of all elements.
func multiplied[T number](x []T) T {
	var p T = 1
	for _, v := range x {
		p *= v
	}
	return p
}

// others is the value of othersOp for one line.
func others[T number](z []T, in [][]T, buf *[]T) { allButOne(z, in[0], nil, in[1:], buf) }

// cumOthers is the value of cumOthersOp for one line.
func cumOthers[T number](z []T, in [][]T, buf *[]T) { allButOne(z, in[0], in[1], in[2:], buf) }

// upTo is the value of cumProdOp for one line.
func upTo[T number](z []T, in [][]T, buf *[]T) {
	x, v := in[0], in[1:]
	z = z[:len(x)]
	if len(v) == 0 {
		var p T = 1
		for j, u := range x {
			p *= u
			z[j] = p
		}
		return
	}
	p := zeros(buf, 1<<len(v))
	p[0] = 1
	for j := range x {
		timesFactor(p, x, v, j, true)
		z[j] = p[len(p)-1]
	}
}

// allButOne puts into z[j] the coefficient of all ε in the sum over i of w[i]
// times the factors up to i but j, for w nil in the product of all factors but
// j. As derivatives, v, w and what they are factors of are 0 also times Inf.
func allButOne[T number](z, x, w []T, v [][]T, buf *[]T) {
	switch {
	case len(v) == 0:
		allButOnePlain(z, x, w)
		if w == nil || !anyNaN(z) {
			return
		}
	case len(v) == 1:
		allButOneAlong(z, x, w, v[0], buf)
		if !anyNaN(z) {
			return
		}
	}
	n, size := len(x), 1<<len(v)
	all := zeros(buf, (n+2)*size)
	head, tail, tails := all[:size], all[size:2*size], all[2*size:]
	head[0] = 1
	if w == nil {
		tail[0] = 1
	}
	for j := n - 1; j >= 0; j-- {
		if w != nil {
			tail[0] += w[j]
		}
		copy(tails[j*size:], tail)
		timesFactor(tail, x, v, j, w == nil)
	}
	for j := range x {
		tail = tails[j*size : (j+1)*size]
		var sum T
		for a, p := range head {
			q := tail[size-1-a]
			if (p != 0 || a == 0) && (q != 0 || a == size-1 && w == nil) {
				sum += p * q
			}
		}
		z[j] = sum
		timesFactor(head, x, v, j, true)
	}
}

// allButOnePlain is allButOne without v. It multiplies from both ends at once,
// for the two products do not wait for each other; past the middle either
// finds what the other has left.
func allButOnePlain[T number](z, x, w []T) {
	n := len(x)
	z = z[:n]
	var head, tail T = 1, 1
	if w != nil {
		tail = 0
	}
	i, j := 0, n-1
	for ; i < j; i, j = i+1, j-1 {
		if w != nil {
			tail += w[j]
		}
		z[i], z[j] = head, tail
		head *= x[i]
		tail *= x[j]
	}
	if i == j {
		if w != nil {
			tail += w[i]
		}
		z[i] = head * tail
		head *= x[i]
		tail *= x[i]
		i, j = i+1, j-1
	}
	for ; j >= 0; i, j = i+1, j-1 {
		if w != nil {
			tail += w[j]
		}
		z[i] *= head
		z[j] *= tail
		head *= x[i]
		tail *= x[j]
	}
}

// allButOneAlong is allButOnePlain for the numbers x+ε·v.
func allButOneAlong[T number](z, x, w, v []T, buf *[]T) {
	n := len(x)
	z, v = z[:n], v[:n]
	dots := zeros(buf, n)
	var head, tail T = 1, 1
	var headDot, tailDot T
	if w != nil {
		tail = 0
	}
	i, j := 0, n-1
	for ; i < j; i, j = i+1, j-1 {
		if w != nil {
			tail += w[j]
		}
		z[i], z[j] = head, tail
		dots[i], dots[j] = headDot, tailDot
		headDot = headDot*x[i] + head*v[i]
		tailDot = tailDot*x[j] + tail*v[j]
		head *= x[i]
		tail *= x[j]
	}
	if i == j {
		if w != nil {
			tail += w[i]
		}
		z[i] = headDot*tail + head*tailDot
		headDot = headDot*x[i] + head*v[i]
		tailDot = tailDot*x[i] + tail*v[i]
		head *= x[i]
		tail *= x[i]
		i, j = i+1, j-1
	}
	for ; j >= 0; i, j = i+1, j-1 {
		if w != nil {
			tail += w[j]
		}
		z[i] = z[i]*headDot + dots[i]*head
		z[j] = z[j]*tailDot + dots[j]*tail
		headDot = headDot*x[i] + head*v[i]
		tailDot = tailDot*x[j] + tail*v[j]
		head *= x[i]
		tail *= x[j]
	}
}

// timesFactor multiplies p with factor j. The coefficient of no ε is a product
// of elements of x if plain, and otherwise a derivative.
func timesFactor[T number](p, x []T, v [][]T, j int, plain bool) {
	// An index is larger than those of its parts, which are still to be
	// multiplied.
	for a := len(p) - 1; a >= 0; a-- {
		var sum T
		if p[a] != 0 || a == 0 && plain {
			sum = p[a] * x[j]
		}
		for l := range v {
			if b := a &^ (1 << l); b != a && v[l][j] != 0 && (p[b] != 0 || b == 0 && plain) {
				sum += v[l][j] * p[b]
			}
		}
		p[a] = sum
	}
}

func anyNaN[T number](x []T) bool {
	for _, v := range x {
		if v != v {
			return true
		}
	}
	return false
}
