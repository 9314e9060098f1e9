package reverse_test

import (
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"github.com/google/go-cmp/cmp"
)

// sample records some of everything.
func sample(tape *reverse.Tape) reverse.Var {
	x := tape.Vars(nil, []float64{1, 2, 3})
	y := dual.Dot(x, x).Mul(dual.Sum(x)).Mul(x[0])
	z := reverse.Checkpoint(func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Exp()} })(x)
	return y.Add(z[0]).Scale(2)
}

func TestStats(t *testing.T) {
	var tape reverse.Tape
	if got := tape.Stats(); got.Records != 0 || got.Operands != 0 || got.Hooks != 0 || len(got.Ops) != 0 {
		t.Errorf("unused tape: %+v", got)
	}
	for round := range 2 {
		tape.Reset()
		m := tape.Mark()
		sample(&tape)
		sample(&tape)
		tape.Rewind(m)
		y := sample(&tape)
		want := reverse.Stats{
			Records: 10, Variables: 4, Fused: 2, Operands: 9, Hooks: 1,
			Used: 24*11 + 8*9 + 16, // all operands are consecutive
			Held: tape.Bytes(),
		}
		if debugEnabled {
			want.Ops = []reverse.OpCount{{"Var", 3}, {"Mul", 2}, {"Add", 1}, {"Checkpoint", 1}, {"Dot", 1}, {"Scale", 1}, {"Sum", 1}}
		}
		if round > 0 {
			want.Used += 8 // the adjoint of constants stays
		}
		if d := cmp.Diff(want, tape.Stats()); d != "" {
			t.Error(d)
		}
		tape.Backward(y)
		want.Used += 8 * (11 - round)
		if got := tape.Stats(); got.Used != want.Used || got.Held < got.Used {
			t.Errorf("after the sweep: %d bytes of %d used, want %d", got.Used, got.Held, want.Used)
		}
	}
}

func TestStatsString(t *testing.T) {
	got := reverse.Stats{
		Records: 12, Variables: 4, Fused: 2, Operands: 9, Hooks: 1, Used: 500, Held: 1000,
		Ops: []reverse.OpCount{{"Mul", 5}},
	}.String()
	const want = `
records                12
variables               4
fused                   2
operands                9
hooks                   1
bytes used            500
bytes held           1000
Mul                     5
`
	if d := cmp.Diff(strings.TrimPrefix(want, "\n"), got); d != "" {
		t.Error(d)
	}
}
