package reverse

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Stats says what is on a tape.
type Stats struct {
	Records   int // all of them, as [Tape.Len]
	Variables int // records that are variables, also those of checkpoints
	Fused     int // records that are fused statements, as of dual.Dot
	Operands  int // of the fused statements, together
	Hooks     int // calls of [Checkpoint] functions and [Steps]
	Used      int // bytes that the recording and its adjoints take
	Held      int // bytes that the tape holds on to, as [Tape.Bytes]

	// Ops counts the records by operation, the most frequent first, in a build
	// with the tag tapedebug. In others it is nil.
	Ops []OpCount
}

// OpCount is how many records an operation has made.
type OpCount struct {
	Op    string // such as "Mul"
	Count int
}

// Stats returns what is on t. The bytes are without those that checkpoints keep
// for themselves and those of the tag tapedebug.
func (t *Tape) Stats() Stats {
	t.init()
	s := Stats{
		Records: t.Len(),
		Hooks:   len(t.hooks),
		Used:    24*len(t.rec) + 8*len(t.bar) + 4*len(t.idx) + 8*len(t.jac) + 16*len(t.hooks),
		Held:    t.Bytes(),
	}
	for i := range t.rec[1:] {
		switch r := &t.rec[i+1]; {
		case r.isVariable():
			s.Variables++
		case r.y >= elsewhere:
			s.Fused++
			for _, b := range t.blocks(r) {
				s.Operands += len(b.jac)
			}
		}
	}
	if debugging {
		s.Ops = t.countOps()
	}
	return s
}

// isVariable reports whether r has no operands. Constants alone are not
// recorded.
func (r *record) isVariable() bool { return r.x == 0 && r.y == 0 }

func (t *Tape) countOps() []OpCount {
	count := make(map[string]int)
	for i := range t.rec[1:] {
		count[t.site(i+1).op]++
	}
	ops := make([]OpCount, 0, len(count))
	for op, n := range count {
		ops = append(ops, OpCount{op, n})
	}
	slices.SortFunc(ops, func(a, b OpCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Op, b.Op))
	})
	return ops
}

// String returns a table of s.
func (s Stats) String() string {
	var b strings.Builder
	line := func(name string, n int) { fmt.Fprintf(&b, "%-12s %12d\n", name, n) }
	line("records", s.Records)
	line("variables", s.Variables)
	line("fused", s.Fused)
	line("operands", s.Operands)
	line("hooks", s.Hooks)
	line("bytes used", s.Used)
	line("bytes held", s.Held)
	for _, op := range s.Ops {
		line(op.Op, op.Count)
	}
	return b.String()
}
