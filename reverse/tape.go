package reverse

import (
	"math/bits"
	"math/rand/v2"
	"slices"
)

// A Tape records the operations of a function of [Var]s and sweeps them
// backwards for derivatives. The zero value is ready to use. A tape keeps its
// memory from one recording to the next, so that in steady state nothing is
// allocated. It belongs to one goroutine at a time, and must not be copied
// after first use.
type Tape struct {
	rec  []record  // rec[0] stands for all constants
	home uint64    // upper bits of the identities that are given out now
	base uint64    // home-1: a new identity is base+len(rec)
	dead uint64    // bits that the identity of no variable on the tape has
	bar  []float64 // adjoints, as far as asked for; see grow

	// Derivatives of fused statements for their operands, and the indices of
	// these where they are not consecutive.
	jac []float64
	idx []uint32

	hooks []hook // of statements that go back by themselves, in their order

	epoch uint64 // counts recordings
	dbg   debugInfo
}

// A record is one operation: the partial derivatives of its result for two
// operands and their indices. It holds no pointer, so that the garbage
// collector never looks at a tape. If y is elsewhere or more, it is a fused
// statement; see block.
type record struct {
	jx, jy float64
	x, y   uint32
}

// A hook takes the adjoints of the records from at on, its results, back to
// what they depend on. It may record, sweep and rewind on the same tape.
type hook struct {
	at   int
	back func()
}

// The identity of a variable tells, in one test against the dead bits of a
// tape, that it belongs there:
//
//	bits 0 to 30   index of its record
//	bit  31        set if the tape is too large
//	bits 32 to 41  one bit for its stretch of the recording
//	bits 42 to 63  the code of the recording
//
// Marks and rewinds begin new stretches; a rewind makes the bits of those that
// it took back dead. Every code has the same number of bits, so that each
// other one has a bit which is dead in this recording. Recordings of one tape
// go through all 705,432 codes in turn, and tapes start at a random one. The
// identity of a constant is 0, which is at home everywhere.
const (
	indexBits   = 31
	limitBit    = 1 << indexBits
	stretchBit  = 32
	stretches   = 10
	codeBit     = stretchBit + stretches
	codeLen     = 64 - codeBit
	stretchMask = (1<<stretches - 1) << stretchBit
)

// init makes the record of constants and begins the first recording.
func (t *Tape) init() {
	if len(t.rec) > 0 {
		return
	}
	t.rec = append(t.rec, record{})
	code := uint64(0)
	for bits.OnesCount64(code) != codeLen/2 {
		code = rand.Uint64() >> codeBit
	}
	t.record(code)
}

// record begins a recording.
func (t *Tape) record(code uint64) {
	t.cut(1, 0, 0, 0)
	clear(t.bar)
	t.home = code<<codeBit | 1<<stretchBit
	t.base = t.home - 1
	t.dead = ^(t.home | limitBit - 1)
	t.epoch++
}

// cut takes back all records from the n-th on, with their operands and hooks.
func (t *Tape) cut(n, jac, idx, hooks int) {
	t.rec = t.rec[:n]
	t.jac = t.jac[:jac]
	t.idx = t.idx[:idx]
	clear(t.hooks[hooks:])
	t.hooks = t.hooks[:hooks]
	t.bar = t.bar[:min(n, len(t.bar))]
}

// Reset starts a new recording on t and keeps its memory. Variables of earlier
// recordings must not be used any more.
func (t *Tape) Reset() {
	if len(t.rec) == 0 {
		t.init()
		return
	}
	// The next number with as many bits (HAKMEM 175), or the first one.
	code := t.home >> codeBit
	low := code & -code
	next := code + low
	code = next | (code^next)/low>>2
	if code>>codeLen != 0 {
		code = 1<<(codeLen/2) - 1
	}
	t.record(code)
}

// begin starts a new stretch of the recording, under a bit that was not in use
// for as long as possible. If all are, with as many stretches on the tape, the
// present one goes on, and a variable of it that a rewind takes back is not
// found out.
func (t *Tape) begin() {
	last := t.home & stretchMask
	for bit := last; ; {
		if bit <<= 1; bit&stretchMask == 0 {
			bit = 1 << stretchBit
		}
		if bit == last {
			t.dead &^= last
			return
		}
		if t.dead&bit != 0 {
			t.home ^= last | bit
			t.base = t.home - 1
			t.dead &^= bit
			return
		}
	}
}

// Reserve makes room for n records, operations and variables together, so that
// recording them does not allocate.
func (t *Tape) Reserve(n int) {
	if n < 0 {
		fail("Tape.Reserve: n = %d is negative", n)
	}
	t.init()
	if n++; cap(t.rec) < n {
		t.rec = append(make([]record, 0, n), t.rec...)
	}
	if cap(t.bar) < n {
		t.bar = append(make([]float64, 0, n), t.bar...)
	}
}

// Len returns the number of records on t, variables and operations.
func (t *Tape) Len() int { return max(len(t.rec)-1, 0) }

// Bytes returns the memory that t holds on to.
func (t *Tape) Bytes() int {
	return 24*cap(t.rec) + 8*cap(t.bar) + 4*cap(t.idx) + 8*cap(t.jac) + 16*cap(t.hooks)
}

// Var records a variable of value x.
func (t *Tape) Var(x float64) Var {
	t.init()
	return t.push(x, 0, 0, 0, 0)
}

// Vars records variables with the values x in dst and returns it. A nil dst is
// allocated. It panics with an [Error] if the lengths differ.
func (t *Tape) Vars(dst []Var, x []float64) []Var {
	if dst == nil {
		dst = make([]Var, len(x))
	}
	checkLen("Tape.Vars", "dst", len(dst), "x", len(x))
	t.init()
	if debugging {
		for i, v := range x {
			dst[i] = t.push(v, 0, 0, 0, 0)
		}
		return dst
	}
	n := len(t.rec)
	t.rec = slices.Grow(t.rec, len(x))[:n+len(x)]
	clear(t.rec[n:])
	id := t.home + uint64(n)
	for i, v := range x {
		dst[i] = Var{v, t, id + uint64(i)}
	}
	return dst
}

// push appends a record.
func (t *Tape) push(v, jx, jy float64, x, y uint32) Var {
	t.rec = append(t.rec, record{jx, jy, x, y})
	if debugging {
		t.note(v)
	}
	return Var{v, t, t.base + uint64(len(t.rec))}
}

// A Mark is a position on a tape to come back to.
type Mark struct {
	t                  *Tape
	n, jac, idx, hooks int // what was on the tape before
	dead               uint64
	epoch              uint64
}

// Mark returns the present position of t.
func (t *Tape) Mark() Mark {
	t.init()
	m := Mark{t, len(t.rec), len(t.jac), len(t.idx), len(t.hooks), t.dead, t.epoch}
	t.begin()
	return m
}

// Rewind takes back all that was recorded since m. Variables from then must
// not be used any more; those from before stay valid. It panics with an
// [Error] if m is of another tape or recording, or was itself taken back.
func (t *Tape) Rewind(m Mark) {
	t.checkMark("Tape.Rewind", m)
	t.cut(m.n, m.jac, m.idx, m.hooks)
	t.dead = m.dead
	t.begin()
}

func (t *Tape) checkMark(name string, m Mark) {
	switch {
	case m.t != t:
		fail("%s: the mark is of another tape", name)
	case m.epoch != t.epoch:
		fail("%s: the mark is of an earlier recording", name)
	case m.n > len(t.rec) || t.dead&^m.dead != 0:
		fail("%s: the mark has been taken back", name)
	}
}
