package numpy_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocNames checks that the comment of the package names every function but
// those that are other names of one, and no function that does not exist.
func TestDocNames(t *testing.T) {
	fset := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, "numpy")
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{}
	funcs := p.Funcs
	for _, typ := range p.Types {
		funcs = append(funcs, typ.Funcs...)
		exists[typ.Name] = true
		for _, v := range append(typ.Vars, typ.Consts...) {
			for _, name := range v.Names {
				exists[name] = true
			}
		}
	}
	named := map[string]bool{}
	for _, name := range regexp.MustCompile(`\w+`).FindAllString(p.Doc, -1) {
		named[name] = true
	}
	if len(funcs) < 300 {
		t.Fatalf("only %d functions", len(funcs))
	}
	for _, f := range funcs {
		exists[f.Name] = true
		derived := strings.HasSuffix(f.Name, "Args") || strings.HasSuffix(f.Name, "Tree")
		if !named[f.Name] && !derived && !strings.Contains(f.Doc, "another name of") {
			t.Errorf("the comment of the package does not name %s", f.Name)
		}
	}
	_, list, _ := strings.Cut(p.Doc, "topic there are:\n")
	list, _, ok := strings.Cut(list, "Some have other names")
	if !ok {
		t.Fatal("no list of functions by topic")
	}
	for line := range strings.Lines(list) {
		if len(line) < 18 {
			continue
		}
		for word := range strings.FieldsSeq(line[17:]) {
			if name := strings.TrimRight(word, ";"); ast.IsExported(name) && !exists[name] {
				t.Errorf("there is no %s", name)
			}
		}
	}
}
