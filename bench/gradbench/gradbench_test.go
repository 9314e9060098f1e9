package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/dualjet/dualjet/bench/problems"
)

// talk sends messages and returns the answers.
func talk(t *testing.T, messages ...string) []string {
	t.Helper()
	var w bytes.Buffer
	if err := serve(strings.NewReader(strings.Join(messages, "\n")), "stdin", &w); err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(w.String(), "\n"), "\n")
	if len(answers) != len(messages) {
		t.Fatalf("%d answers to %d messages: %q", len(answers), len(messages), answers)
	}
	return answers
}

// TestConversations replays conversations: each line begins with > for a message or
// < for the answer to expect, numbers within 1e-10.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no conversations", err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var messages, want []string
		for line := range strings.Lines(string(text)) {
			switch line = strings.TrimSpace(line); {
			case strings.HasPrefix(line, ">"):
				messages = append(messages, line[1:])
			case strings.HasPrefix(line, "<"):
				want = append(want, line[1:])
			}
		}
		for i, got := range talk(t, messages...) {
			var m message
			if err := json.Unmarshal([]byte(messages[i]), &m); err != nil {
				t.Fatal(err)
			}
			asked[m.Module+"::"+m.Function] = true
			timed(t, file, []byte(got), m)
			if err := same(decode(t, got), decode(t, want[i])); err != nil {
				t.Errorf("%s, message %d: %v\n got %s\nwant %s", file, i, err, got, want[i])
			}
		}
	}
	for module, functions := range modules() {
		for f := range functions {
			if name := module + "::" + f; !asked[name] && module != "logsumexp" {
				t.Errorf("no conversation asks for %s", name)
			}
		}
	}
}

// timed checks that there is a timing for each run of a success, and none else.
func timed(t *testing.T, file string, answer []byte, m message) {
	var r struct {
		Success *bool
		Output  json.RawMessage
		Timings []struct {
			Name        string
			Nanoseconds *int64
		}
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	runs := 0
	if m.Kind == "evaluate" && *r.Success {
		var input struct {
			Runs int `json:"min_runs"`
		}
		_ = json.Unmarshal(m.Input, &input) // a number, for hello
		runs = max(input.Runs, 1)
	}
	if len(r.Timings) != runs || (r.Output == nil) != (runs == 0) {
		t.Errorf("%s: %d timings, want %d: %s", file, len(r.Timings), runs, answer)
	}
	for _, v := range r.Timings {
		if v.Name != "evaluate" || v.Nanoseconds == nil || *v.Nanoseconds < 0 {
			t.Errorf("%s: timing %+v", file, v)
		}
	}
}

// decode returns an answer without its timings.
func decode(t *testing.T, text string) any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	delete(v, "timings")
	return v
}

// same compares what package json makes of two texts. Numbers agree to 1e-10,
// relative to the larger of the number and a hundredth of the largest in its list.
func same(got, want any) error { return compare(got, want, 0) }

func compare(got, want any, top float64) error {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("got %v, want the fields of %v", got, want)
		}
		for key := range w {
			if err := compare(g[key], w[key], 0); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Errorf("got %v, want %d elements", got, len(w))
		}
		for _, v := range w {
			if x, ok := v.(float64); ok {
				top = max(top, math.Abs(x))
			}
		}
		for i := range w {
			if err := compare(g[i], w[i], top); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return nil
	case float64:
		g, ok := got.(float64)
		if !ok || !(math.Abs(g-w) <= 1e-10*max(math.Abs(w), 0.01*top)) {
			return fmt.Errorf("got %v, want %v", got, want)
		}
		return nil
	}
	if got != want {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	return nil
}

// evaluate asks for a function and compares the output with want.
func evaluate(t *testing.T, module, function string, input, want any) {
	t.Helper()
	text, err := json.Marshal(map[string]any{"id": 7, "kind": "evaluate", "module": module, "function": function, "input": input})
	if err != nil {
		t.Fatal(err)
	}
	answer := decode(t, talk(t, string(text))[0])
	output, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var expect any
	if err := json.Unmarshal(output, &expect); err != nil {
		t.Fatal(err)
	}
	if err := same(answer, map[string]any{"id": 7., "success": true, "output": expect}); err != nil {
		t.Errorf("%s::%s: %.300v", module, function, err)
	}
}

