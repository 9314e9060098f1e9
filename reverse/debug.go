package reverse

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// debugInfo is what a tape knows besides its records in a build with the tag
// tapedebug. In others it stays empty, and no code looks at it.
type debugInfo struct {
	notes  []note // of the records; those beyond the end of the tape are stale
	sites  []site
	index  map[site]uint32  // where a site is in sites
	stacks map[stack]uint32 // to which site a stack leads, if that is seen

	// The first findings of the recording with this number.
	epoch          uint64
	value, adjoint *NonFiniteError

	single bool // the sweep is at a single record, which is looked after
}

// A note is the value of a record and its place among the sites.
type note struct {
	v    float64
	site uint32
}

// A site is an operation in the source of a program.
type site struct {
	op, file string
	line     int
}

// A stack is the innermost part of one.
type stack [8]uintptr

// A NonFiniteError says where a value or an adjoint became infinite or NaN.
type NonFiniteError struct {
	What  string  // "value" or "adjoint"
	Value float64 // what it became
	Of    int     // the record that has it, from 1
	Index int     // the record of the operation which made it, Of for a value
	Op    string  // this operation, such as "Log"
	File  string  // where it was called
	Line  int
}

// Error returns a text like
//
//	reverse: value of Log became -Inf at model.go:42 (record 17)
//	reverse: adjoint of record 16 became +Inf through Sqrt at model.go:42 (record 17)
func (e *NonFiniteError) Error() string {
	what := e.What + " of " + e.Op
	through := ""
	if e.Of != e.Index {
		what = fmt.Sprintf("%s of record %d", e.What, e.Of)
		through = " through " + e.Op
	}
	s := fmt.Sprintf("reverse: %s became %v%s", what, e.Value, through)
	if e.File == "" {
		return s
	}
	return fmt.Sprintf("%s at %s:%d (record %d)", s, filepath.Base(e.File), e.Line, e.Index)
}

var errNoDebug = errors.New("reverse: only a build with -tags tapedebug finds where values become infinite or NaN")

