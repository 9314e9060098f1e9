package numpy

import (
	"slices"
	"strings"
)

// Einsum returns the sums of products that spec names, as NumPy's einsum does:
// "ij,jk->ik" is the product of matrices. Every letter stands for an axis; one
// that the result does not have is summed over, one that an operand has twice
// takes its diagonal, and "..." stands for any number of axes, which broadcast.
// Without "->" the result has the axes of "...", then the letters that occur
// once, in alphabetical order.
//
// Two operands at a time are multiplied, by [MatMul], the pairs first whose
// products need the least memory. Einsum panics with an [Error] if spec is
// malformed or does not fit the shapes.
func Einsum(spec string, xs ...Array) Array {
	e := parseEinsum(spec, xs)
	for i := range e.terms {
		e.terms[i].reduce(e.length)
	}
	for i := range e.terms {
		e.sum(i)
	}
	for len(e.terms) > 1 {
		i, j := e.cheapest()
		t := e.multiply(i, j)
		e.terms = append(slices.Delete(slices.Delete(e.terms, j, j+1), i, i+1), t)
	}
	t := e.terms[0]
	perm := make([]int, len(e.out))
	for i, l := range e.out {
		perm[i] = slices.Index(t.labels, l)
	}
	return permute(t.x, perm)
}

// An einsumTerm is an operand and the labels of its axes: letters, or, for the
// axes of "...", their distances from the last one, below 0.
type einsumTerm struct {
	x      Array
	labels []int
}

type einsum struct {
	spec   string
	terms  []einsumTerm
	out    []int
	length map[int]int // of the axes with a label
}

func parseEinsum(spec string, xs []Array) *einsum {
	e := &einsum{spec: spec, length: map[int]int{}}
	in, out, explicit := strings.Cut(strings.ReplaceAll(spec, " ", ""), "->")
	parts := strings.Split(in, ",")
	if len(parts) != len(xs) || len(xs) == 0 {
		fail("Einsum: %q: %d operands given", spec, len(xs))
	}
	hidden := 0
	for i, p := range parts {
		labels := e.labels(p, xs[i].NDim())
		if len(labels) != xs[i].NDim() {
			fail("Einsum: %q: operand %d has shape %s", spec, i, shapeString(xs[i].Shape()))
		}
		for k, n := range xs[i].Shape() {
			l := labels[k]
			hidden = max(hidden, -l)
			switch m, ok := e.length[l]; {
			case !ok || m == 1:
				e.length[l] = n
			case n != 1 && n != m:
				fail("Einsum: %q: lengths %d and %d of one axis in shapes %s", spec, m, n, shapesString(xs))
			}
		}
		e.terms = append(e.terms, einsumTerm{xs[i], labels})
	}
	if !explicit {
		out = implicit(in)
	}
	rest := -1
	if strings.Contains(out, "...") {
		rest = hidden + len(out) - len("...")
	} else if hidden > 0 {
		fail("Einsum: %q: the result lacks \"...\"", spec)
	}
	e.out = e.labels(out, rest)
	for i, l := range e.out {
		if _, ok := e.length[l]; !ok || slices.Contains(e.out[:i], l) {
			fail("Einsum: %q: axis %c of the result", spec, l)
		}
	}
	return e
}

// labels returns the labels of one operand of ndim axes.
func (e *einsum) labels(part string, ndim int) []int {
	before, after, dots := strings.Cut(part, "...")
	var labels []int
	letters := func(s string) {
		for _, r := range s {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
				fail("Einsum: %q: %q is no letter", e.spec, r)
			}
			labels = append(labels, int(r))
		}
	}
	letters(before)
	if dots {
		for k := ndim - len(before) - len(after); k > 0; k-- {
			labels = append(labels, -k)
		}
	}
	letters(after)
	return labels
}

// implicit returns the axes of the result where spec does not name them.
func implicit(in string) string {
	var once []byte
	for _, r := range []byte(in) {
		if r != '.' && r != ',' && strings.Count(in, string(r)) == 1 {
			once = append(once, r)
		}
	}
	slices.Sort(once)
	if strings.Contains(in, "...") {
		return "..." + string(once)
	}
	return string(once)
}

// shapesString writes shapes for messages.
func shapesString(xs []Array) string {
	s := make([]string, len(xs))
	for i, x := range xs {
		s[i] = shapeString(x.Shape())
	}
	return strings.Join(s, " and ")
}

// reduce takes the diagonals of the operand and drops the axes that stretch,
// so that only operands that vary along an axis have its label.
func (t *einsumTerm) reduce(length map[int]int) {
	var (
		labels []int
		shape  []int
		axes   []int
		twice  bool
	)
	for k, l := range t.labels {
		n := t.x.Shape()[k]
		if n == 1 && length[l] != 1 {
			axes = append(axes, -1)
			continue
		}
		at := slices.Index(labels, l)
		if at < 0 {
			at = len(labels)
			labels, shape = append(labels, l), append(shape, n)
		} else {
			twice = true
		}
		axes = append(axes, at)
	}
	switch {
	case twice:
		t.x = diagonalOp.apply1(diagonalPart{axes, shape, t.x.Shape()}, t.x)
	case len(labels) < len(t.labels):
		t.x = Reshape(t.x, shape...)
	}
	t.labels = labels
}

// sum sums operand i over the axes that nothing else has.
func (e *einsum) sum(i int) {
	t := &e.terms[i]
	var alone, rest []int
	for k, l := range t.labels {
		if e.wanted(l, i, i) {
			rest = append(rest, l)
		} else {
			alone = append(alone, k)
		}
	}
	if len(alone) > 0 {
		t.x, t.labels = Sum(t.x, Axis(alone...)), rest
	}
}