// gmmInput returns an instance as GradBench has it now and had it before.
func gmmInput(g *problems.GMM) (now, before map[string]any) {
	now = map[string]any{"d": g.D, "k": g.K, "n": g.N, "alpha": g.Alphas, "mu": rows(g.Means, g.D), "x": rows(g.X, g.D), "gamma": g.Gamma, "m": g.M}
	before = map[string]any{"d": g.D, "k": g.K, "n": g.N, "alpha": g.Alphas, "means": rows(g.Means, g.D), "x": rows(g.X, g.D), "gamma": g.Gamma, "m": g.M}
	icf := rows(g.ICF, g.D*(g.D+1)/2)
	before["icf"] = icf
	q, l := make([][]float64, g.K), make([][]float64, g.K)
	for k, row := range icf {
		q[k], l[k] = row[:g.D], row[g.D:]
	}
	now["q"], now["l"] = q, l
	return now, before
}

func handInput(h *problems.Hand) map[string]any {
	var names []string
	var parents []int
	var local, inverse [][][]float64
	square := func(m [12]float64) [][]float64 { return append(rows(m[:], 4), []float64{0, 0, 0, 1}) }
	for _, b := range h.Model.Bones {
		names, parents = append(names, b.Name), append(parents, b.Parent)
		local, inverse = append(local, square(b.Local)), append(inverse, square(b.Inverse))
	}
	weights, positions := make([][]float64, len(h.Model.Vertices)), make([][]float64, len(h.Model.Vertices))
	for i, v := range h.Model.Vertices {
		weights[i], positions[i] = make([]float64, len(names)), []float64{0, 0, 0, 1}
		for j, b := range v.Bones {
			c := v.Coef[4*j:][:4]
			weights[i][b] = c[3]
			if c[3] != 0 {
				positions[i] = []float64{c[0] / c[3], c[1] / c[3], c[2] / c[3], 1}
			}
		}
	}
	us := [][]float64{}
	if h.Us != nil {
		us = rows(h.Us, 2)
	}
	return map[string]any{"theta": h.Theta, "us": us, "data": map[string]any{
		"correspondences": h.Index, "points": rows(h.Points, 3), "model": map[string]any{
			"bone_count": len(names), "bone_names": names, "parents": parents, "base_relatives": local,
			"inverse_base_absolutes": inverse, "base_positions": positions, "weights": weights,
			"triangles": h.Model.Triangles, "is_mirrored": false}}}
}

// TestADBench evaluates the files of ADBench and compares with the derivatives by
// hand.
func TestADBench(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "problems", "testdata", "adbench", "*.txt"))
	if err != nil || len(files) != 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			i, err := problems.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			switch p := i.Problem.(type) {
			case *problems.GMM:
				now, before := gmmInput(p)
				grad := p.Gradient(nil, i.X)
				evaluate(t, "gmm", "objective", now, p.Value(i.X))
				evaluate(t, "gmm", "objective", before, p.Value(i.X))
				evaluate(t, "gmm", "jacobian", before, grad)
				// The parts are those of the parameters.
				bar := *p
				k := p.K * (1 + p.D)
				bar.Alphas, bar.Means, bar.ICF = grad[:p.K], grad[p.K:k], grad[k:]
				parts, _ := gmmInput(&bar)
				evaluate(t, "gmm", "jacobian", now, map[string]any{"alpha": parts["alpha"], "mu": parts["mu"], "q": parts["q"], "l": parts["l"]})
			case *problems.BA:
				testBA(t, p)
			case *problems.LSTM:
				input := map[string]any{"main_params": rows(p.Main, 4*p.B), "extra_params": rows(p.Extra, p.B),
					"state": rows(p.State, p.B), "sequence": rows(p.Sequence, p.B)}
				evaluate(t, "lstm", "objective", input, p.Value(i.X))
				evaluate(t, "lstm", "jacobian", input, p.Gradient(nil, i.X))
			case *problems.Hand:
				evaluate(t, "ht", "objective", handInput(p), p.Residuals(nil, i.X))
				evaluate(t, "ht", "jacobian", handInput(p), rows(p.Jacobian(nil, i.X), 26))
				// The complicated problem of the same points.
				c := *p
				r := rand.New(rand.NewPCG(1, 2))
				c.Us = make([]float64, 2*len(c.Index))
				for i := range c.Us {
					c.Us[i] = r.Float64()
				}
				evaluate(t, "ht", "objective", handInput(&c), c.Residuals(nil, c.Params()))
				evaluate(t, "ht", "jacobian", handInput(&c), rows(c.Jacobian(nil, c.Params()), 28))
			default:
				t.Errorf("a problem of type %T", p)
			}
		})
	}
}

