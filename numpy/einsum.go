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
	var e einsum
	e.terms, e.all, e.length = e.termBuf[:0], e.labelBuf[:0], e.lengthBuf[:]
	e.parse(spec, xs)
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
	if slices.Equal(t.labels, e.out) {
		return t.x
	}
	perm := make([]int, len(e.out))
	for i, l := range e.out {
		perm[i] = slices.Index(t.labels, l)
	}
	return permute(t.x, perm)
}

// An einsumTerm is an operand and the labels of its axes: 0 to 51 for letters,
// 52 for the last axis of "...", 53 for the one before it, and so on.
type einsumTerm struct {
	x      Array
	labels []int
}

// letters is the number of labels that are letters.
const letters = 52

// label returns the label that is a letter, -1 for another character.
func label(r rune) int {
	switch {
	case 'a' <= r && r <= 'z':
		return int(r - 'a')
	case 'A' <= r && r <= 'Z':
		return int(r-'A') + letters/2
	}
	return -1
}

// labelString returns what stands for a label in messages.
func labelString(l int) string {
	switch {
	case l < letters/2:
		return string(rune('a' + l))
	case l < letters:
		return string(rune('A' + l - letters/2))
	}
	return "..."
}

type einsum struct {
	spec   string
	terms  []einsumTerm
	out    []int
	length []int // of the axes with a label, -1 for none

	// What the slices lie in where there is not much, so that to parse a short
	// specification takes no memory.
	termBuf   [4]einsumTerm
	labelBuf  [24]int
	lengthBuf [letters + 8]int
	all       []int // labels of all terms
}

// parse sets e for a specification and operands.
func (e *einsum) parse(spec string, xs []Array) {
	e.spec = spec
	if strings.IndexByte(spec, ' ') >= 0 {
		spec = strings.ReplaceAll(spec, " ", "")
	}
	in, out, explicit := strings.Cut(spec, "->")
	if strings.Count(in, ",")+1 != len(xs) {
		fail("Einsum: %q: %d operands given", e.spec, len(xs))
	}
	for _, x := range xs {
		if n := letters + x.NDim(); n > len(e.length) {
			e.length = make([]int, n)
		}
	}
	for l := range e.length {
		e.length[l] = -1
	}
	hidden, rest := 0, in
	for i, x := range xs {
		var part string
		part, rest, _ = strings.Cut(rest, ",")
		shape := x.Shape()
		labels := e.labels(part, len(shape))
		if len(labels) != len(shape) {
			fail("Einsum: %q: operand %d has shape %s", e.spec, i, shapeString(shape))
		}
		for k, n := range shape {
			l := labels[k]
			hidden = max(hidden, l-letters+1)
			switch m := e.length[l]; {
			case m < 0 || m == 1:
				e.length[l] = n
			case n != 1 && n != m:
				fail("Einsum: %q: lengths %d and %d of one axis in shapes %s", e.spec, m, n, shapesString(xs))
			}
		}
		e.terms = append(e.terms, einsumTerm{x, labels})
	}
	if !explicit {
		out = implicit(in)
	}
	axes := -1
	if strings.Contains(out, "...") {
		axes = hidden + len(out) - len("...")
	} else if hidden > 0 {
		fail("Einsum: %q: the result lacks \"...\"", e.spec)
	}
	e.out = e.labels(out, axes)
	for i, l := range e.out {
		if e.length[l] < 0 {
			fail("Einsum: %q: axis %s of the result is none of an operand", e.spec, labelString(l))
		}
		if slices.Contains(e.out[:i], l) {
			fail("Einsum: %q: axis %s twice in the result", e.spec, labelString(l))
		}
	}
}

// labels returns the labels of one operand of ndim axes.
func (e *einsum) labels(part string, ndim int) []int {
	before, after, dots := strings.Cut(part, "...")
	start := len(e.all)
	e.appendLabels(before)
	if dots {
		for k := ndim - len(before) - len(after); k > 0; k-- {
			e.all = append(e.all, letters+k-1)
		}
	}
	e.appendLabels(after)
	return e.all[start:len(e.all):len(e.all)]
}

func (e *einsum) appendLabels(s string) {
	for _, r := range s {
		l := label(r)
		if l < 0 {
			fail("Einsum: %q: %q is no letter", e.spec, r)
		}
		e.all = append(e.all, l)
	}
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
func (t *einsumTerm) reduce(length []int) {
	some := false
	for k, l := range t.labels {
		some = some || slices.Contains(t.labels[:k], l) || length[l] != t.x.Shape()[k]
	}
	if !some {
		return
	}
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
	if !slices.ContainsFunc(t.labels, func(l int) bool { return !e.wanted(l, i, i) }) {
		return
	}
	var alone, rest []int
	for k, l := range t.labels {
		if e.wanted(l, i, i) {
			rest = append(rest, l)
		} else {
			alone = append(alone, k)
		}
	}
	if len(rest) == 0 {
		t.x, t.labels = SumTo(t.x), nil
		return
	}
	t.x, t.labels = Sum(t.x, Axis(alone...)), rest
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
	var buf [4][8]int
	batch, sum, left, right := buf[0][:0], buf[1][:0], buf[2][:0], buf[3][:0]
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
	if len(sum) > 0 && len(batch) == 0 && len(left) == 1 && len(right) == 1 {
		return einsumTerm{z, labels}
	}
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
	if len(batch) == 0 && len(rows) == 1 && len(cols) == 1 {
		if t.labels[0] == rows[0] {
			return t.x
		}
		return swapLast(t.x)
	}
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
