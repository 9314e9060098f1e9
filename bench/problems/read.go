package problems

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
)

const (
	maxSize  = 1 << 30 // of a size in the head of a file
	maxDim   = 1 << 14 // of a dimension that enters squared
	maxDigit = 64      // of a number, in bytes
)

// A reader reads lines of numbers. Empty lines count, but hold nothing. It
// stores no more than what is in the file, whatever sizes that claims.
type reader struct {
	r    *bufio.Reader
	name string
	line int // that was read last
	word []byte
	row  []float64
}

func newReader(r io.Reader, name string) *reader {
	return &reader{r: bufio.NewReader(r), name: name, word: make([]byte, 0, maxDigit)}
}

// errorf returns an error at the present line.
func (r *reader) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.name, r.line, fmt.Sprintf(format, args...))
}

// numbers returns the numbers of the next line that has some, at most limit of
// them. It returns io.EOF if there is none. The slice is valid until the next
// call.
func (r *reader) numbers(limit int) ([]float64, error) {
	r.row, r.word = r.row[:0], r.word[:0]
	for started := false; ; {
		c, err := r.r.ReadByte()
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("%s:%d: %w", r.name, r.line+1, err)
		}
		if !started {
			if err == io.EOF {
				return nil, io.EOF
			}
			r.line++
			started = true
		}
		switch {
		case err == io.EOF || space(c):
			if len(r.word) > 0 {
				if err := r.number(limit); err != nil {
					return nil, err
				}
			}
			if err == nil && c != '\n' {
				continue
			}
			if len(r.row) > 0 {
				return r.row, nil
			}
			started = false
		case len(r.word) == maxDigit:
			return nil, r.errorf("%q… is too long for a number", r.word[:16])
		default:
			r.word = append(r.word, c)
		}
	}
}

// number moves the word to the row.
func (r *reader) number(limit int) error {
	v, err := strconv.ParseFloat(string(r.word), 64)
	switch {
	case limit == 0:
		return r.errorf("the file goes on after its end")
	case len(r.row) == limit:
		return r.errorf("more than %s", count(limit))
	case err != nil && v == 0:
		return r.errorf("%q is not a number", r.word)
	case math.IsNaN(v) || math.IsInf(v, 0):
		return r.errorf("%q is not a finite number", r.word)
	}
	r.row = append(r.row, v)
	r.word = r.word[:0]
	return nil
}

// want appends the n numbers of the next line to dst. The line is what the
// format and its arguments say.
func (r *reader) want(dst []float64, n int, format string, args ...any) ([]float64, error) {
	row, err := r.numbers(n)
	if err != nil || len(row) != n {
		return nil, r.explain(err, len(row), n, fmt.Sprintf(format, args...))
	}
	return append(dst, row...), nil
}

// explain returns the error for a line that is missing or too short.
func (r *reader) explain(err error, got, want int, what string) error {
	switch {
	case err == io.EOF:
		r.line++
		return r.errorf("the file ends before %s", what)
	case err != nil:
		return fmt.Errorf("%w (in %s)", err, what)
	}
	return r.errorf("%s, want %d for %s", count(got), want, what)
}

// rows appends lines of n numbers each to dst, the first-th to the last-th.
func (r *reader) rows(dst []float64, first, last, n int, what string) ([]float64, error) {
	for i := first; i <= last; i++ {
		var err error
		if dst, err = r.want(dst, n, "%s %d of %d", what, i, last); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// more reports whether there is another line with something on it. An error is
// left to the next read.
func (r *reader) more() bool {
	for line := r.line; ; {
		switch c, err := r.r.ReadByte(); {
		case err != nil:
			r.line = line
			return err != io.EOF
		case c == '\n':
			r.line++
		case !space(c):
			return r.r.UnreadByte() == nil
		}
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// size returns v as an integer between lo and hi.
func (r *reader) size(name string, v float64, lo, hi int) (int, error) {
	if v != math.Trunc(v) || v < float64(lo) || v > float64(hi) {
		return 0, r.errorf("%s = %v, want an integer from %d to %d", name, v, lo, hi)
	}
	return int(v), nil
}

// sizes reads the line of sizes with which a file begins.
func (r *reader) sizes(names [3]string, lo, hi [3]int) (size [3]int, err error) {
	row, err := r.want(nil, 3, "the sizes %s %s %s", names[0], names[1], names[2])
	for i := 0; i < 3 && err == nil; i++ {
		size[i], err = r.size(names[i], row[i], lo[i], hi[i])
	}
	return size, err
}

// end returns an error unless the file ends here.
func (r *reader) end() error {
	if _, err := r.numbers(0); err != io.EOF {
		return err
	}
	return nil
}

func count(n int) string {
	if n == 1 {
		return "1 number"
	}
	return strconv.Itoa(n) + " numbers"
}
