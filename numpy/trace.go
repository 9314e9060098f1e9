package numpy

import "sync/atomic"

// A trace is one derivative being taken, or one program being rewritten. Those
// that are open at the same time are ordered by their stamps, the inner one
// having the larger: it began later. An operation goes to the innermost trace
// among its operands, which computes on the values one level down, where the
// next trace takes over.
type trace struct {
	stamp uint64
	kind  kind
	order int // of a Taylor trace
	done  atomic.Bool
	slab  atomic.Pointer[slab]
}

// slabCells is the number of cells in a large slab, which just fill 16 KiB.
const slabCells = 93

// A slab is memory for operations whose result is a single number.
type slab struct {
	used  atomic.Int32
	cells []scalarCell
}

// cell returns the memory for an operation. Slabs double in size, for a trace
// may have few operations or many.
func (tr *trace) cell() *scalarCell {
	for {
		s := tr.slab.Load()
		n := 4
		if s != nil {
			if i := int(s.used.Add(1)) - 1; i < len(s.cells) {
				return &s.cells[i]
			}
			n = min(max(4, 2*len(s.cells)), slabCells)
		}
		tr.slab.CompareAndSwap(s, &slab{cells: make([]scalarCell, n)})
	}
}

// kind is what a trace does with an operation.
type kind interface {
	// apply applies op to operands of which one at least belongs to tr, and
	// returns the results as arrays of tr where they vary.
	apply(tr *trace, op *Op, param any, in []Array) []Array
}

// stamps gives every trace a number of its own. It only grows: what is open
// and how deep is nowhere counted.
var stamps atomic.Uint64

func newTrace(k kind) *trace {
	tr := &trace{}
	tr.begin(k)
	return tr
}

func (tr *trace) begin(k kind) { tr.stamp, tr.kind = stamps.Add(1), k }

// close ends the trace. Its arrays cannot be used any more.
func (tr *trace) close() { tr.done.Store(true) }

// A node is an array as a trace sees it.
type node struct {
	tr  *trace
	val [1]Array // the value, one level down
	rec *record  // reverse: the operation that made it, nil for an input
	idx int      // reverse: which of its results it is, or which input
	ser *[]Array // forward and Taylor: the coefficients from 1 on
}

// in returns the node of x in the trace, nil where x is constant there.
func (x Array) in(tr *trace) *node {
	if x.n != nil && x.n.tr == tr {
		return x.n
	}
	return nil
}

// lower returns x as the trace below tr sees it.
func (x Array) lower(tr *trace) Array {
	if x.n != nil && x.n.tr == tr {
		return x.n.val[0]
	}
	return x
}

// array returns the array that the node is.
func (n *node) array() Array { return Array{d: n.val[0].data(), n: n} }

// check panics if the trace has ended.
func (tr *trace) check() {
	if tr.done.Load() {
		fail("an array is used after the derivative it was part of has ended: return it from the function that is differentiated")
	}
}
