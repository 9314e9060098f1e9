package command

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/dualjet/dualjet/internal/progress"
)

// A sketch is a picture of two texts.
type sketch struct{ svg, png string }

var errSketch = errors.New("cannot draw")

func draw(text string) ([]byte, error) {
	if text == "" {
		return nil, errSketch
	}
	return []byte(text), nil
}

func (s sketch) SVG() ([]byte, error) { return draw(s.svg) }
func (s sketch) PNG() ([]byte, error) { return draw(s.png) }

// try runs a program in an empty directory.
func try(t *testing.T, run func(*Call) error, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := errors.Join(os.Mkdir("dir", 0o777), os.WriteFile("file", nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	var out, err bytes.Buffer
	code = Run(t.Context(), "try", run, args, &out, &err)
	return code, out.String(), err.String()
}

// program counts to -n and draws twice.
func program(c *Call) error {
	var n int
	c.Flags("[-out dir] [-n number]", "one", "two").IntVar(&n, "n", 3, "count to `number`, 1 to 9")
	if err := c.Parse(func() error { return InRange("n", n, 1, 9) }); err != nil {
		return err
	}
	c.Draw("one", sketch{"svg 1", "png 1"})
	for i := range n {
		fmt.Fprintln(c, i)
	}
	c.Draw("two", sketch{"svg 2", "png 2"})
	c.File("notes", []byte("text"))
	return nil
}

func TestRun(t *testing.T) {
	code, stdout, stderr := try(t, program, "-n", "2", "-out", "dir")
	want := "0\n1\n"
	for _, f := range [][2]string{{"dir/one.svg", "svg 1"}, {"dir/one.png", "png 1"}, {"dir/two.svg", "svg 2"}, {"dir/two.png", "png 2"}, {"notes", "text"}} {
		name := filepath.FromSlash(f[0])
		want += "wrote " + name + "\n"
		if b, err := os.ReadFile(name); err != nil || string(b) != f[1] {
			t.Errorf("%s: %q, error %v", name, b, err)
		}
	}
	if code != 0 || stdout != want || stderr != "" {
		t.Errorf("exit status %d, output %q, want %q; %s", code, stdout, want, stderr)
	}
}

func TestHelp(t *testing.T) {
	code, stdout, stderr := try(t, program, "-n", "2", "-h")
	const want = "usage: try [-out dir] [-n number]\n" +
		"  -n number\n    \tcount to number, 1 to 9 (default 3)\n" +
		"  -out dir\n    \twrite one.svg, one.png, two.svg and two.png to the existing directory dir (default \".\")\n"
	if code != 0 || stdout != want || stderr != "" {
		t.Errorf("exit status %d, output %q, want %q; %s", code, stdout, want, stderr)
	}
}

// TestFails checks exit status and message, and that there are no files.
func TestFails(t *testing.T) {
	fails := func(err error) func(*Call) error {
		return func(c *Call) error {
			c.Draw("one", sketch{"a", "b"})
			fmt.Fprintln(c, "report")
			return err
		}
	}
	sketches := func(s ...sketch) func(*Call) error {
		return func(c *Call) error {
			for _, s := range s {
				c.Draw("one", s)
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		run  func(*Call) error
		args []string
		code int
		want string // at the start
	}{
		"unknown flag":      {program, []string{"-x"}, 2, "flag provided but not defined: -x"},
		"two lines":         {program, []string{"-x\ny"}, 2, "flag provided but not defined: -x y"},
		"not a number":      {program, []string{"-n", "x"}, 2, `invalid value "x" for flag -n`},
		"argument":          {program, []string{"-n", "0", "more"}, 2, `unexpected argument "more"`},
		"range":             {program, []string{"-n", "10", "-out", "missing"}, 2, "-n 10 is not in 1 to 9"},
		"missing directory": {program, []string{"-out", "missing"}, 2, "-out: "},
		"no directory":      {program, []string{"-out", "file"}, 2, "-out: file is not a directory"},
		"error":             {fails(errors.New("a\nb")), nil, 1, "a b"},
		"usage":             {fails(fmt.Errorf("wrapped: %w", Usage(errors.New("wrong")))), nil, 2, "wrapped: wrong"},
		"interrupt":         {fails(ErrInterrupted), nil, 1, "interrupted"},
		"SVG":               {sketches(sketch{"a", "b"}, sketch{png: "b"}), nil, 1, errSketch.Error()},
		"PNG":               {sketches(sketch{"a", "b"}, sketch{svg: "a"}), nil, 1, errSketch.Error()},
		"file":              {func(c *Call) error { c.File("dir", nil); return nil }, nil, 1, "open dir: "},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := try(t, c.run, c.args...)
			if code != c.code || stdout != "" {
				t.Errorf("exit status %d, want %d; output %q", code, c.code, stdout)
			}
			if !strings.HasPrefix(stderr, "try: "+c.want) || strings.Index(stderr, "\n") != len(stderr)-1 {
				t.Errorf("got %q, want %q", stderr, c.want)
			}
			entries, err := os.ReadDir(".")
			if err != nil || len(entries) != 2 {
				t.Errorf("files %v, error %v", entries, err)
			}
		})
	}
}

type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestFullOutput(t *testing.T) {
	var stderr bytes.Buffer
	report := func(c *Call) error { _, err := fmt.Fprintln(c, "report"); return err }
	if code := Run(t.Context(), "try", report, nil, fullWriter{}, &stderr); code != 1 || stderr.String() != "try: no space\n" {
		t.Errorf("exit status %d: %q", code, &stderr)
	}
}

// TestInterruptible interrupts by the context and by the signal.
func TestInterruptible(t *testing.T) {
	loop := func(t *testing.T, begin func()) func(*Call) error {
		return func(c *Call) error {
			stop := c.Interruptible()
			if stop() {
				t.Error("stopped at the start")
			}
			begin()
			for range 1000 {
				if stop() {
					return ErrInterrupted
				}
				time.Sleep(10 * time.Millisecond)
			}
			return nil
		}
	}
	t.Run("context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var stdout, stderr bytes.Buffer
		if code := Run(ctx, "try", loop(t, cancel), nil, &stdout, &stderr); code != 1 || stderr.String() != "try: interrupted\n" {
			t.Errorf("exit status %d: %q", code, &stderr)
		}
	})
	t.Run("signal", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("no process can be interrupted")
		}
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		code, _, stderr := try(t, loop(t, func() {
			if err := self.Signal(os.Interrupt); err != nil {
				t.Error(err)
			}
		}))
		if code != 1 || stderr != "try: interrupted\n" {
			t.Errorf("exit status %d: %q", code, stderr)
		}
	})
}

