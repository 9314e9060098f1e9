package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dualjet/dualjet/internal/progress"
)

// command runs the command and returns its status and output.
func command(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(ctx, args, &out, &err)
	return status, out.String(), err.String()
}

func TestArguments(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("no markers\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{"-problem nothing", `-problem "nothing" matches none; -list shows all`},
		{"-problem rosenbrock,gmm-x*", `-problem "gmm-x*" matches none`},
		{"-problem [", `-problem "[": syntax error in pattern`},
		{"-problem lstm,", `-problem "" matches none`},
		{"-mode backwards", `-mode "backwards" matches none`},
		{"-sweep rosenbrock", `-sweep "rosenbrock" matches none`},
		{"-suite everything", `-suite "everything": want targets`},
		{"-suite targets -claim dual/*", `-claim "dual/*" matches none`},
		{"-claim reverse/*", "-claim is for -suite targets"},
		{"-n -3", "-n -3: rosenbrock has 2 to 1000000 variables"},
		{"-problem det -n 10", "-n 10: det has 1 to 9 rows"},
		{"-n x", "invalid value"},
		{"-sweep all -n 5", "-n is for problems"},
		{"-suite targets -mode gradient/*", "-mode is for problems"},
		{"-time 0s", "-time 0s is not in"},
		{"-time 2h", "-time 2h0m0s is not in"},
		{"-limit -1s", "-limit -1s is not positive"},
		{"-check -sweep all", "-check is for problems"},
		{"-check -suite targets", "-check is for problems"},
		{"-check -json x.json", "-check measures nothing for -json"},
		{"-plot " + dir, "-plot draws the sweeps"},
		{"-sweep order -plot " + filepath.Join(dir, "none"), "-plot: "},
		{"-sweep order -plot " + file, "-plot: " + file + " is not a directory"},
		{"-sweep order -plot " + dir + " -format gif", `-format "gif" matches none`},
		{"-sweep order -format=", "-format is empty"},
		{"-json " + filepath.Join(dir, "none", "x.json"), "-json: "},
		{"-md " + filepath.Join(file, "x.md"), "-md: "},
		{"-modes " + filepath.Join(dir, "none.md"), "-modes: "},
		{"-modes " + file, "-modes: " + file + `: want the line "<!-- bench: shapes -->" once`},
		{"rosenbrock", `unexpected argument "rosenbrock"`},
		{"-wrong", "flag provided but not defined: -wrong"},
	} {
		status, stdout, stderr := command(t.Context(), strings.Fields(c.args)...)
		if status != 2 || stdout != "" || !strings.HasPrefix(stderr, "bench: ") || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%s: status %d, output %q, error %q, want %q", c.args, status, stdout, stderr, c.want)
		}
	}
}

func TestHelpAndList(t *testing.T) {
	status, stdout, stderr := command(t.Context(), "-h")
	if status != 0 || !strings.Contains(stdout, "-problem list") || stderr != "" {
		t.Errorf("-h: status %d, output %q, error %q", status, stdout, stderr)
	}
	status, stdout, stderr = command(t.Context(), "-list")
	if status != 0 || stderr != "" {
		t.Errorf("-list: status %d, error %q", status, stderr)
	}
	var names []string
	for _, p := range registry() {
		names = append(names, p.name)
	}
	for _, m := range modes() {
		names = append(names, m.full())
	}
	for _, s := range sweeps() {
		names = append(names, s.name)
	}
	for _, c := range claims() {
		names = append(names, c.name)
	}
	for _, name := range names {
		if !strings.Contains(stdout, "  "+name+" ") {
			t.Errorf("-list has no %s", name)
		}
	}
}

