package command

import (
	"fmt"
	"io"
	"os"
)

// A progress shows what is being done, if there is someone to see it.
type progress struct {
	w    io.Writer // nil for nobody
	last int
}

// newProgress returns a progress that writes to w if that is a terminal.
func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{w: w}
		}
	}
	return &progress{}
}

// show replaces the line.
func (p *progress) show(text string) {
	if p.w != nil {
		fmt.Fprintf(p.w, "\r%-*s\r%s", p.last, "", text)
		p.last = len(text)
	}
}

func (p *progress) clear() { p.show("") }