// testBA compares the whole matrix, then what is sent of it.
func testBA(t *testing.T, b *problems.BA) {
	input := map[string]any{"n": b.N, "m": b.M, "p": b.P, "cam": b.Camera[:], "x": b.Point[:], "w": b.Weight, "feat": b.Feature[:]}
	p := b.Params()
	res := b.Residuals(nil, p)
	evaluate(t, "ba", "objective", input, map[string]any{
		"reproj_error": map[string]any{"elements": res[:2], "repeated": b.P},
		"w_err":        map[string]any{"element": res[3*b.P-1], "repeated": b.P}})
	jac := b.Jacobian(nil, b.Gather(nil, p, 0))
	nnz, cols := 31*b.P, 11*b.N+3*b.M+b.P
	starts := []int{0}
	for i := range 3 * b.P {
		if i < 2*b.P {
			starts = append(starts, starts[i]+15)
		} else {
			starts = append(starts, starts[i]+1)
		}
	}
	if starts[3*b.P] != nnz {
		t.Fatal("the test counts wrong")
	}
	var first []int
	for range 2 {
		for j := range 11 {
			first = append(first, j)
		}
		first = append(first, 11*b.N, 11*b.N+1, 11*b.N+2, 11*b.N+3*b.M)
	}
	evaluate(t, "ba", "jacobian", input, map[string]any{
		"rows": append(slices.Clone(starts[:min(30, len(starts))]), nnz),
		"cols": append(first, cols-1),
		"vals": append(jac, -2*b.Weight)})
}

// TestBASparse looks at all of a matrix for cameras and points that differ in
// number.
func TestBASparse(t *testing.T) {
	j, err := baJacobian(strings.NewReader(`{"n": 2, "m": 3, "p": 5, "cam": [0.1, 0.2, 0.3, 4, 5, 6, 7, 8, 9, 0.01, 0.02], "x": [1, 2, 3], "w": 0.5, "feat": [1, 2]}`))
	if err != nil {
		t.Fatal(err)
	}
	j.run()
	j.run() // which must not append to what was there
	s := j.output().(*sparse)
	if got := s.Rows[len(s.Rows)-1]; got != 31*5 {
		t.Errorf("%d entries, want %d", got, 31*5)
	}
	if got := s.Cols[len(s.Cols)-1]; got != 2*11+3*3+4 {
		t.Errorf("last column %d", got)
	}
	if want := []int32{0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 151, 152, 153, 154, 155, 155}; !slices.Equal(s.Rows, want) {
		t.Errorf("rows begin at %d, want %d", s.Rows, want)
	}
}

