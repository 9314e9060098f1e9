package numpy

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Printing arrays, as NumPy does.

const (
	printPrecision = 8    // digits after the point, where as many are needed
	printLimit     = 1000 // elements beyond which the middle is left out
	printEdge      = 3    // elements left at either end then
	printWidth     = 75   // of a line
)

// String returns x as [Array.Format] prints it with %v.
func (x Array) String() string { return fmt.Sprintf("%v", x) }

// Format prints the numbers of x, free of derivatives, in rows and brackets
// like NumPy. The verbs %v and %s write as many digits as tell the numbers
// apart, but at most 8 after the point, or the given precision; %e, %f, %g and
// their like write each element so. All elements have the same width, which is
// at least that of the verb. The flag + writes the sign of positive numbers. Of
// more than 1000 elements those in the middle are left out, unless there is the
// flag #. A scalar prints like a number of Go.
func (x Array) Format(s fmt.State, verb rune) {
	y := x.Detach()
	if !s.Flag('#') {
		y = ends(y)
	}
	var words []string
	precision, given := s.Precision()
	switch {
	case !strings.ContainsRune("vseEfFgG", verb):
		fmt.Fprintf(s, "%%!%c(numpy.Array of shape %s)", verb, shapeString(x.Shape()))
		return
	case verb != 'v' && verb != 's':
		words = spell(y, fmt.FormatString(s, verb))
	case x.NDim() == 0:
		words = spell(y, fmt.FormatString(s, 'v'))
	default:
		if !given {
			precision = printPrecision
		}
		words = shortest(y, precision, s.Flag('+'))
		if width, ok := s.Width(); ok {
			for i, w := range words {
				words[i] = strings.Repeat(" ", max(0, width-len(w))) + w
			}
		}
	}
	t := text{words: words, whole: x.Shape(), shape: y.Shape()}
	fmt.Fprint(s, t.format(0, 1, printWidth))
}

// ends returns x without the elements in the middle that are not printed.
func ends(x Array) Array {
	if x.Size() <= printLimit {
		return x
	}
	for a, n := range x.Shape() {
		if n > 2*printEdge {
			x = Take(x, []int{0, 1, 2, -3, -2, -1}, a)
		}
	}
	return x
}

// spell returns each element in the format, all of the same width.
func spell(x Array, format string) []string {
	var words []string
	if x.IsComplex() {
		for _, z := range x.Complex128s() {
			words = append(words, fmt.Sprintf(format, z))
		}
	} else {
		for _, v := range x.Float64s() {
			words = append(words, fmt.Sprintf(format, v))
		}
	}
	width := 0
	for _, w := range words {
		width = max(width, len(w))
	}
	for i, w := range words {
		words[i] = strings.Repeat(" ", width-len(w)) + w
	}
	return words
}

// shortest returns each element with the digits that tell it apart, at most
// precision of them after the point, and points below each other.
func shortest(x Array, precision int, plus bool) []string {
	if !x.IsComplex() {
		return alignPoints(x.Float64s(), precision, plus)
	}
	words := alignPoints(Real(x).Float64s(), precision, plus)
	for i, im := range alignPoints(Imag(x).Float64s(), precision, true) {
		number := strings.TrimRight(im, " ")
		words[i] += number + "j" + im[len(number):]
	}
	return words
}

// alignPoints returns the numbers with their points below each other, all with
// an exponent if some are very large or small, or so to each other.
func alignPoints(x []float64, precision int, plus bool) []string {
	exponent := needExponent(x)
	ints, fracs := make([]string, len(x)), make([]string, len(x))
	left, right := 0, 0
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		if exponent {
			ints[i], fracs[i] = digits(v, 'e', precision)
		} else {
			ints[i], fracs[i] = digits(v, 'f', precision)
		}
		if plus && !math.Signbit(v) {
			ints[i] = "+" + ints[i]
		}
		left = max(left, len(ints[i]))
		mantissa, _, _ := strings.Cut(fracs[i], "e")
		right = max(right, len(mantissa))
	}
	if exponent {
		right = padExponents(fracs, right)
	}
	words := make([]string, len(x))
	for i, v := range x {
		switch {
		case math.IsNaN(v):
			words[i] = "nan"
		case math.IsInf(v, 0):
			words[i] = strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(v, 'g', -1, 64)), "+")
		default:
			continue
		}
		if plus && words[i] != "-inf" {
			words[i] = "+" + words[i]
		}
		left = max(left, len(words[i])-right-1)
	}
	for i, w := range words {
		if w != "" {
			words[i] = strings.Repeat(" ", left+right+1-len(w)) + w
			continue
		}
		words[i] = strings.Repeat(" ", left-len(ints[i])) + ints[i] + "." + fracs[i] + strings.Repeat(" ", right-len(fracs[i]))
	}
	return words
}

// needExponent tells whether numbers are too large or small, or too different,
// to be written without an exponent.
func needExponent(x []float64) bool {
	lo, hi := math.Inf(1), 0.0
	for _, v := range x {
		if v = math.Abs(v); v > 0 && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return hi >= 1e8 || hi > 0 && (lo < 1e-4 || hi/lo > 1000)
}

// digits returns what stands before and after the point.
func digits(v float64, format byte, precision int) (before, after string) {
	s := strconv.FormatFloat(v, format, -1, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	if _, frac, _ := strings.Cut(mantissa, "."); len(frac) > precision {
		s = strconv.FormatFloat(v, format, precision, 64)
		mantissa, exponent, _ = strings.Cut(s, "e")
		if precision > 0 {
			mantissa = strings.TrimRight(mantissa, "0")
		}
	}
	before, after, _ = strings.Cut(mantissa, ".")
	if exponent != "" {
		after += "e" + exponent
	}
	return before, after
}

// padExponents brings mantissas to the given number of digits and exponents to
// the same, and returns their common length.
func padExponents(fracs []string, right int) int {
	long := 0
	for _, f := range fracs {
		_, e, _ := strings.Cut(f, "e")
		long = max(long, len(e))
	}
	for i, f := range fracs {
		if m, e, ok := strings.Cut(f, "e"); ok {
			fracs[i] = m + strings.Repeat("0", right-len(m)) + "e" + e[:1] + strings.Repeat("0", long-len(e)) + e[1:]
		}
	}
	return right + 1 + long
}

// text is the words of the elements that are printed of an array.
type text struct {
	words []string
	whole []int // the shape of the array
	shape []int // of what is printed
}

// format returns the part of the text along the axes from the given one on,
// which are indented, in lines of the given width.
func (t *text) format(axis, indent, width int) string {
	if axis == len(t.shape) {
		w := t.words[0]
		t.words = t.words[1:]
		return w
	}
	n := t.shape[axis]
	if slices.Contains(t.shape, 0) {
		return "[]"
	}
	margin := strings.Repeat(" ", indent)
	inner := axis == len(t.shape)-1
	gap := strings.Repeat("\n", len(t.shape)-1-axis) + margin
	var done strings.Builder
	line := ""
	add := func(word string) {
		if line != "" {
			line += " "
		}
		if line != "" && indent+len(line)+len(word) > width-1 {
			done.WriteString(strings.TrimRight(line, " ") + "\n" + margin)
			line = ""
		}
		line += word
	}
	for i := range n {
		if !inner && i > 0 {
			done.WriteString(gap)
		}
		if n < t.whole[axis] && i == printEdge {
			if inner {
				add("...")
			} else {
				done.WriteString("..." + gap)
			}
		}
		if word := t.format(axis+1, indent+1, width-1); inner {
			add(word)
		} else {
			done.WriteString(word)
		}
	}
	return "[" + done.String() + line + "]"
}