// TestRelease checks that an interrupt after the end is none of the program.
func TestRelease(t *testing.T) {
	var stop func() bool
	if code, _, stderr := try(t, func(c *Call) error { stop = c.Interruptible(); return nil }); code != 0 || !stop() {
		t.Errorf("exit status %d, stop %v: %s", code, stop(), stderr)
	}
}

func TestInRange(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{InRange("n", 1, 1, 3), ""},
		{InRange("n", 3, 1, 3), ""},
		{InRange("n", 0, 1, 3), "-n 0 is not in 1 to 3"},
		{InRange("n", 4, 1, 3), "-n 4 is not in 1 to 3"},
		{InRange("tol", 1e-14, 1e-14, 1e-2), ""},
		{InRange("tol", 1e-15, 1e-14, 1e-2), "-tol 1e-15 is not in 1e-14 to 0.01"},
		{InRange("e", math.NaN(), 0, 1), "-e NaN is not in 0 to 1"},
	} {
		got := ""
		if c.err != nil {
			got = c.err.Error()
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestUsage(t *testing.T) {
	if err := Usage(nil); err != nil {
		t.Errorf("got %v", err)
	}
	if err := Usage(fs.ErrNotExist); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, flag.ErrHelp) {
		t.Errorf("got %v", err)
	}
}

// TestProgressEnds checks that what is shown makes room for an error.
func TestProgressEnds(t *testing.T) {
	var b bytes.Buffer
	c := &Call{name: "try", progress: &progress.Line{W: &b}}
	c.do(func(c *Call) error { c.Show("ab"); return ErrInterrupted }, &b)
	if got, want := b.String(), "\r\rab\r  \rtry: interrupted\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
