package numpy

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Tables of numbers as text.

// WriteText writes x, real and of at most two dimensions, free of derivatives,
// to w: a line for each row, with the delimiter between numbers, and as many
// digits as tell them apart. A vector is a column. It panics with an [Error] for
// other arrays.
func WriteText(w io.Writer, x Array, delimiter string) error {
	if x.NDim() > 2 || x.IsComplex() {
		fail("WriteText: want a real vector or matrix, not shape %s", shapeString(x.Shape()))
	}
	columns := 1
	if x.NDim() == 2 {
		columns = x.Shape()[1]
	}
	out := bufio.NewWriter(w)
	var buf []byte
	for i, v := range x.Float64s() {
		buf = strconv.AppendFloat(buf[:0], v, 'g', -1, 64)
		if (i+1)%columns == 0 {
			buf = append(buf, '\n')
		} else {
			buf = append(buf, delimiter...)
		}
		out.Write(buf)
	}
	return out.Flush()
}

// ReadText reads a matrix from a text with a row in each line, as NumPy's
// loadtxt does: numbers with the delimiter between them, or white space if it
// is empty. What follows a # in a line is left out, and so are blank lines.
// The number of lines to skip at the start is for headings. It returns an error
// that names the line if it does not hold a number where it should, or as many
// as those before it. Without a number the result has the shape (0,0).
func ReadText(r io.Reader, delimiter string, skip int) (Array, error) {
	var all []float64
	rows, columns := 0, 0
	in := bufio.NewScanner(r)
	in.Buffer(nil, math.MaxInt32) // a line may be long
	for line := 1; in.Scan(); line++ {
		text, _, _ := strings.Cut(in.Text(), "#")
		if text = strings.TrimSpace(text); line <= skip || text == "" {
			continue
		}
		words := strings.Fields(text)
		if delimiter != "" {
			words = strings.Split(text, delimiter)
		}
		if rows > 0 && len(words) != columns {
			return Array{}, fmt.Errorf("numpy: ReadText: line %d: %d numbers after rows of %d", line, len(words), columns)
		}
		for k, word := range words {
			v, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
			if err != nil {
				return Array{}, fmt.Errorf("numpy: ReadText: line %d: column %d: %w", line, k+1, err)
			}
			all = append(all, v)
		}
		rows, columns = rows+1, len(words)
	}
	if err := in.Err(); err != nil {
		return Array{}, fmt.Errorf("numpy: ReadText: %w", err)
	}
	return Wrap(all, rows, columns), nil
}
