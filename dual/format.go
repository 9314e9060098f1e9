package dual

import (
	"fmt"
	"io"
	"math"
)

// formatSum prints the terms of a sum in parentheses, each a coefficient and a
// unit. Flags, width and precision apply to each coefficient.
func formatSum(s fmt.State, verb rune, units []string, coef ...float64) {
	format := fmt.FormatString(s, verb)
	io.WriteString(s, "(")
	for i, c := range coef {
		if i > 0 && !s.Flag('+') && (!math.Signbit(c) && !math.IsInf(c, 1) || math.IsNaN(c)) {
			io.WriteString(s, "+")
		}
		fmt.Fprintf(s, format, c)
		io.WriteString(s, units[i])
	}
	io.WriteString(s, ")")
}
