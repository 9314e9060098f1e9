// Package layout tests that the packages of the module lie on one another as
// they should.
package layout

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "github.com/dualjet/dualjet"
	root   = "../.."
)

// layers gives each package the packages of the module that it may import,
// besides those below itself. A package that is not listed may import none.
var layers = map[string][]string{
	"internal/special":  {},
	"internal/rule":     {"internal/special"},
	"internal/rule/gen": {},
	"internal/layout":   {},
	"internal/parallel": {},
	"internal/progress": {},
	"dual":              {"internal/rule", "internal/parallel", "internal/special"},
	"internal/adtest":   {"dual", "internal/rule", "internal/special"},
	"internal/compose":  {"dual", "jet", "reverse"},
	"jet":               {"dual", "internal/rule", "internal/parallel", "internal/special"},
	"reverse":           {"dual", "internal/rule", "internal/parallel", "internal/special"},
	"mixed":             {"jet", "reverse", "dual", "internal/rule", "internal/parallel", "internal/special"},
	"hessian":           {"mixed", "jet", "reverse", "dual", "internal/rule", "internal/parallel", "internal/special"},
	"numpy":             {"mixed", "jet", "reverse", "dual", "internal/rule", "internal/parallel", "internal/special"},
}

// programs are the top-level folders of whole programs, which may import all
// library packages and draw.
var programs = []string{"examples", "bench"}

// top lists what the root of the module may hold: dot files, the files and
// folders of the project, and what examples leave there, which git ignores.
var top = []string{
	".*", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "go.mod", "go.sum",
	"bench", "docs", "dual", "examples", "hessian", "internal", "jet", "mixed", "numpy", "reverse",
	"*.svg", "*.png", "*.csv", "*.test", "*.prof",
}

func TestTop(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		fits := func(pattern string) bool {
			ok, err := filepath.Match(pattern, e.Name())
			return ok && err == nil
		}
		if !slices.ContainsFunc(top, fits) {
			t.Errorf("%s does not belong into the root", e.Name())
		}
	}
}

func TestImports(t *testing.T) {
	count := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			count++
			if why := forbidden(filepath.ToSlash(rel), imp, strings.HasSuffix(path, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", path, imp, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 50 {
		t.Errorf("only %d imports seen: is the root of the module elsewhere?", count)
	}
}

// forbidden returns why a file of the package may not have the import, and ""
// if it may.
func forbidden(pkg, imp string, test bool) string {
	first, _, _ := strings.Cut(pkg, "/")
	program := slices.Contains(programs, first)
	inside, own := strings.CutPrefix(imp, module+"/")
	switch {
	case !strings.Contains(strings.SplitN(imp, "/", 2)[0], "."):
		return "" // standard library
	case own && test && inside == "internal/adtest":
		return ""
	case own && (inside == pkg || strings.HasPrefix(inside, pkg+"/")):
		return ""
	case own && inside == "internal/adtest":
		return "the test kit is for tests"
	case own && program:
		return ""
	case own:
		// A sub-package may import its parents, what lies below them, and what
		// they may import.
		for p := pkg; p != "."; p = parent(p) {
			if allowed, ok := layers[p]; ok {
				if p != pkg && (inside == p || strings.HasPrefix(inside, p+"/")) || slices.Contains(allowed, inside) {
					return ""
				}
				return "layers point downwards only"
			}
		}
		return "the package has no layer"
	case imp == "gonum.org/v1/gonum" || strings.HasPrefix(imp, "gonum.org/v1/gonum/"):
		return ""
	case test && strings.HasPrefix(imp, "github.com/google/go-cmp/"):
		return ""
	case program && strings.HasPrefix(imp, "gonum.org/v1/plot"):
		return ""
	}
	return "library packages import the standard library and gonum only"
}

func parent(p string) string {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return "."
}

// TestForbidden checks the judge itself.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		pkg, imp string
		test, ok bool
	}{
		{"dual", "math", false, true},
		{"dual", "gonum.org/v1/gonum/mat", false, true},
		{"dual", module + "/internal/rule", false, true},
		{"dual", module + "/jet", false, false},
		{"dual", "gonum.org/v1/plot", false, false},
		{"dual", "gonum.org/v1/plot", true, false},
		{"dual", "github.com/google/go-cmp/cmp", false, false},
		{"dual", "github.com/google/go-cmp/cmp", true, true},
		{"dual", module + "/dual", true, true},
		{"dual", module + "/internal/adtest", true, true},
		{"dual", module + "/internal/adtest", false, false},
		{"jet", module + "/reverse", false, false},
		{"mixed", module + "/jet", false, true},
		{"numpy/linalg", module + "/numpy", false, true},
		{"numpy/stats", module + "/numpy/linalg", false, true},
		{"numpy/linalg", module + "/hessian", false, false},
		{"internal/rule", module + "/dual", false, false},
		{"examples/tanh", "gonum.org/v1/plot/vg", false, true},
		{"examples/tanh", module + "/dual", false, true},
		{"examples/tanh", "github.com/spf13/cobra", false, false},
	} {
		if why := forbidden(c.pkg, c.imp, c.test); (why == "") != c.ok {
			t.Errorf("%s imports %s (test %v): %q", c.pkg, c.imp, c.test, why)
		}
	}
}
