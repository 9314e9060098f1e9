package reverse

import "math"

// elsewhere is the least y of a record that is a fused statement. Such a record
// has one or two blocks of operands, each with the same number of them. The
// words of jx hold this number and the place of the first block, x where its
// derivatives begin in Tape.jac, and the words of jy the place of the second
// block and where its derivatives begin. The place is the index of the first
// operand, if they are consecutive, or where their indices begin in Tape.idx.
const elsewhere = 1<<32 - 8

// What is added to elsewhere.
const (
	twoBlocks = 1 << iota
	firstList // the indices of the first block are listed in Tape.idx
	secondList
)

// pack returns two words as a float64, which nobody calculates with.
func pack(a, b uint32) float64 { return math.Float64frombits(uint64(a) | uint64(b)<<32) }

func unpack(f float64) (a, b uint32) {
	u := math.Float64bits(f)
	return uint32(u), uint32(u >> 32)
}

// A block is a part of the operands of a fused statement.
type block struct {
	first uint32
	idx   []uint32 // nil if the indices are first, first+1, …
	jac   []float64
}

// at returns the index of operand i.
func (b *block) at(i int) uint32 {
	if b.idx != nil {
		return b.idx[i]
	}
	return b.first + uint32(i)
}

func (t *Tape) block(place, n, jac uint32, list bool) block {
	b := block{first: place, jac: t.jac[jac:][:n]}
	if list {
		b.idx = t.idx[place:][:n]
	}
	return b
}

// blocks returns the blocks of a fused statement. If it has one, the other is
// empty.
func (t *Tape) blocks(r *record) [2]block {
	n, place := unpack(r.jx)
	b := [2]block{t.block(place, n, r.x, r.y&firstList != 0)}
	if r.y&twoBlocks != 0 {
		place, jac := unpack(r.jy)
		b[1] = t.block(place, n, jac, r.y&secondList != 0)
	}
	return b
}

// spread passes the adjoint w, which is not 0, of a fused statement on to its
// operands.
func (t *Tape) spread(r *record, w float64) {
	if w-w != 0 {
		for _, b := range t.blocks(r) {
			for i, j := range b.jac {
				if j != 0 {
					t.bar[b.at(i)] += w * j
				}
			}
		}
		return
	}
	// The ordinary case. A derivative of 0 adds 0.
	n, place := unpack(r.jx)
	jac := t.jac[r.x:][:n]
	if r.y == elsewhere+twoBlocks {
		place2, at := unpack(r.jy)
		bar, bar2, jac2 := t.bar[place:][:n], t.bar[place2:][:n], t.jac[at:][:n]
		for i, j := range jac {
			bar[i] += w * j
			bar2[i] += w * jac2[i]
		}
		return
	}
	t.add(jac, place, r.y&firstList != 0, w)
	if r.y&twoBlocks != 0 {
		place, at := unpack(r.jy)
		t.add(t.jac[at:][:n], place, r.y&secondList != 0, w)
	}
}

// add adds w·jac to the adjoints of the operands at place.
func (t *Tape) add(jac []float64, place uint32, list bool, w float64) {
	bar := t.bar
	if list {
		for i, k := range t.idx[place:][:len(jac)] {
			bar[k] += w * jac[i]
		}
		return
	}
	bar = bar[place:][:len(jac)]
	for i, j := range jac {
		bar[i] += w * j
	}
}
