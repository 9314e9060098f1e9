// Package progress shows what a command is doing, on one line of a terminal.
package progress

import (
	"fmt"
	"io"
	"os"
	"unicode/utf8"
)

// A Line shows what is being done, if there is someone to see it. Its zero
// value shows nothing.
type Line struct {
	W    io.Writer // nil for nobody
	last int
}

// New returns a line that writes to w if that is a terminal.
func New(w io.Writer) *Line {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &Line{W: w}
		}
	}
	return &Line{}
}

// Show replaces the line by the text.
func (l *Line) Show(text string) {
	if l.W != nil {
		fmt.Fprintf(l.W, "\r%-*s\r%s", l.last, "", text)
		l.last = utf8.RuneCountInString(text)
	}
}

// Showf is [Line.Show] with a format.
func (l *Line) Showf(format string, args ...any) {
	if l.W != nil {
		l.Show(fmt.Sprintf(format, args...))
	}
}

// Clear makes the line empty.
func (l *Line) Clear() { l.Show("") }
