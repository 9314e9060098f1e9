package reverse_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph/formats/dot"
	"gonum.org/v1/gonum/graph/formats/dot/ast"
)

func TestWriteDot(t *testing.T) {
	var tape reverse.Tape
	var empty bytes.Buffer
	if err := tape.WriteDot(&empty); err != nil || empty.String() != "digraph tape {\n\tnode [shape=box];\n}\n" {
		t.Errorf("unused tape: %v, %q", err, empty.String())
	}
	tape.Backward(sample(&tape))
	tape.Vars(nil, []float64{math.Inf(-1)})[0].Sqrt()
	reverse.Checkpoint(func(x []reverse.Var) []reverse.Var { return nil })([]reverse.Var{tape.Var(1)})
	var a, b bytes.Buffer
	if err := errors.Join(tape.WriteDot(&a), tape.WriteDot(&b)); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("not deterministic")
	}
	file, err := dot.ParseBytes(a.Bytes())
	if err != nil {
		t.Fatalf("%v in\n%s", err, a.String())
	}
	nodes, edges := 0, 0
	for _, s := range file.Graphs[0].Stmts {
		switch s.(type) {
		case *ast.NodeStmt:
			nodes++
		case *ast.EdgeStmt:
			edges++
		}
	}
	if nodes != 13+2 || edges != 9+2*2+2+1+1+1 {
		t.Errorf("%d nodes and %d edges in\n%s", nodes, edges, a.String())
	}
	if debugEnabled {
		for _, want := range []string{
			`n6 [label="6 Mul\nvalue 84\nadjoint 2", tooltip="`,
			`n4 [label="4 Dot\nvalue 14\nadjoint 12", peripheries=2, tooltip="`,
			`n11 [label="11 Var\nvalue -Inf", shape=ellipse, tooltip="`,
			`stats_test.go:`,
		} {
			if !strings.Contains(a.String(), want) {
				t.Errorf("no %s in\n%s", want, a.String())
			}
		}
		return
	}
	const want = `
digraph tape {
	node [shape=box];
	n1 [label="1\nadjoint 225.4", shape=ellipse];
	n2 [label="2\nadjoint 76", shape=ellipse];
	n3 [label="3\nadjoint 100", shape=ellipse];
	n4 [label="4\nadjoint 12", peripheries=2];
	n1 -> n4 [label="1"];
	n2 -> n4 [label="2"];
	n3 -> n4 [label="3"];
	n1 -> n4 [label="1"];
	n2 -> n4 [label="2"];
	n3 -> n4 [label="3"];
	n5 [label="5\nadjoint 28", peripheries=2];
	n1 -> n5 [label="1"];
	n2 -> n5 [label="1"];
	n3 -> n5 [label="1"];
	n6 [label="6\nadjoint 2"];
	n4 -> n6 [label="6"];
	n5 -> n6 [label="14"];
	n7 [label="7\nadjoint 2"];
	n6 -> n7 [label="1"];
	n1 -> n7 [label="84"];
	h0 [label="hook 0", shape=diamond];
	h0 -> n8 [style=dashed];
	n8 [label="8\nadjoint 0", shape=ellipse];
	n9 [label="9\nadjoint 2"];
	n7 -> n9 [label="1"];
	n8 -> n9 [label="1"];
	n10 [label="10\nadjoint 1"];
	n9 -> n10 [label="2"];
	n11 [label="11", shape=ellipse];
	n12 [label="12"];
	n11 -> n12 [label="NaN"];
	n13 [label="13", shape=ellipse];
	h1 [label="hook 1", shape=diamond];
}
`
	if d := cmp.Diff(strings.TrimPrefix(want, "\n"), a.String()); d != "" {
		t.Error(d)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriteDotErrors(t *testing.T) {
	var tape reverse.Tape
	if err := tape.WriteDot(failingWriter{}); err == nil || err.Error() != "full" {
		t.Errorf("failing writer: %v", err)
	}
	tape.Vars(nil, make([]float64, 10_000))
	var b bytes.Buffer
	if err := tape.WriteDot(&b); err != nil {
		t.Error(err)
	}
	b.Reset()
	tape.Var(1)
	const want = "reverse: Tape.WriteDot: 10001 records, want at most 10000"
	if err := tape.WriteDot(&b); err == nil || err.Error() != want || b.Len() > 0 {
		t.Errorf("%v, want %s", err, want)
	}
}