// TestGradients compares the evals that need no data with the derivatives by hand.
func TestGradients(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	normals := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = r.NormFloat64()
		}
		return x
	}
	for n := 1; n <= 6; n++ {
		a := normals(n * n)
		evaluate(t, "det", "primal", map[string]any{"A": a, "ell": n}, problems.Det(a))
		evaluate(t, "det", "gradient", map[string]any{"A": a, "ell": n}, problems.DetGradient(nil, a))
	}
	for _, n := range []int{1, 2, 7} {
		x := normals(n)
		l := &problems.LeastSquares{N: 20, M: n}
		evaluate(t, "llsq", "primal", map[string]any{"x": x, "n": 20}, l.Value(x))
		evaluate(t, "llsq", "gradient", map[string]any{"x": x, "n": 20}, l.Gradient(nil, x))
		for _, name := range []string{"lse", "logsumexp"} {
			evaluate(t, name, "primal", map[string]any{"x": x}, problems.LSE(x))
			evaluate(t, name, "gradient", map[string]any{"x": x}, problems.LSEGradient(nil, x))
		}
		o := problems.ODE{Steps: 9}
		evaluate(t, "ode", "primal", map[string]any{"x": x, "s": 9}, o.Solve(nil, x))
		evaluate(t, "ode", "gradient", map[string]any{"x": x, "s": 9}, o.Gradient(nil, x))
	}
	for _, m := range []*problems.KMeans{problems.NewKMeans(40, 3, 2, 1), problems.NewKMeans(9, 1, 4, 2)} {
		c := m.Params()
		dir, diagonal := m.Gradient(nil, c), m.Diagonal(nil, c)
		for i := range dir {
			dir[i] /= diagonal[i]
		}
		input := map[string]any{"points": rows(m.X, m.D), "centroids": rows(c, m.D)}
		evaluate(t, "kmeans", "cost", input, m.Value(c))
		evaluate(t, "kmeans", "dir", input, rows(dir, m.D))
	}
}

// TestSearches checks where the nested searches end, which is when a step gets
// short: there the derivatives by hand are small.
func TestSearches(t *testing.T) {
	for n := problems.FF; n <= problems.RR; n++ {
		j, err := particle(n)(strings.NewReader(`{"w": 0.5}`))
		if err != nil {
			t.Fatal(err)
		}
		j.run()
		w := j.output().(float64)
		if d := problems.ParticleDerivative(w); !(math.Abs(d) < 0.01) {
			t.Errorf("particle::%v ends at %v, where the derivative is %v", n, w, d)
		}
		if j, err = saddle(n)(strings.NewReader(`{"start": [0.5, -0.25]}`)); err != nil {
			t.Fatal(err)
		}
		j.run()
		for _, v := range j.output().([]float64) {
			if !(math.Abs(v) < 1e-4) {
				t.Errorf("saddle::%v ends at %v", n, j.output())
				break
			}
		}
	}
}

func TestRepeats(t *testing.T) {
	for _, c := range []struct {
		input   string
		runs    int
		seconds float64
		err     string
	}{
		{"1.5", 1, 0, ""},
		{`{"x": 1}`, 1, 0, ""},
		{`{"min_runs": 3, "min_seconds": 0.5}`, 3, 0.5, ""},
		{`{"min_seconds": 2}`, 1, 2, ""},
		{`{"min_runs": 0}`, 0, 0, "min_runs = 0 and min_seconds = 0, want at least 1 and 0"},
		{`{"min_seconds": -1}`, 0, 0, "min_runs = 1 and min_seconds = -1, want"},
		{`{"min_runs": 1.5}`, 0, 0, "json: cannot unmarshal number 1.5"},
	} {
		runs, seconds, err := repeats([]byte(c.input))
		if c.err != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("%s: error %v, want %s", c.input, err, c.err)
			}
		} else if runs != c.runs || seconds != c.seconds || err != nil {
			t.Errorf("%s: %d runs, %v seconds, %v", c.input, runs, seconds, err)
		}
	}
}

