package dual

import (
	"fmt"
	"io"
	"strings"
)

// formatSum prints x in parentheses as the sum of its parts, each with its
// unit. Flags, width and precision apply to each part. The format %#v gives Go
// syntax.
func formatSum(s fmt.State, verb rune, x any, fields, units []string, parts ...any) {
	format := fmt.FormatString(s, verb)
	if verb == 'v' && s.Flag('#') {
		fmt.Fprintf(s, "%T{", x)
		for i, p := range parts {
			if i > 0 {
				io.WriteString(s, ", ")
			}
			fmt.Fprintf(s, "%s:"+format, fields[i], p)
		}
		io.WriteString(s, "}")
		return
	}
	io.WriteString(s, "(")
	for i, p := range parts {
		text := fmt.Sprintf(format, p)
		if t := strings.TrimLeft(text, " "); i > 0 && !strings.HasPrefix(t, "+") && !strings.HasPrefix(t, "-") {
			io.WriteString(s, "+")
		}
		io.WriteString(s, text+units[i])
	}
	io.WriteString(s, ")")
}
