package numpy

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Derivatives that are computed in one go lend memory to the numbers in between,
// and take it back when they are done. The variables of such a derivative carry
// its arena, and operations on numbers pass it on from operands to results, on
// the way there and on the way back alike. Nobody outside may hold what is
// taken back, so whatever leaves the derivative is kept: results, what is read
// with a method like Float64s, what an operation of another trace uses, and
// all that operations see which are not of this package.

// A store is what blocks of the same data share, unless they are real and the
// memory is their own.
type store struct {
	cx    []complex128
	arena *arena      // lends memory to results; nil for none
	lent  []float64   // memory of the arena, nil if others own it
	kept  atomic.Bool // memory that is not taken back, and results get none
}

// An arena lends memory for numbers.
type arena struct {
	mu    sync.Mutex
	lists []arenaList
}

// An arenaList is the memory for arrays of n numbers, of which used pieces are
// lent.
type arenaList struct {
	n      int
	stores []*store
	used   int
}

const (
	// arenaLists is the number of lengths for which an arena lends memory.
	arenaLists = 32
	// arenaMax is the number of numbers that an arena holds from one derivative
	// to the next.
	arenaMax = 1 << 23
)

// lend returns memory for n numbers, which may be any, or nil.
func (a *arena) lend(n int) *store {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.lists {
		if l := &a.lists[i]; l.n == n {
			return l.lend(a)
		}
	}
	if len(a.lists) == arenaLists {
		return nil
	}
	a.lists = append(a.lists, arenaList{n: n})
	return a.lists[len(a.lists)-1].lend(a)
}

func (l *arenaList) lend(a *arena) *store {
	if l.used == len(l.stores) {
		l.stores = append(l.stores, &store{arena: a, lent: make([]float64, l.n)})
	}
	l.used++
	return l.stores[l.used-1]
}

// takeBack takes back all that is lent and not kept. Where there is memory for
// many lengths, that goes which nobody has borrowed this time.
func (a *arena) takeBack() {
	if len(a.lists) > arenaLists/2 {
		a.lists = slices.DeleteFunc(a.lists, func(l arenaList) bool { return l.used == 0 })
	}
	size := 0
	for i := range a.lists {
		l := &a.lists[i]
		l.takeBack()
		size += len(l.stores) * l.n
	}
	if size > arenaMax {
		a.lists = nil
	}
}

func (l *arenaList) takeBack() {
	for k := l.used - 1; k >= 0; k-- {
		s := l.stores[k]
		if s.kept.Load() {
			last := len(l.stores) - 1
			l.stores[k], l.stores[last] = l.stores[last], nil
			l.stores = l.stores[:last]
		} else if poison {
			spoil(s.lent)
		}
	}
	l.used = 0
}

// variable returns x, a constant, so that operations on it get memory of the
// arena.
func (a *arena) variable(x Array) Array {
	x = x.own()
	b := x.d
	if x.n != nil || b == nil || b.complex() || b.lay.size < lendMin {
		return x
	}
	return plain(&block{lay: b.lay, re: b.re, store: &store{arena: a}})
}

// like returns a real block in the shape of the layout for a result computed
// from b. Its numbers may be any.
func (b *block) like(lay *layout) *block {
	if s := b.store; s != nil && s.arena != nil && lay.size >= lendMin && !s.kept.Load() {
		if t := s.arena.lend(lay.size); t != nil {
			return &block{lay: lay.pack(), re: t.lent, store: t}
		}
	}
	return newReal(lay)
}

// like2 is like for a result computed from a and b.
func like2(lay *layout, a, b *block) *block {
	if a.store == nil || a.store.arena == nil {
		a = b
	}
	return a.like(lay)
}

func init() {
	for _, op := range []*Op{
		addOp, subOp, mulOp, azMulOp, divOp, azDivOp, azNegMulOp, bothMulOp, bothNegMulOp, scaleOp, shiftOp,
		functionOp, maximumOp, minimumOp, fmaxOp, fminOp, whereOp, absOp, hypotOp, arctan2Op, powOp, logAddExpOp,
		atOp, sliceOp, pickOp, setOp, scatterSumOp, concatOp,
		broadcastOp, sumToOp, reshapeOp, transposeOp, matMulOp, cumSumOp, spanOp, placeOp, gatherOp, maxOp, norm2Op,
		maxGiveOp, maxTakeOp, varOp, stdOp, prodOp, othersOp, cumProdOp, cumOthersOp,
		realOp, imagOp, conjOp, complexOp,
	} {
		op.inner = true
	}
}

// cleared makes the numbers of a block from like 0.
func (b *block) cleared() *block {
	if b.store != nil {
		clear(b.re)
	}
	return b
}

// keep keeps the memory of x, if it is lent.
func (x Array) keep() {
	if x.d != nil && x.d.store != nil && x.d.store.arena != nil {
		x.d.store.kept.Store(true)
	}
}

// own returns x, if it is a constant, as one that has its memory to itself.
func (x Array) own() Array {
	if x.n != nil || x.d == nil || x.d.store == nil || x.d.store.arena == nil {
		return x
	}
	x.keep()
	return plain(&block{lay: x.d.lay, re: x.d.re})
}

// ownAll makes the constants among xs own their memory. A trace needs that of
// its operands: they may be numbers of a trace that ends earlier.
func ownAll(xs []Array) {
	for i, x := range xs {
		xs[i] = x.own()
	}
}

// live returns the numbers of x, which are lent no longer when its trace has
// ended.
func (x Array) live() *block {
	b := x.data()
	if x.n != nil && b.lay.size > 1 {
		x.n.tr.check()
	}
	return b
}

// read returns the numbers of x for somebody who may hold them.
func (x Array) read() *block {
	x.keep()
	return x.live()
}
