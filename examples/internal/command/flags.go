package command

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// Usage returns err as one of the arguments, for which the exit status is 2. A
// nil err is none.
func Usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

// Flags returns the set that [Call.Parse] looks at, for the program to add its
// flags. It has the flag -out for the pictures, which [Call.Draw] will be asked
// for. The usage is what help says after the name of the program.
func (c *Call) Flags(usage string, pictures ...string) *flag.FlagSet {
	var names []string
	for _, p := range pictures {
		names = append(names, p+".svg", p+".png")
	}
	last := len(names) - 1
	c.usage = usage
	c.flags = flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.flags.SetOutput(io.Discard)
	c.flags.StringVar(&c.out, "out", ".", fmt.Sprintf("write %s and %s to the existing directory `dir`",
		strings.Join(names[:last], ", "), names[last]))
	return c.flags
}

// Parse reads the arguments, of which all are flags, and calls check, which
// returns what is wrong with their values. After it, it checks -out. All its
// errors are of [Usage], except that help, which it prints, has [flag.ErrHelp].
func (c *Call) Parse(check func() error) error {
	err := c.flags.Parse(c.args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(c.stdout, "usage: %s %s\n", c.name, c.usage)
		c.flags.SetOutput(c.stdout)
		c.flags.PrintDefaults()
		return err
	case err != nil:
		return Usage(err)
	case c.flags.NArg() > 0:
		return Usage(fmt.Errorf("unexpected argument %q", c.flags.Arg(0)))
	}
	if err := check(); err != nil {
		return Usage(err)
	}
	if _, err := Directory(c.out); err != nil {
		return Usage(fmt.Errorf("-out: %w", err))
	}
	return nil
}

// Out returns the directory of the pictures.
func (c *Call) Out() string { return c.out }

// InRange returns an error unless lo <= v <= hi. A NaN is in no range.
func InRange[T cmp.Ordered](flag string, v, lo, hi T) error {
	if v >= lo && v <= hi {
		return nil
	}
	return fmt.Errorf("-%s %v is not in %v to %v", flag, v, lo, hi)
}

// Directory returns the file info of an existing directory.
func Directory(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", name)
	}
	return info, err
}
