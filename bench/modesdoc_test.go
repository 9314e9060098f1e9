package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const page = "../docs/modes.md"

func TestReplaceBlock(t *testing.T) {
	const doc = "a\n<!-- bench: shapes -->\nold\n<!-- /bench: shapes -->\nb\n"
	got, err := replaceBlock(doc, "shapes", "new\n")
	if want := "a\n<!-- bench: shapes -->\nnew\n<!-- /bench: shapes -->\nb\n"; err != nil || got != want {
		t.Errorf("%q, error %v", got, err)
	}
	for _, bad := range []string{
		"", "<!-- bench: shapes -->\n", "<!-- /bench: shapes -->\n<!-- bench: shapes -->\n", doc + doc,
	} {
		if got, err := replaceBlock(bad, "shapes", "new\n"); err == nil {
			t.Errorf("%q becomes %q", bad, got)
		}
	}
}

// TestModesPage checks that the page of the project can be updated, that what is not
// measured stays, and that its figures are there.
func TestModesPage(t *testing.T) {
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	empty := &report{Machine: thisMachine()}
	if got, err := empty.update(doc); err != nil || got != doc {
		t.Errorf("error %v, or nothing measured changes the page", err)
	}
	r := &report{Machine: machine{CPU: "Test CPU"}, Sweeps: []sweepResult{measured("order", []float64{1, 2}, []float64{1, 4}, []float64{3, 3})}}
	r.Sweeps[0].Crossings = []crossing{r.Sweeps[0].cross("a", "b")}
	got, err := r.update(doc)
	if err != nil || !strings.Contains(got, "Measured on Test CPU") || !strings.Contains(got, "| title | size | b | a | from 1.7 |\n") {
		t.Errorf("error %v, page\n%s", err, got)
	}
	if again, err := r.update(got); err != nil || again != got {
		t.Errorf("error %v, or an update is not the same the second time", err)
	}
	begin, end := markers(shapesBlock)
	block := func(s string) string {
		_, s, _ = strings.Cut(s, begin)
		s, _, _ = strings.Cut(s, end)
		return s
	}
	if block(got) != block(doc) {
		t.Error("the table of problems changes though no problem was measured")
	}
	for _, s := range sweeps() {
		if !strings.Contains(doc, "("+s.figure+".svg)") {
			t.Errorf("the page does not show %s.svg", s.figure)
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(page), s.figure+".svg")); err != nil {
			t.Error(err)
		}
	}
}

// TestModesCommand updates a copy of the page.
func TestModesCommand(t *testing.T) {
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "modes.md")
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
	status, stdout, stderr := command(t.Context(), "-problem", "option", "-mode", "forward3,generic,dense", "-time", "1ns", "-modes", name)
	if status != 0 || stderr != "" || !strings.HasSuffix(stdout, "wrote "+name+"\n") {
		t.Fatalf("status %d, error %q, output\n%s", status, stderr, stdout)
	}
	data, err = os.ReadFile(name)
	if err != nil || !strings.Contains(string(data), "| option | R⁴ → R | ") || strings.Contains(string(data), "| lstm |") {
		t.Errorf("error %v, page\n%s", err, data)
	}
}

// TestMarkdown checks what is bold, what is left out, and the titles of several
// kinds.
func TestMarkdown(t *testing.T) {
	var results []result
	add := func(problem string, k kind, mode string, ratio float64) {
		r := result{Problem: problem, Variables: 12, Outputs: 1, Kind: k, Mode: mode, PlainNS: 2e3, Reason: "none"}
		if ratio > 0 {
			s := once(ratio)
			r.Ratio, r.Reason = &s, ""
		}
		results = append(results, r)
	}
	add("a", gradient, "by-hand", 1)
	add("a", gradient, "forward", 5)
	add("a", gradient, "reverse", 4.02)
	add("a", gradient, "generic", 3.98)
	add("a", gradient, "terms", 0)
	add("a", gradient, "gonum-fd", 2)
	add("b", gradient, "forward", 0)
	add("b", productHv, "mixed", 30)
	add("b", laplacian, "jet", 3)
	for _, c := range []struct {
		kinds []kind
		want  string
	}{
		{[]kind{gradient}, `| problem | f | plain | by-hand | forward | reverse | generic | gonum-fd |
|---|---|---|---|---|---|---|---|
| a | R¹² → R | 2 µs | 1.0 | 5.0 | **4.0** | **4.0** | 2.0 |
`},
		{[]kind{productHv, laplacian}, `| problem | f | plain | product mixed | laplacian jet |
|---|---|---|---|---|
| b | R¹² → R | 2 µs | 30 | 3.0 |
`},
	} {
		var b strings.Builder
		markdown(&b, results, c.kinds...)
		if b.String() != c.want {
			t.Errorf("%v:\n%s\nwant\n%s", c.kinds, b.String(), c.want)
		}
	}
	r := report{Results: results, Interrupted: true, Claims: []claimResult{{Name: "n", What: "w", Unit: "u", Target: 2, Measured: once(3)}}}
	text := string(r.markdown())
	for _, want := range []string{"The run was interrupted.", "**Gradients and Jacobians", "| w | u | ≤ 2 | 3.0 [3.0, 3.0] | MISSED | `n` |\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "**Hessians**") {
		t.Error("an empty table is written")
	}
}
