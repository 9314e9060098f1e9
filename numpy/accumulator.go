package numpy

// An Accumulator sums the cotangents of an array. Sums of plain numbers are
// formed in place, and what reaches single elements is added there, so that
// reading n elements of an array costs n additions on the way back, not n
// arrays.
type Accumulator struct {
	total   Array
	own     bool     // the numbers of total belong to the accumulator
	numeric bool     // the sum is num, and total empty
	num     float64  // saves arrays where cotangents are single numbers
	pieces  *[]piece // still to be added
}

// A piece is the cotangent of a part of an array.
type piece struct {
	where scatter
	w     Array
}

// A scatter tells where the elements of a part lie in the whole array.
type scatter interface {
	// add adds the elements of the part to those of the whole, which is packed.
	add(whole, part *block)
	// gather is the operation that takes the part from the whole.
	gather(x Array) Array
}

// Add adds w, an array of the shape of the sum.
func (a *Accumulator) Add(w Array) {
	if w.isZero() {
		return
	}
	if v, ok := a.number(); ok && w.isNumber() {
		a.setNumber(v + w.d.re[0])
		return
	}
	a.flush()
	switch {
	case a.total.isZero():
		a.total, a.own = w, false
	case w.n != nil || a.total.n != nil || w.IsComplex() != a.total.IsComplex():
		a.total, a.own = Add(a.total, w), false
	case !a.own:
		a.total, a.own = Add(a.total, w), true
	default:
		addInto(a.total.d, w.d)
	}
}

// addNumber is Add for a number.
func (a *Accumulator) addNumber(w float64) {
	if v, ok := a.number(); ok {
		a.setNumber(v + w)
	} else if a.total.isZero() {
		a.setNumber(w)
	} else {
		a.Add(Scalar(w))
	}
}

// number returns the sum so far, if it is a number without derivatives.
func (a *Accumulator) number() (v float64, ok bool) {
	if a.numeric {
		return a.num, true
	}
	if a.pieces == nil && a.total.d != nil && a.total.isNumber() {
		return a.total.d.re[0], true
	}
	return 0, false
}

func (a *Accumulator) setNumber(v float64) {
	a.total, a.own, a.numeric, a.num = Array{}, false, true, v
}

// flush makes the sum an array if it is kept as a number.
func (a *Accumulator) flush() {
	if a.numeric {
		a.total, a.numeric = Scalar(a.num), false
	}
}

// addElement adds w to the element of the sum, an array like x, at a place of
// the packed array.
func (a *Accumulator) addElement(x Array, at int, w float64) bool {
	if a.numeric || a.total.n != nil || x.IsComplex() {
		return false
	}
	a.unshare(x)
	a.total.d.re[at] += w
	return true
}

// unshare makes the sum, of constants, a packed array like x to add to in
// place.
func (a *Accumulator) unshare(x Array) {
	switch {
	case a.total.isZero():
		a.total, a.own = zerosLike(x), true
	case !a.own || a.total.IsComplex() != x.IsComplex():
		a.total, a.own = Add(zerosLike(x), a.total), true
	}
}

// addAt adds w to a part of the sum, an array like x.
func (a *Accumulator) addAt(x Array, where scatter, w Array) {
	if w.isZero() {
		return
	}
	a.flush()
	if w.n != nil || a.total.n != nil || w.IsComplex() != x.IsComplex() {
		if a.pieces == nil {
			a.pieces = new([]piece)
		}
		*a.pieces = append(*a.pieces, piece{where, w})
		return
	}
	a.unshare(x)
	where.add(a.total.d, w.d)
}

// take returns the sum, an array like x, and forgets it.
func (a *Accumulator) take(x Array) Array {
	a.flush()
	if a.pieces != nil {
		where := make([]scatter, len(*a.pieces))
		parts := make([]Array, len(*a.pieces))
		for i, p := range *a.pieces {
			where[i], parts[i] = p.where, p.w
		}
		a.Add(scatterSum(x.Shape(), where, parts))
	}
	total := a.total
	*a = Accumulator{}
	return total
}
