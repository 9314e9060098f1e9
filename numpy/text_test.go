package numpy_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	np "github.com/dualjet/dualjet/numpy"
)

func TestText(t *testing.T) {
	x := np.Of([][]float64{{1, -2.5, 0.1}, {1e300, math.Inf(1), 0x1p-1074}})
	for _, delimiter := range []string{" ", ",", ";\t"} {
		var file bytes.Buffer
		if err := np.WriteText(&file, x, delimiter); err != nil {
			t.Fatal(err)
		}
		if delimiter == "," && file.String() != "1,-2.5,0.1\n1e+300,+Inf,5e-324\n" {
			t.Errorf("got %q", file.String())
		}
		got, err := np.ReadText(&file, strings.TrimSpace(delimiter), 0)
		if err != nil || !sameArray(got, x) {
			t.Errorf("delimiter %q: got %v, %v", delimiter, got, err)
		}
	}
	if err := np.WriteText(failing{}, x, " "); err == nil {
		t.Error("no error from a writer that fails")
	}
	for _, c := range []struct {
		text, delimiter string
		skip            int
		want            np.Array
	}{
		{"x,y\n1,2\n\n3, 4 # and more\n# end\n", ",", 1, np.Of([][]float64{{1, 2}, {3, 4}})},
		{"1\r\n2\r\n", "", 0, np.Of([][]float64{{1}, {2}})},
		{"nan -inf", "", 0, np.Of([][]float64{{math.NaN(), math.Inf(-1)}})},
		{"# nothing\n", "", 0, np.Zeros(0, 0)},
	} {
		got, err := np.ReadText(strings.NewReader(c.text), c.delimiter, c.skip)
		if err != nil || got.String() != c.want.String() {
			t.Errorf("%q: got %v, %v", c.text, got, err)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"1,2\n\n3\n", "line 3: 1 numbers after rows of 2"},
		{"1,2\n3,x\n", `line 2: column 2: strconv.ParseFloat: parsing "x"`},
		{"1,,2\n", "line 1: column 2"},
	} {
		_, err := np.ReadText(strings.NewReader(c.text), ",", 0)
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: ReadText: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got error %v, want %q", c.text, err, c.want)
		}
	}
	if _, err := np.ReadText(iotest.ErrReader(iotest.ErrTimeout), "", 0); err == nil {
		t.Error("no error from a reader that fails")
	}
	if err := np.Maybe(func() { np.WriteText(failing{}, np.Zeros(1, 1, 1), " ") }); err == nil {
		t.Error("no panic for three dimensions")
	}
}
