package exampletest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/dualjet/dualjet/examples/internal/command"
	"github.com/dualjet/dualjet/examples/internal/figure"
)

// A recorder counts failures in place of failing.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	panic(errFatal)
}

func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

var errFatal = errors.New("fatal")

// failures returns the failures of check.
func failures(t *testing.T, check func(t testing.TB)) []string {
	r := &recorder{TB: t}
	func() {
		defer func() {
			if p := recover(); p != nil && p != errFatal {
				panic(p)
			}
		}()
		check(r)
	}()
	return r.failures
}

// good is a program as it should be, with one square picture.
func good(c *command.Call) error {
	n := c.Flags("[-out dir] [-n number]", "good").Int("n", 1, "a `number`")
	if err := c.Parse(func() error { return command.InRange("n", *n, 1, 3) }); err != nil {
		return err
	}
	if c.Interruptible()() {
		return command.ErrInterrupted
	}
	fmt.Fprintln(c, "n is", *n)
	c.Draw("good", figure.Figure{Width: vg.Inch, Height: vg.Inch, DPI: 50, Content: figure.NewPlot("title", "x", "y")})
	return nil
}

func TestGood(t *testing.T) {
	p := Program{"good", good}
	for name, check := range map[string]func(t testing.TB){
		"Report":      func(t testing.TB) { Contains(t, p.Report(t, "-out", t.TempDir(), "-n", "2"), "n is 2\n", "good.svg") },
		"Wrong":       func(t testing.TB) { p.Wrong(t, [][]string{{"-n", "0"}, {"-n", "x"}, {"-n"}}) },
		"Help":        func(t testing.TB) { p.Help(t, "-n number") },
		"Interrupt":   func(t testing.TB) { p.Interrupt(t, "-n", "2") },
		"OutputFails": func(t testing.TB) { p.OutputFails(t, "good.png", "-n", "2") },
		"Picture": func(t testing.TB) {
			dir := t.TempDir()
			p.Report(t, "-out", dir)
			if svg := Picture(t, dir, "good", 50, 50, ">title<", ">y<"); !strings.HasPrefix(string(svg), "<?xml") {
				t.Errorf("got %q", svg)
			}
			Files(t, dir, "good.png", "good.svg")
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := failures(t, check); len(got) > 0 {
				t.Errorf("%q", got)
			}
		})
	}
}

// TestBad checks that what is wrong with a program is found.
func TestBad(t *testing.T) {
	program := func(run func(*command.Call) error) Program { return Program{"good", run} }
	silent := func(*command.Call) error { return nil }
	fails := func(*command.Call) error { return errors.New("failed") }
	// litter writes to the working directory first, eager to -out, whatever happens.
	litter := func(c *command.Call) error {
		return errors.Join(os.WriteFile("litter", nil, 0o666), good(c))
	}
	eager := func(c *command.Call) error {
		err := good(c)
		return errors.Join(err, os.WriteFile(filepath.Join(c.Out(), "litter"), nil, 0o666))
	}
	drawn := t.TempDir()
	program(good).Report(t, "-out", drawn)
	for name, check := range map[string]func(t testing.TB){
		"report: fails":            func(t testing.TB) { program(fails).Report(t) },
		"wrong: accepted":          func(t testing.TB) { program(silent).Wrong(t, nil) },
		"wrong: one accepted":      func(t testing.TB) { program(good).Wrong(t, [][]string{{"-n", "2"}}) },
		"wrong: status":            func(t testing.TB) { program(fails).Wrong(t, nil) },
		"wrong: writes":            func(t testing.TB) { program(litter).Wrong(t, nil) },
		"help: nothing":            func(t testing.TB) { program(silent).Help(t) },
		"help: lacks a flag":       func(t testing.TB) { program(good).Help(t, "-m") },
		"help: writes":             func(t testing.TB) { program(litter).Help(t) },
		"interrupt: ignored":       func(t testing.TB) { program(silent).Interrupt(t) },
		"interrupt: other error":   func(t testing.TB) { program(fails).Interrupt(t) },
		"interrupt: writes":        func(t testing.TB) { program(eager).Interrupt(t) },
		"output: no picture":       func(t testing.TB) { program(silent).OutputFails(t, "good.png") },
		"output: other picture":    func(t testing.TB) { program(good).OutputFails(t, "bad.png") },
		"contains: lacks":          func(t testing.TB) { Contains(t, "abc", "b", "d") },
		"picture: missing":         func(t testing.TB) { Picture(t, t.TempDir(), "good", 50, 50) },
		"picture: size":            func(t testing.TB) { Picture(t, drawn, "good", 50, 51) },
		"picture: lacks":           func(t testing.TB) { Picture(t, drawn, "good", 50, 50, ">another title<") },
		"files: more":              func(t testing.TB) { Files(t, drawn, "good.png") },
		"files: fewer":             func(t testing.TB) { Files(t, drawn, "good.png", "good.svg", "more") },
		"files: missing directory": func(t testing.TB) { Files(t, filepath.Join(drawn, "missing")) },
	} {
		t.Run(name, func(t *testing.T) {
			if got := failures(t, check); len(got) == 0 {
				t.Error("not found")
			}
		})
	}
}