// FirstNonFinite tells where in the present recording the numbers first ceased
// to be finite. It returns nil if all are finite; otherwise the error has in
// its tree, for [errors.As], at most two of type *[NonFiniteError]: for the
// first value, of an operation or variable, and then for the first adjoint. A
// finding stays until the next Reset, even if a rewind takes its record back.
// The sweeps of [Jacobian] are not looked at, except where there are
// checkpoints.
//
// It needs a build with the tag tapedebug, in which an operation takes some
// microseconds. Without it, the error is another one that says so.
func (t *Tape) FirstNonFinite() error {
	if !debugging {
		return errNoDebug
	}
	t.init()
	d := t.findings()
	var errs []error
	for _, e := range []*NonFiniteError{d.value, d.adjoint} {
		if e != nil {
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}

// Diagnose computes the gradient of f at x on a tape of its own and returns
// what [Tape.FirstNonFinite] finds there: nil if all is finite. It needs a
// build with the tag tapedebug, and returns an error that says so in others.
func Diagnose(f func([]Var) Var, x []float64) error {
	checkFunc("Diagnose", f == nil)
	if !debugging {
		return errNoDebug
	}
	var t Tape
	y := f(t.Vars(nil, x))
	t.Backward(y)
	if y.t == nil && !finite(y.v) {
		// A constant is not on the tape.
		return errors.Join(&NonFiniteError{What: "value", Value: y.v, Op: "a constant"}, t.FirstNonFinite())
	}
	return t.FirstNonFinite()
}

func finite(v float64) bool { return v-v == 0 }

// findings returns t.dbg without what it has from earlier recordings.
func (t *Tape) findings() *debugInfo {
	d := &t.dbg
	if d.epoch != t.epoch {
		d.epoch, d.value, d.adjoint = t.epoch, nil, nil
	}
	return d
}

// note makes the note of the last record, which has the value v. It replaces
// those of records that were taken back.
func (t *Tape) note(v float64) {
	d := t.findings()
	i := len(t.rec) - 1
	if len(d.notes) == 0 {
		d.notes = append(d.notes, note{}) // constants
	}
	d.notes = append(d.notes[:i], note{v, d.site()})
	// Operands come before: if this is the first one, theirs are finite.
	if d.value == nil && !finite(v) {
		d.value = t.finding("value", v, i, i)
	}
}

// watch is sweepRange, one record after the other, that looks at the adjoints.
func (t *Tape) watch(lo, hi int) {
	d := t.findings()
	d.single = true
	defer func() { d.single = false }()
	for i := hi - 1; i >= lo; i-- {
		if w := t.bar[i]; d.adjoint == nil && !finite(w) {
			d.adjoint = t.finding("adjoint", w, i, i) // by the seed
		}
		t.sweepRange(i, i+1)
		if d.adjoint != nil || t.bar[i] == 0 {
			continue
		}
		// All were finite before, except perhaps that of constants.
		for k := range t.edges(i) {
			if w := t.bar[k]; k != 0 && !finite(w) {
				d.adjoint = t.finding("adjoint", w, k, i)
				break
			}
		}
	}
}

// finding says that record of got v in record i.
func (t *Tape) finding(what string, v float64, of, i int) *NonFiniteError {
	s := t.site(i)
	return &NonFiniteError{What: what, Value: v, Of: of, Index: i, Op: s.op, File: s.file, Line: s.line}
}

// site returns where record i was made.
func (t *Tape) site(i int) site { return t.dbg.sites[t.dbg.notes[i].site] }

// site returns the number of the site from which the present operation comes.
func (d *debugInfo) site() uint32 {
	var near stack
	skip := 3 // the caller of note
	n := runtime.Callers(skip, near[:])
	if k, ok := d.stacks[near]; ok {
		return k
	}
	var s site
	found := s.find(near[:n])
	for far := near; !found && n == len(far); {
		skip += n
		n = runtime.Callers(skip, far[:])
		if s.find(far[:n]) {
			return d.number(s)
		}
	}
	k := d.number(s)
	d.stacks[near] = k
	return k
}

// number returns the number of s.
func (d *debugInfo) number(s site) uint32 {
	if d.index == nil {
		d.index = make(map[site]uint32)
		d.stacks = make(map[stack]uint32)
	}
	k, ok := d.index[s]
	if !ok {
		k = uint32(len(d.sites))
		d.sites = append(d.sites, s)
		d.index[s] = k
	}
	return k
}

const (
	inReverse = "github.com/dualjet/dualjet/reverse."
	inDual    = "github.com/dualjet/dualjet/dual."
)

// find looks in a part of a stack, from the inside, for the operation that is
// going on, the innermost exported function of this package, and for the line
// outside of this package and dual from which it was called. It reports whether
// it came to this line.
func (s *site) find(pcs []uintptr) bool {
	frames := runtime.CallersFrames(pcs)
	for more := len(pcs) > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		name, inside := strings.CutPrefix(f.Function, inReverse)
		switch {
		case inside && s.op == "":
			s.op = operation(name)
		case !inside && !strings.HasPrefix(f.Function, inDual):
			s.file, s.line = f.File, f.Line
			return true
		}
	}
	return false
}

// operation returns the name of the operation that a function of this package
// is, or "". It knows Var.Mul, (*Var).FuseDot, (*Tape).Vars and
// Checkpoint.func1.
func operation(function string) string {
	for _, receiver := range []string{"Var.", "(*Var).", "(*Tape)."} {
		if name, ok := strings.CutPrefix(function, receiver); ok {
			function = name
			break
		}
	}
	name, _, _ := strings.Cut(function, ".")
	switch {
	case name < "A" || name >= "[":
		return "" // not exported
	case name == "Vars":
		return "Var"
	}
	return strings.TrimPrefix(name, "Fuse")
}
