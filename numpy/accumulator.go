package numpy

// An Accumulator sums the cotangents of an array. Sums of plain numbers are
// formed in place, and what reaches single elements is added there, so that
// reading n elements of an array costs n additions on the way back, not n
// arrays.
type Accumulator struct {
	total  Array
	own    bool     // the numbers of total belong to the accumulator
	pieces *[]piece // still to be added
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
	switch {
	case w.isZero():
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

// addAt adds w to a part of the sum, an array like x.
func (a *Accumulator) addAt(x Array, where scatter, w Array) {
	if w.isZero() {
		return
	}
	if w.n != nil || a.total.n != nil || w.IsComplex() != x.IsComplex() {
		if a.pieces == nil {
			a.pieces = new([]piece)
		}
		*a.pieces = append(*a.pieces, piece{where, w})
		return
	}
	switch {
	case a.total.isZero():
		a.total, a.own = zerosLike(x), true
	case !a.own || a.total.IsComplex() != x.IsComplex():
		a.total, a.own = Add(zerosLike(x), a.total), true
	}
	where.add(a.total.d, w.d)
}

// take returns the sum, an array like x, and forgets it.
func (a *Accumulator) take(x Array) Array {
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