func TestCheckCommand(t *testing.T) {
	status, stdout, stderr := command(t.Context(), "-check", "-problem", "rosenbrock,ba", "-mode", "gradient/*")
	if status != 0 || stderr != "" || !strings.Contains(stdout, "rosenbrock       4 variables: 9 modes agree") || !strings.Contains(stdout, "ba ") {
		t.Errorf("status %d, output %q, error %q", status, stdout, stderr)
	}
	status, stdout, _ = command(t.Context(), "-check", "-v", "-problem", "band", "-n", "12", "-mode", "sparse,terms")
	if status != 0 || !strings.Contains(stdout, "band             12 variables: 1 modes") ||
		!strings.Contains(stdout, "gradient/terms                     -  the problem is not split into terms") {
		t.Errorf("status %d, output %q", status, stdout)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if status, _, stderr = command(ctx, "-check"); status != 1 || stderr != "bench: interrupted after 0 modes\n" {
		t.Errorf("interrupted: status %d, error %q", status, stderr)
	}
}

func readReport(t *testing.T, name string) (r report) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMeasure checks what a measurement prints and writes.
func TestMeasure(t *testing.T) {
	dir := t.TempDir()
	file, md := filepath.Join(dir, "r.json"), filepath.Join(dir, "r.md")
	args := []string{"-problem", "rosenbrock,ba", "-n", "5", "-mode", "forward3,generic,terms,sparse", "-time", "1ms", "-json", file, "-md", md}
	status, stdout, stderr := command(t.Context(), args...)
	if status != 0 || stderr != "" {
		t.Fatalf("status %d, error %q", status, stderr)
	}
	for _, want := range []string{
		"\nrosenbrock: chained, tridiagonal Hessian\n5 variables, f: R⁵ → R, ", ", 32 operations\n",
		"\n1 observations, f: R¹⁵ → R², ", "  gradient/terms                     -\n", " timed\n", " before\n",
		"wrote " + file + "\n", "wrote " + md + "\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	_, stdout, _ = command(t.Context(), append(args, "-v")...)
	if want := "  gradient/terms                     -  the problem is not split into terms\n"; !strings.Contains(stdout, want) {
		t.Errorf("no %q in\n%s", want, stdout)
	}
	r := readReport(t, file)
	if len(r.Results) != 8 || r.Interrupted || r.Machine != thisMachine() {
		t.Fatalf("%d results, interrupted %v, on %v", len(r.Results), r.Interrupted, r.Machine)
	}
	for _, x := range r.Results {
		if (x.Ratio == nil) != (x.Reason != "") {
			t.Errorf("%s %s: ratio %v, reason %q", x.Problem, x.Mode, x.Ratio, x.Reason)
		}
		if x.Ratio != nil && (!(x.Ratio.Q1 <= x.Ratio.Median) || !(x.Ratio.Median <= x.Ratio.Q3) || x.Ratio.Q1 <= 0 || x.Ratio.N < 3 ||
			!(x.NS.Median > 0) || !(x.PlainNS > 0) || x.Variables == 0 || x.Size == 0) {
			t.Errorf("%s %s: %+v", x.Problem, x.Mode, x)
		}
		if x.Problem == "rosenbrock" && x.Mode == "generic" && (x.Operations != 32 || !(x.NSPerOp > 0) || !(x.BytesPerOp > 30) || x.Allocs > 0) {
			t.Errorf("%+v", x)
		}
	}
	text, err := os.ReadFile(md)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Measured on ", "| problem | f | plain | forward3 | generic |\n", "| rosenbrock | R⁵ → R | ", "| problem | f | plain | sparse |\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestLimit checks that what would last too long is left out, with its reason.
func TestLimit(t *testing.T) {
	status, stdout, _ := command(t.Context(), "-problem", "rosenbrock", "-mode", "hessian/hyper", "-time", "1ms", "-limit", "10us", "-v")
	if status != 0 || !strings.Contains(stdout, "a call would take some") || !strings.Contains(stdout, "-limit is 10µs") {
		t.Errorf("status %d, output\n%s", status, stdout)
	}
}

// countdown is a context that ends when it has been asked often enough, as if
// somebody had pressed Ctrl-C then.
type countdown struct {
	context.Context
	left *atomic.Int64
}

func (c countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestInterrupt checks that an interrupt keeps what was measured before.
func TestInterrupt(t *testing.T) {
	for _, args := range [][]string{
		{"-problem", "rosenbrock", "-n", "4", "-mode", "gradient/*"},
		{"-sweep", "order"},
		{"-suite", "targets", "-claim", "jet/order6,reverse/memory,reverse/ba"},
	} {
		counts := make(map[int]bool)
		for _, k := range []int64{0, 6, 13, 30} {
			left := new(atomic.Int64)
			left.Store(k)
			file := filepath.Join(t.TempDir(), "r.json")
			status, _, stderr := command(countdown{t.Context(), left}, append(args, "-time", "1ns", "-json", file)...)
			if left.Load() >= 0 {
				continue // it was over before
			}
			r := readReport(t, file)
			n := len(r.Claims)
			for _, x := range r.Results {
				if x.Ratio != nil {
					n++
				}
			}
			for _, s := range r.Sweeps {
				for _, s := range s.Series {
					n += len(s.Points)
				}
			}
			if status != 1 || !r.Interrupted || !strings.HasPrefix(stderr, "bench: interrupted after ") {
				t.Errorf("%v after %d: status %d, error %q, report interrupted %v", args, k, status, stderr, r.Interrupted)
			}
			counts[n] = true
		}
		if !counts[0] || len(counts) < 2 {
			t.Errorf("%v: interrupts kept %v measurements", args, counts)
		}
	}
}

func TestTargets(t *testing.T) {
	status, stdout, stderr := command(t.Context(), "-suite", "targets", "-claim", "reverse/memory,reverse/gmm-terms-tape")
	if status != 0 || stderr != "" || strings.Count(stdout, " met ") != 2 || strings.Contains(stdout, "MISSED") {
		t.Errorf("status %d, error %q, output\n%s", status, stderr, stdout)
	}
	for _, c := range []struct {
		target   float64
		least    bool
		measured float64
		met      bool
		bound    string
	}{
		{5, false, 5, true, "≤ 5"}, {5, false, 5.1, false, "≤ 5"}, {5, true, 5, true, "≥ 5"}, {5, true, 4.9, false, "≥ 5"}, {0, false, 1e9, true, "-"},
	} {
		x := claim{name: "a/b", target: c.target, least: c.least, measure: func(*meter) (spread, error) { return once(c.measured), nil }}
		r, err := x.run(nil)
		if err != nil || r.Met != c.met || r.bound() != c.bound || r.Command != "go run ./bench -suite targets -claim a/b" {
			t.Errorf("%+v: %+v", c, r)
		}
		if r.verdict() == "MISSED" == c.met {
			t.Errorf("%+v: %s", c, r.verdict())
		}
	}
	// A target that is missed is told by the status.
	var out, text bytes.Buffer
	b := &bench{out: &out, progress: progress.New(&text), meter: &meter{ctx: t.Context()}}
	b.claims = []claim{{name: "a/b", unit: "s", target: 1, measure: func(*meter) (spread, error) { return once(2), nil }}}
	if err := b.measure(); err == nil || err.Error() != "1 of 1 targets are missed" || !strings.Contains(out.String(), "MISSED") {
		t.Errorf("error %v, output %q", err, out.String())
	}
}

// TestRoundTrip checks that a report comes back from its file.
func TestRoundTrip(t *testing.T) {
	s := spread{2, 1, 3, 5}
	want := report{
		Machine: thisMachine(), Interrupted: true,
		Results: []result{
			{Problem: "p", Size: 3, Unit: "rows", Variables: 9, Outputs: 1, Kind: gradient, Mode: "m", Recording: inside, Ratio: &s, NS: &s,
				PlainNS: 7, Operations: 4, NSPerOp: 1.5, BytesPerOp: 32, Allocs: 1, AllocBytes: 64},
			{Problem: "p", Kind: hessianH, Mode: "n", Recording: noTape, Reason: "not for it"},
		},
		Sweeps: []sweepResult{{"s", "t", "x", []series{{"a", []point{{1, s, 10}, {2, s, 20}}}, {Name: "b"}}, []crossing{{"a", "b", 1.5, true}}}},
		Claims: []claimResult{{"c", "w", "u", 1, true, s, true, "go"}},
	}
	data, err := want.json()
	if err != nil {
		t.Fatal(err)
	}
	var got report
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
