// Package command runs the examples as commands. All of them draw pictures to
// the directory of the flag -out and report to standard output at the end. The
// exit status is 2 for wrong arguments, which are found before anything is
// written, and 1 for what fails later, both with one line on standard error.
package command

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/dualjet/dualjet/internal/progress"
)

// ErrInterrupted is for a program to return that stopped because it should, as
// [Call.Interruptible] says.
var ErrInterrupted = errors.New("interrupted")

// A Picture is a drawing that can be saved.
type Picture interface {
	SVG() ([]byte, error)
	PNG() ([]byte, error)
}

// A Call is one run of a program. What is written to it is the report.
type Call struct {
	ctx      context.Context
	name     string
	args     []string
	stdout   io.Writer
	progress *progress.Line
	release  func() // the signal, nil if it was not asked for

	flags  *flag.FlagSet
	usage  string
	out    string
	report bytes.Buffer
	files  []func() ([]file, error)
}

type file struct {
	name string
	data []byte
}

// Main calls run with the arguments of the process and exits.
func Main(name string, run func(*Call) error) {
	os.Exit(Run(context.Background(), name, run, os.Args[1:], os.Stdout, os.Stderr))
}

// Run calls run and writes pictures, files and the report, if there is no error.
// It returns the exit status. The end of ctx is an interrupt.
func Run(ctx context.Context, name string, run func(*Call) error, args []string, stdout, stderr io.Writer) int {
	c := &Call{ctx: ctx, name: name, args: args, stdout: stdout, progress: progress.New(stderr)}
	return c.do(run, stderr)
}

func (c *Call) do(run func(*Call) error, stderr io.Writer) int {
	err := run(c)
	c.progress.Clear()
	if err == nil {
		err = c.finish()
	}
	if c.release != nil {
		c.release()
	}
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintf(stderr, "%s: %s\n", c.name, strings.ReplaceAll(err.Error(), "\n", " "))
	if _, ok := errors.AsType[usageError](err); ok {
		return 2
	}
	return 1
}

// Interruptible makes an interrupt no longer end the program, but stop return
// true.
func (c *Call) Interruptible() (stop func() bool) {
	ctx, release := signal.NotifyContext(c.ctx, os.Interrupt)
	c.release = release
	return func() bool { return ctx.Err() != nil }
}

// Show replaces the line that shows what is being done, if standard error is a
// terminal.
func (c *Call) Show(text string) { c.progress.Show(text) }

// Write adds to the report.
func (c *Call) Write(p []byte) (int, error) { return c.report.Write(p) }

// Draw has p saved at the end as name.svg and name.png.
func (c *Call) Draw(name string, p Picture) {
	c.files = append(c.files, func() ([]file, error) {
		svg, err := p.SVG()
		if err != nil {
			return nil, err
		}
		png, err := p.PNG()
		if err != nil {
			return nil, err
		}
		base := filepath.Join(c.out, name)
		return []file{{base + ".svg", svg}, {base + ".png", png}}, nil
	})
}

// File has data saved at the end to a file of any directory.
func (c *Call) File(name string, data []byte) {
	c.files = append(c.files, func() ([]file, error) { return []file{{name, data}}, nil })
}

// finish writes nothing before all pictures are drawn.
func (c *Call) finish() error {
	var files []file
	for _, f := range c.files {
		more, err := f()
		if err != nil {
			return err
		}
		files = append(files, more...)
	}
	for _, f := range files {
		if err := os.WriteFile(f.name, f.data, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(c, "wrote %s\n", f.name)
	}
	_, err := c.stdout.Write(c.report.Bytes())
	return err
}