// wanted reports whether the result or an operand other than i and j has the
// label.
func (e *einsum) wanted(l, i, j int) bool {
	if slices.Contains(e.out, l) {
		return true
	}
	for k, t := range e.terms {
		if k != i && k != j && slices.Contains(t.labels, l) {
			return true
		}
	}
	return false
}

// cheapest returns the pair of operands whose product needs the least memory
// beyond that of the two.
func (e *einsum) cheapest() (i, j int) {
	j = 1
	if len(e.terms) == 2 {
		return i, j
	}
	best, first := 0.0, true
	for b := range e.terms {
		for a := range b {
			cost := -float64(e.terms[a].x.Size()) - float64(e.terms[b].x.Size())
			size := 1.0
			for _, l := range union(e.terms[a].labels, e.terms[b].labels) {
				if e.wanted(l, a, b) {
					size *= float64(e.length[l])
				}
			}
			if cost += size; first || cost < best {
				best, i, j, first = cost, a, b, false
			}
		}
	}
	return i, j
}

func union(x, y []int) []int {
	u := slices.Clone(x)
	for _, l := range y {
		if !slices.Contains(x, l) {
			u = append(u, l)
		}
	}
	return u
}

// multiply returns the product of two operands, summed over the labels that
// nothing else has.
func (e *einsum) multiply(i, j int) einsumTerm {
	s, t := e.terms[i], e.terms[j]
	var batch, sum, left, right []int
	for _, l := range s.labels {
		switch {
		case !slices.Contains(t.labels, l):
			left = append(left, l)
		case e.wanted(l, i, j):
			batch = append(batch, l)
		default:
			sum = append(sum, l)
		}
	}
	for _, l := range t.labels {
		if !slices.Contains(s.labels, l) {
			right = append(right, l)
		}
	}
	x, y := e.matrices(s, batch, left, sum), e.matrices(t, batch, sum, right)
	var z Array
	if len(sum) == 0 {
		z = Mul(x, y)
	} else {
		z = MatMul(x, y)
	}
	labels := slices.Concat(batch, left, right)
	shape := make([]int, len(labels))
	for k, l := range labels {
		shape[k] = e.length[l]
	}
	return einsumTerm{Reshape(z, shape...), labels}
}

// matrices returns the operand as a batch of matrices, whose rows and columns
// run over the labels. It copies no elements where the matrices or their
// transposes lie in it already.
func (e *einsum) matrices(t einsumTerm, batch, rows, cols []int) Array {
	order := func(labels ...[]int) []int {
		var perm []int
		for _, l := range slices.Concat(labels...) {
			perm = append(perm, slices.Index(t.labels, l))
		}
		return perm
	}
	count := func(labels []int) int {
		n := 1
		for _, l := range labels {
			n *= e.length[l]
		}
		return n
	}
	shape := make([]int, len(batch), len(batch)+2)
	for i, l := range batch {
		shape[i] = e.length[l]
	}
	if len(rows) > 0 && len(cols) > 0 && slices.IsSorted(order(batch, cols, rows)) {
		return swapLast(Reshape(t.x, append(shape, count(cols), count(rows))...))
	}
	return Reshape(permute(t.x, order(batch, rows, cols)), append(shape, count(rows), count(cols))...)
}

// permute is [Transpose] where there is something to do.
func permute(x Array, perm []int) Array {
	if slices.IsSorted(perm) {
		return x
	}
	return Transpose(x, perm...)
}

// A diagonalPart tells which axis of a part of an array each of its axes runs
// along; several may run along the same, and those of length 1 along none.
type diagonalPart struct {
	axes  []int // -1 for none
	shape []int // of the part
	whole []int
}

var (
	diagonalOp = &Op{Name: "diagonal", Linear: true}
	onDiagOp   = &Op{Name: "array of a diagonal", Linear: true}
)

func init() {
	diagonalOp.Eval = func(c *Call) Array {
		d, b := c.Param.(diagonalPart), c.In[0].data()
		return plain(b.view(d.shape, d.stride(b.lay), b.lay.off))
	}
	diagonalOp.VJP = func(c *Call, _ int, w Array) Array { return onDiagOp.apply1(c.Param, w) }
	onDiagOp.Eval = func(c *Call) Array {
		d, b := c.Param.(diagonalPart), c.In[0].data()
		lay := newLayout(d.whole)
		part := &layout{shape: d.shape, stride: d.stride(lay), size: product(d.shape)}
		if b.complex() {
			z := newComplex(lay)
			scatterInto(z.cx, b.complexes(), part)
			return plain(z)
		}
		z := newReal(lay)
		scatterInto(z.re, b.reals(), part)
		return plain(z)
	}
	onDiagOp.VJP = func(c *Call, _ int, w Array) Array { return diagonalOp.apply1(c.Param, w) }
}

// stride returns the strides of the part in an array of the layout.
func (d diagonalPart) stride(whole *layout) []int {
	stride := make([]int, len(d.shape))
	for k, a := range d.axes {
		if a >= 0 {
			stride[a] += whole.stride[k]
		}
	}
	return stride
}

// scatterInto copies the elements of src, row-major, to dst, where they lie as
// l says: the inverse of gather.
func scatterInto[T any](dst, src []T, l *layout) {
	if l.size == 0 {
		return
	}
	n := lastLen(l.shape)
	rows(l, newLayout(l.shape), func(_, i, j, di, dj int) {
		for range n {
			dst[i] = src[j]
			i, j = i+di, j+dj
		}
	})
}
