// Package exampletest tests what the examples have in common as commands.
package exampletest

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/examples/internal/command"
)

// A Program is an example, by the arguments of [command.Main].
type Program struct {
	Name string
	Run  func(*command.Call) error
}

// call returns exit status, standard output and standard error.
func (p Program) call(ctx context.Context, args []string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = command.Run(ctx, p.Name, p.Run, args, &out, &err)
	return code, out.String(), err.String()
}

// Report runs p, which must succeed and be silent on standard error, and returns
// its standard output.
func (p Program) Report(t testing.TB, args ...string) string {
	t.Helper()
	code, stdout, stderr := p.call(t.Context(), args)
	if code != 0 || stderr != "" {
		t.Fatalf("%q: exit status %d: %s", args, code, stderr)
	}
	return stdout
}

// Wrong runs p with each of the lists of arguments, and with some that are wrong
// for all programs, among them file and dir, which exist where it runs. For each
// the exit status must be 2, with one line on standard error and nothing written.
func (p Program) Wrong(t testing.TB, lists [][]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := errors.Join(os.WriteFile("file", nil, 0o666), os.Mkdir("dir", 0o777)); err != nil {
		t.Fatal(err)
	}
	for _, args := range slices.Concat(lists, [][]string{
		{"-out", "missing"}, {"-out", "file"}, {"-out", "file/dir"}, {"-out", ""}, {"-out", "a\nb"}, {"-out"},
		{"-zz"}, {"-zz\nz"}, {"--", "-out"}, {"extra"}, {""}, {"-out", "dir", "extra"},
	}) {
		code, stdout, stderr := p.call(t.Context(), args)
		if code != 2 {
			t.Errorf("%q: exit status %d, want 2", args, code)
		}
		if !oneLine(p.Name, stderr) {
			t.Errorf("%q: not one line: %q", args, stderr)
		}
		if stdout != "" {
			t.Errorf("%q: unexpected output %q", args, stdout)
		}
		Files(t, ".", "dir", "file")
		Files(t, "dir")
	}
}

// oneLine reports whether s is one line of the program.
func oneLine(program, s string) bool {
	return strings.HasPrefix(s, program+": ") && strings.Index(s, "\n") == len(s)-1
}

// Help asks p for help, which must contain wants and write nothing else.
func (p Program) Help(t testing.TB, wants ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	Contains(t, p.Report(t, "-h"), append(wants, "usage: "+p.Name+" [-out dir]")...)
	Files(t, ".")
}

// Interrupt runs p when it has been interrupted.
func (p Program) Interrupt(t testing.TB, args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	code, stdout, stderr := p.call(ctx, append(args, "-out", dir))
	if code != 1 || stderr != p.Name+": interrupted\n" || stdout != "" {
		t.Errorf("exit status %d: %q, %q", code, stdout, stderr)
	}
	Files(t, dir)
}

// OutputFails runs p where standard output fails, and where a directory has the
// name of a picture.
func (p Program) OutputFails(t testing.TB, picture string, args ...string) {
	t.Helper()
	var stderr bytes.Buffer
	code := command.Run(t.Context(), p.Name, p.Run, append(args, "-out", t.TempDir()), fullWriter{}, &stderr)
	if code != 1 || stderr.String() != p.Name+": no space\n" {
		t.Errorf("standard output: exit status %d: %s", code, &stderr)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, picture), 0o777); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := p.call(t.Context(), append(args, "-out", dir)); code != 1 || !oneLine(p.Name, stderr) || stdout != "" {
		t.Errorf("%s: exit status %d: %q, %q", picture, code, stdout, stderr)
	}
}

type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errors.New("no space") }

// Contains checks that text has all wants.
func Contains(t testing.TB, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

// Picture checks that name.svg in dir has all wants, and that name.png is of that
// many pixels. It returns the SVG.
func Picture(t testing.TB, dir, name string, width, height int, wants ...string) []byte {
	t.Helper()
	svg := read(t, dir, name+".svg")
	for _, want := range wants {
		if !bytes.Contains(svg, []byte(want)) {
			t.Errorf("%s.svg lacks %q", name, want)
		}
	}
	img, format, err := image.Decode(bytes.NewReader(read(t, dir, name+".png")))
	if err != nil || format != "png" || img.Bounds() != image.Rect(0, 0, width, height) {
		t.Fatalf("%s.png: format %q, error %v, or not of %d×%d pixels", name, format, err, width, height)
	}
	return svg
}

func read(t testing.TB, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Files checks that dir has the wanted files, which are in order, and no others.
func Files(t testing.TB, dir string, wants ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, wants) {
		t.Errorf("files of %s: %q, want %q", dir, names, wants)
	}
}
