package main

import (
	"math"
	"strings"
	"testing"
)

// TestModes checks each mode of each problem against hand-written formulas, at a
// small size.
func TestModes(t *testing.T) {
	used := make(map[string]bool)
	for _, p := range registry() {
		t.Run(p.name, func(t *testing.T) {
			in, err := p.build(p.tiny)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range modes() {
				j, why := m.prepare(in)
				if (j == nil) != (why != "") {
					t.Fatalf("%s: job %v, reason %q", m.full(), j, why)
				}
				if why == "" {
					why = m.tooLong(in, j)
				}
				if why != "" {
					t.Logf("%-24s - %s", m.full(), why)
					continue
				}
				used[m.full()] = true
				far, err := m.check(in, j)
				if err != nil {
					t.Errorf("%s %v", m.full(), err)
				}
				t.Logf("%-24s %.1e", m.full(), far)
				// Again, for jobs reuse their memory.
				if _, err := m.check(in, j); err != nil {
					t.Errorf("%s, second run: %v", m.full(), err)
				}
			}
		})
	}
	for _, m := range modes() {
		if !used[m.full()] {
			t.Errorf("no problem has been checked in mode %s", m.full())
		}
	}
}

// TestRegistry checks that the tables are complete and consistent.
func TestRegistry(t *testing.T) {
	seen := make(map[string]bool)
	unique := func(what, name string) {
		if name == "" || strings.ContainsAny(name, " ,*?[") || seen[what+name] {
			t.Errorf("%s %q is empty, not unique or no good for a list", what, name)
		}
		seen[what+name] = true
	}
	for _, p := range registry() {
		unique("problem", p.name)
		if p.about == "" || p.unit == "" || p.lo < 1 || p.tiny < p.lo || p.n < p.tiny || p.hi < p.n {
			t.Errorf("%s: %d ≤ tiny %d ≤ n %d ≤ %d is wrong, or a text is missing", p.name, p.lo, p.tiny, p.n, p.hi)
		}
		if find(p.name).about != p.about {
			t.Errorf("find(%q) finds another", p.name)
		}
		for _, n := range []int{p.lo, p.tiny} {
			in, err := p.build(n)
			if err != nil {
				t.Fatalf("%s: %v", p.name, err)
			}
			if in.derivative == nil || (in.vector == nil) == (in.plain == nil) || len(in.x) == 0 {
				t.Errorf("%s, n = %d: incomplete instance", p.name, n)
			}
			in.evaluate()()
			if ops := in.operations(); ops.count == 0 && in.nesting == nil && len(in.x) > 2 {
				t.Errorf("%s, n = %d: no operations", p.name, n)
			}
			// Scalar problems have all forms that are generic.
			if s := in.scalar; in.vector == nil && in.nesting == nil && (s.num == nil || s.num3 == nil || s.hyper == nil ||
				s.nested == nil || s.jet2 == nil || s.jet == nil || s.coll == nil || s.generic == nil || s.dualr == nil || s.mix == nil) {
				t.Errorf("%s: a form is missing", p.name)
			}
			if v := in.vector; v != nil && (v.num == nil || v.num3 == nil || v.rev == nil || v.m < 1) {
				t.Errorf("%s: a form is missing", p.name)
			}
		}
	}
	for _, m := range modes() {
		unique("mode", m.full())
		if m.about == "" || m.recording != noTape && m.recording != inside && m.recording != before {
			t.Errorf("%s: no text, or recording %q", m.full(), m.recording)
		}
	}
	for _, s := range sweeps() {
		unique("sweep", s.name)
		for _, size := range []int{s.at[0], s.at[len(s.at)/2]} {
			plain, runs, x := s.prepare(size)
			if plain(); len(runs) != len(s.series) || !(x > 0) {
				t.Errorf("sweep %s: %d modes for %d names at %v", s.name, len(runs), len(s.series), x)
			}
			for _, run := range runs {
				run()
			}
		}
		for _, p := range s.pairs {
			r := sweepResult{Series: []series{{Name: p[0]}, {Name: p[1]}}}
			if c := r.cross(p[0], p[1]); c.At != 0 {
				t.Errorf("sweep %s: crossing without points", s.name)
			}
			for _, name := range p {
				if !strings.Contains("\n"+strings.Join(s.series, "\n")+"\n", "\n"+name+"\n") {
					t.Errorf("sweep %s: no series %q", s.name, name)
				}
			}
		}
	}
	for _, c := range claims() {
		unique("claim", c.name)
		if c.what == "" || c.unit == "" || c.measure == nil {
			t.Errorf("claim %s is incomplete", c.name)
		}
	}
}

// TestCheckFails checks that a wrong derivative is found, in each kind and also if
// it is not a number.
func TestCheckFails(t *testing.T) {
	for _, m := range modes() {
		if m.kind == inner || m.kind == gradient && m.name != "forward" {
			continue
		}
		in, err := rosenbrock(4)
		if err != nil {
			t.Fatal(err)
		}
		j, why := m.prepare(in)
		if why != "" {
			t.Fatal(why)
		}
		for _, wrong := range []float64{1e-3, math.NaN(), math.Inf(1)} {
			bad := *j
			bad.got = func() []float64 {
				y := append([]float64(nil), j.got()...)
				y[0] += wrong * (1 + math.Abs(y[0])) * 100
				return y
			}
			if _, err := m.check(in, &bad); err == nil {
				t.Errorf("%s: off by %v passes", m.full(), wrong)
			}
		}
		short := *j
		short.got = func() []float64 { return nil }
		if _, err := m.check(in, &short); err == nil {
			t.Errorf("%s: nothing passes", m.full())
		}
	}
}

// TestReference checks the interpolation by a Hessian that has formulas.
func TestReference(t *testing.T) {
	for _, name := range []string{"rosenbrock", "logistic", "lse", "band", "arrow", "kmeans", "product"} {
		p := find(name)
		in, err := p.build(p.tiny)
		if err != nil {
			t.Fatal(err)
		}
		want := in.reference(hessianH)
		in.refs, in.hvp = nil, nil
		if far := distance(in.reference(hessianH), want, 0); !(far < exact/2) {
			t.Errorf("%s: by interpolation off by %.1e", name, far)
		}
	}
	got := slope(func(t float64) []float64 { return []float64{math.Exp(3 * t), math.Sin(t), 7, t * t * t} })
	if far := distance(got, []float64{3, 1, 0, 0}, 0); !(far < exact/2) {
		t.Errorf("slopes %v", got)
	}
}
