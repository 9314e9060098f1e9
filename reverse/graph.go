package reverse

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"
)

// maxDot is how many records WriteDot takes. No layout is of use for more.
const maxDot = 10_000

// edges yields the operands of record i with the derivatives for them, also
// those that are 0. Constants have the index 0.
func (t *Tape) edges(i int) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		r := &t.rec[i]
		if r.y < elsewhere {
			_ = yield(int(r.x), r.jx) && yield(int(r.y), r.jy)
			return
		}
		for _, b := range t.blocks(r) {
			for k, j := range b.jac {
				if !yield(int(b.at(k)), j) {
					return
				}
			}
		}
	}
}

// WriteDot writes the recording as a graph for Graphviz. Arrows lead from
// operands to results and carry the partial derivatives; constants are left
// out. Variables are ellipses, operations boxes, and fused statements boxes
// with a double frame. A diamond stands for a call of a [Checkpoint] function
// or [Steps], with a dashed arrow to the first record after it. Adjoints are
// shown if there was a sweep; a build with the tag tapedebug adds the names of
// the operations, their values and, as tooltips, the lines that they come from.
//
// It returns an error, and writes nothing, if there are more than 10,000
// records. Other errors are those of w.
func (t *Tape) WriteDot(w io.Writer) error {
	if t.Len() > maxDot {
		return fmt.Errorf("reverse: Tape.WriteDot: %d records, want at most %d", t.Len(), maxDot)
	}
	t.init()
	var b bytes.Buffer
	b.WriteString("digraph tape {\n\tnode [shape=box];\n")
	hooks := t.hooks
	for i := range t.rec {
		if i == 0 {
			continue // constants
		}
		for len(hooks) > 0 && hooks[0].at <= i {
			k := len(t.hooks) - len(hooks)
			writeHook(&b, k)
			fmt.Fprintf(&b, "\th%d -> n%d [style=dashed];\n", k, i)
			hooks = hooks[1:]
		}
		fmt.Fprintf(&b, "\tn%d [label=%s%s];\n", i, quote(t.label(i)), t.style(i))
		for x, j := range t.edges(i) {
			if x != 0 {
				fmt.Fprintf(&b, "\tn%d -> n%d [label=\"%.4g\"];\n", x, i, j)
			}
		}
	}
	for k := range hooks { // of calls whose results are all constant
		writeHook(&b, len(t.hooks)-len(hooks)+k)
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

func writeHook(b *bytes.Buffer, k int) {
	fmt.Fprintf(b, "\th%d [label=\"hook %d\", shape=diamond];\n", k, k)
}

// label returns what is known of record i.
func (t *Tape) label(i int) string {
	s := fmt.Sprint(i)
	if debugging {
		s += fmt.Sprintf(" %s\nvalue %.4g", t.site(i).op, t.dbg.notes[i].v)
	}
	if i < len(t.bar) {
		s += fmt.Sprintf("\nadjoint %.4g", t.bar[i])
	}
	return s
}

// style returns the further attributes of record i.
func (t *Tape) style(i int) string {
	s := ""
	switch r := &t.rec[i]; {
	case r.isVariable():
		s = ", shape=ellipse"
	case r.y >= elsewhere:
		s = ", peripheries=2"
	}
	if debugging {
		at := t.site(i)
		s += ", tooltip=" + quote(fmt.Sprintf("%s:%d", at.file, at.line))
	}
	return s
}

// quote returns s as a string in the language of Graphviz.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
