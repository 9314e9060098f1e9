package jet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Format implements [fmt.Formatter]. It prints the known terms that are not 0
// and the order of those that are not known, as in
//
//	1 + 2t − ½t² + O(t³)
//
// A verb for floats applies to each coefficient, with its flags, width and
// precision. A plain %v shows simple fractions as such in front of a power of t,
// where the coefficient is the float64 nearest to one. A constant prints as the
// number that it is. The format %#v gives Go syntax.
func (x Jet[F]) Format(s fmt.State, verb rune) {
	formatSeries(s, verb, fmt.Sprintf("jet.New[%T]", F(0)), x, x.c, x.KnownOrder(), isZeroFloat[F])
}

// Format implements [fmt.Formatter], as the method of [Jet] does. A coefficient
// that is more than a number stands in parentheses.
func (x Nested[T]) Format(s fmt.State, verb rune) {
	formatSeries(s, verb, fmt.Sprintf("jet.NewNested[%T]", zero[T]()), x, x.c, x.KnownOrder(), isZero[T])
}

// formatSeries prints the series x with the coefficients c, known up to the
// given order. The text constructor makes it in Go syntax.
func formatSeries[T any](s fmt.State, verb rune, constructor string, x any, c []T, known int, isZero func(T) bool) {
	switch {
	case verb == 'v' && s.Flag('#'):
		text := make([]string, len(c))
		for k := range c {
			text[k] = goNumber(fmt.Sprintf("%#v", c[k]))
		}
		io.WriteString(s, constructor+"("+strings.Join(text, ", ")+")")
		return
	case !strings.ContainsRune("veEfFgG", verb):
		fmt.Fprintf(s, "%%!%c(%T=%v)", verb, x, x)
		return
	}
	format := fmt.FormatString(s, verb)
	if len(c) == 0 {
		fmt.Fprintf(s, format, 0.0)
		return
	}
	if len(c) == 1 || known < 0 {
		fmt.Fprintf(s, format, c[0])
		return
	}
	_, width := s.Width()
	_, prec := s.Precision()
	plain := verb == 'v' && !width && !prec
	var b strings.Builder
	for k, v := range c[:known+1] {
		if isZero(v) {
			continue
		}
		sign, term := formatTerm(format, v, k, plain)
		switch {
		case b.Len() > 0:
			b.WriteString(" " + string(sign) + " ")
		case sign == minus || s.Flag('+'):
			b.WriteString(string(sign))
		}
		b.WriteString(term)
	}
	if b.Len() == 0 {
		b.WriteString("0")
	}
	io.WriteString(s, b.String()+" + O("+power10(known+1)+")")
}

// minus is the sign of subtraction in print.
const minus = '−'

// formatTerm returns the sign and the text of the term c·t^k.
func formatTerm(format string, c any, k int, plain bool) (sign rune, term string) {
	text := fmt.Sprintf(format, c)
	if _, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
		// Not a number but a sum of parts.
		if !strings.HasPrefix(text, "(") {
			text = "(" + text + ")"
		}
		return '+', text + power10(k)
	}
	number := strings.TrimLeft(text, " ")
	pad := text[:len(text)-len(number)]
	sign = '+'
	switch number[0] {
	case '-':
		sign, number = minus, number[1:]
	case '+':
		number = number[1:]
	}
	if k == 0 {
		return sign, pad + number
	}
	switch {
	case number == "1":
		number = ""
	case number == "Inf":
		number += "·"
	case plain:
		number = fraction(number, c)
	}
	return sign, pad + number + power10(k)
}

// fraction returns the character of a simple fraction if the size of c, which
// text shows, is the float nearest to it, and text otherwise.
func fraction(text string, c any) string {
	for q := 2; q <= 8; q++ {
		for p := 1; p < q; p++ {
			f := any(float64(p) / float64(q))
			if _, ok := c.(float32); ok {
				f = float32(p) / float32(q)
			}
			if name := fractions[[2]int{p, q}]; name != 0 && text == fmt.Sprint(f) {
				return string(name)
			}
		}
	}
	return text
}

// fractions are those for which Unicode has a character that most fonts know.
var fractions = map[[2]int]rune{
	{1, 2}: '½', {1, 3}: '⅓', {2, 3}: '⅔', {1, 4}: '¼', {3, 4}: '¾', {1, 5}: '⅕', {2, 5}: '⅖', {3, 5}: '⅗', {4, 5}: '⅘',
	{1, 6}: '⅙', {5, 6}: '⅚', {1, 8}: '⅛', {3, 8}: '⅜', {5, 8}: '⅝', {7, 8}: '⅞',
}

// power10 returns t^k with the exponent k in raised digits, and nothing for k = 0.
func power10(k int) string {
	switch k {
	case 0:
		return ""
	case 1:
		return "t"
	}
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	b := []rune{'t'}
	for _, d := range strconv.Itoa(k) {
		b = append(b, digits[d-'0'])
	}
	return string(b)
}

// goNumber returns the text of a float as a Go expression.
func goNumber(text string) string {
	switch text {
	case "NaN":
		return "math.NaN()"
	case "+Inf":
		return "math.Inf(1)"
	case "-Inf":
		return "math.Inf(-1)"
	}
	return text
}

// formatFields prints c as the fields C0, C1, … of a type in Go syntax.
func formatFields(s fmt.State, typ string, c ...float64) {
	fields := make([]string, len(c))
	for k, v := range c {
		fields[k] = fmt.Sprintf("C%d:%s", k, goNumber(fmt.Sprint(v)))
	}
	io.WriteString(s, typ+"{"+strings.Join(fields, ", ")+"}")
}