// TestMeasure checks that both limits hold.
func TestMeasure(t *testing.T) {
	calls := 0
	f := func() { calls++ }
	if got := measure(f, 5, 0); len(got) != 5 || calls != 5 {
		t.Errorf("%d timings of %d calls, want 5", len(got), calls)
	}
	calls = 0
	got := measure(func() { calls++; time.Sleep(time.Millisecond) }, 2, 0.004)
	var total time.Duration
	for _, d := range got {
		total += d
	}
	if len(got) != calls || len(got) < 2 || total < 4*time.Millisecond {
		t.Errorf("%d timings of %d calls, %v in all", len(got), calls, total)
	}
	if last := total - got[len(got)-1]; len(got) > 2 && last >= 4*time.Millisecond {
		t.Errorf("went on after %v", last)
	}
}

// TestServeErrors gives lines that are no messages: the answers to those before
// are there, and the error names the line.
func TestServeErrors(t *testing.T) {
	const start = `{"id": 0, "kind": "start"}`
	for _, c := range []struct{ line, want string }{
		{"x", "stdin:3: not a message: invalid character 'x'"},
		{`{"id": 1`, "stdin:3: not a message: unexpected end of JSON input"},
		{`[1]`, "stdin:3: not a message: json: cannot unmarshal array"},
		{`{"id": 1, "kind": 2}`, "stdin:3: not a message: json: cannot unmarshal number"},
		{`{"kind": "define"}`, "stdin:3: a message without an id"},
		{`{"id": null, "kind": "define"}`, "stdin:3: a message without an id"},
		{`{"id": 1}`, "stdin:3: a message without a kind"},
		{`{"id": 1, "kind": "start"} {}`, "stdin:3: not a message: invalid character"},
		{"{\"id\": 1, \"kind\": \"evaluate\", \"input\": NaN}", "stdin:3: not a message: invalid character 'N'"},
	} {
		var w bytes.Buffer
		err := serve(strings.NewReader(start+"\r\n\n"+c.line+"\n"+start), "stdin", &w)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s…", c.line, err, c.want)
		}
		if got := w.String(); got != `{"id":0,"tool":"dualjet"}`+"\n" {
			t.Errorf("%s: answers %q", c.line, got)
		}
	}
	broken := errors.New("broken")
	var w bytes.Buffer
	if err := serve(iotest.ErrReader(broken), "stdin", &w); !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the reader", err)
	}
	if err := serve(strings.NewReader(start), "stdin", failing{broken}); !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the writer", err)
	}
	if err := serve(strings.NewReader(""), "stdin", failing{broken}); err != nil {
		t.Errorf("error %v for no messages", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestAnswerEach checks that every answer is there before the next message is read.
func TestAnswerEach(t *testing.T) {
	var w bytes.Buffer
	n := 0
	r := readFunc(func(p []byte) (int, error) {
		if got := strings.Count(w.String(), "\n"); got != n {
			return 0, fmt.Errorf("%d answers to %d messages", got, n)
		}
		n++
		return copy(p, fmt.Sprintf(`{"id": %d, "kind": "analysis"}`+"\n", n)), nil
	})
	if err := serve(iotest.TimeoutReader(r), "stdin", &w); !errors.Is(err, iotest.ErrTimeout) {
		t.Error(err)
	}
	if want := "{\"id\":1}\n"; w.String() != want {
		t.Errorf("answers %q, want %q", w.String(), want)
	}
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// FuzzFunctions gives each function any input: it is an error or can be run.
func FuzzFunctions(f *testing.F) {
	f.Add(`3`)
	f.Add(`{"x": [1, 2], "n": 2, "s": 3}`)
	f.Add(`{"A": [1], "ell": 1}`)
	f.Add(`{"points": [[1]], "centroids": [[2]]}`)
	f.Add(`{"d": 1, "k": 1, "n": 1, "alpha": [0], "mu": [[0]], "q": [[0]], "l": [[]], "x": [[1]], "gamma": 1, "m": 0}`)
	f.Fuzz(func(t *testing.T, text string) {
		for module, functions := range modules() {
			if module == "ba" { // much memory, by few digits
				continue
			}
			for name, f := range functions {
				if j, err := f(strings.NewReader(text)); (j == nil) == (err == nil) {
					t.Errorf("%s::%s: %v, %v", module, name, j, err)
				}
			}
		}
	})
}
