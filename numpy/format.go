package numpy

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Arrays of more than summarize elements print the first and the last three
// along each axis.
const (
	summarize = 1000
	edgeItems = 3
)

// String returns x as %v formats it.
func (x Array) String() string { return fmt.Sprintf("%v", x) }

// Format implements [fmt.Formatter]. The verb v prints as NumPy does: columns
// aligned, up to 8 digits after the point, large arrays shortened. The verbs e,
// f and g, with width and precision, apply to each element. Derivatives are not
// printed.
func (x Array) Format(s fmt.State, verb rune) {
	var element func(complex128) string
	switch verb {
	case 'v', 's':
		element = x.elements()
	case 'e', 'E', 'f', 'F', 'g', 'G':
		format := fmt.FormatString(s, verb)
		cx := x.IsComplex()
		element = func(z complex128) string {
			if cx {
				return fmt.Sprintf(format, z)
			}
			return fmt.Sprintf(format, real(z))
		}
	default:
		fmt.Fprintf(s, "%%!%c(numpy.Array of shape %s)", verb, shapeString(x.Shape()))
		return
	}
	p := printer{in: x.Complex128s(), shape: x.Shape(), short: x.Size() > summarize, element: element}
	if len(p.shape) > 0 {
		p.widen(0, 0)
	}
	p.print(0, 0)
	fmt.Fprint(s, p.out.String())
}

type printer struct {
	in      []complex128
	shape   []int
	short   bool
	element func(complex128) string
	width   int
	out     strings.Builder
}

// shown calls f for the indices along an axis that are printed, with -1 for
// those left out.
func (p *printer) shown(axis int, f func(i int)) {
	n := p.shape[axis]
	if !p.short || n <= 2*edgeItems {
		for i := range n {
			f(i)
		}
		return
	}
	for i := range edgeItems {
		f(i)
	}
	f(-1)
	for i := n - edgeItems; i < n; i++ {
		f(i)
	}
}

// widen finds the width of a column.
func (p *printer) widen(axis, at int) {
	p.shown(axis, func(i int) {
		switch {
		case i < 0:
		case axis == len(p.shape)-1:
			p.width = max(p.width, len(p.element(p.in[at*p.shape[axis]+i])))
		default:
			p.widen(axis+1, at*p.shape[axis]+i)
		}
	})
}

func (p *printer) print(axis, at int) {
	if axis == len(p.shape) {
		fmt.Fprintf(&p.out, "%*s", p.width, p.element(p.in[at]))
		return
	}
	inner := len(p.shape) - 1 - axis
	p.out.WriteByte('[')
	first := true
	p.shown(axis, func(i int) {
		if !first {
			if inner == 0 {
				p.out.WriteByte(' ')
			} else {
				p.out.WriteString(strings.Repeat("\n", inner))
				p.out.WriteString(strings.Repeat(" ", axis+1))
			}
		}
		first = false
		if i < 0 {
			p.out.WriteString("...")
			return
		}
		p.print(axis+1, at*p.shape[axis]+i)
	})
	p.out.WriteByte(']')
}

// elements returns how %v prints an element of x: all with as many digits after
// the point as the one that needs most, up to 8, or with an exponent where the
// numbers are too different.
func (x Array) elements() func(complex128) string {
	if x.NDim() == 0 {
		if x.IsComplex() {
			return func(z complex128) string { return strconv.FormatComplex(z, 'g', -1, 128) }
		}
		return func(z complex128) string { return strconv.FormatFloat(real(z), 'g', -1, 64) }
	}
	var all []float64
	for _, z := range x.Complex128s() {
		all = append(all, real(z))
		if x.IsComplex() {
			all = append(all, imag(z))
		}
	}
	digits, large, small := 0, 0.0, math.Inf(1)
	for _, v := range all {
		if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		large, small = math.Max(large, math.Abs(v)), math.Min(small, math.Abs(v))
	}
	exponent := large >= 1e8 || small < 1e-4 || large/small > 1e3*1e5 && small < 1
	for _, v := range all {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		format, least := byte('f'), strconv.FormatFloat(v, 'f', -1, 64)
		if exponent {
			format, least = 'e', strconv.FormatFloat(v, 'e', -1, 64)
		}
		if len(least) > 14 {
			least = strings.TrimRight(strconv.FormatFloat(v, format, 8, 64), "0")
			if exponent {
				digits = max(digits, 8)
				continue
			}
		}
		least, _, _ = strings.Cut(least, "e")
		if _, after, ok := strings.Cut(least, "."); ok {
			digits = max(digits, min(len(after), 8))
		}
	}
	number := func(v float64) string {
		switch {
		case math.IsNaN(v):
			return "nan"
		case math.IsInf(v, 0):
			return strings.TrimPrefix(strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "Inf", "inf", 1), "+")
		case exponent && digits == 0:
			return strings.Replace(strconv.FormatFloat(v, 'e', 0, 64), "e", ".e", 1)
		case exponent:
			return strconv.FormatFloat(v, 'e', digits, 64)
		case digits == 0:
			return strconv.FormatFloat(v, 'f', 0, 64) + "."
		}
		s := strconv.FormatFloat(v, 'f', digits, 64)
		t := strings.TrimRight(s, "0")
		return t + strings.Repeat(" ", len(s)-len(t)) // NumPy aligns the points
	}
	if x.IsComplex() {
		return func(z complex128) string {
			im := number(imag(z))
			if im[0] != '-' {
				im = "+" + im
			}
			return strings.TrimRight(number(real(z)), " ") + strings.TrimRight(im, " ") + "j"
		}
	}
	return func(z complex128) string { return number(real(z)) }
}
