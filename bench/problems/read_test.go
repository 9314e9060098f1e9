package problems

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

var readers = map[string]func(io.Reader) error{
	"gmm":  func(r io.Reader) error { _, err := ReadGMM(r, "gmm.txt"); return err },
	"ba":   func(r io.Reader) error { _, err := ReadBA(r, "ba.txt"); return err },
	"lstm": func(r io.Reader) error { _, err := ReadLSTM(r, "lstm.txt"); return err },
}

const (
	goodGMM  = "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n3 4\n5 6\n1.5 2\n"
	goodLSTM = "1 2 1\n\n1 2 3 4\n5 6 7 8\n\n1\n2\n3\n\n4\n5\n\n1\n0\n\n"
	camera   = "1 2 3 4 5 6 7 8 9 10 11\n"
	goodBA   = "2 3 4\n" + camera + "1 2 3\n0.5\n1 2\n"
)

func TestReadGood(t *testing.T) {
	for _, c := range []struct{ kind, text string }{
		{"gmm", goodGMM},
		{"gmm", strings.TrimSuffix(goodGMM, "\n")},
		{"gmm", strings.ReplaceAll(goodGMM, "\n", " \r\n\n\t\n")},
		{"gmm", "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n1.5 2\n\n"}, // one point for all
		{"gmm", "2 1 1\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n1.5 2"},
		{"gmm", "1 1 2\n0.5\n1\n0.1\n1\n2\n1.5 2"},
		{"gmm", "3 1 1000000000\n0.5\n1 2 3\n1 2 3 4 5 6\n1 2 3\n1.5 2"},
		{"lstm", goodLSTM},
		{"ba", goodBA},
		{"ba", strings.Replace(goodBA, "4\n", "1000000000\n", 1)},
	} {
		if err := readers[c.kind](strings.NewReader(c.text)); err != nil {
			t.Errorf("%s %q: %v", c.kind, c.text, err)
		}
		if err := readers[c.kind](iotest.OneByteReader(strings.NewReader(c.text))); err != nil {
			t.Errorf("%s %q byte by byte: %v", c.kind, c.text, err)
		}
	}
	g, err := ReadGMM(strings.NewReader("2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n7 8\n1.5 2\n"), "gmm.txt")
	if err != nil || len(g.X) != 2 || g.Gamma != 1.5 || g.M != 2 {
		t.Errorf("one point for all: %+v, %v", g, err)
	}
}

func TestReadBad(t *testing.T) {
	for _, c := range []struct{ kind, text, want string }{
		{"gmm", "", "gmm.txt:1: the file ends before the sizes d k n"},
		{"gmm", "\n\n", "gmm.txt:3: the file ends before the sizes d k n"},
		{"gmm", "2 1", "gmm.txt:1: 2 numbers, want 3 for the sizes d k n"},
		{"gmm", "2 1 3 4\n", "gmm.txt:1: more than 3 numbers"},
		{"gmm", "-2 1 3\n", "gmm.txt:1: d = -2, want an integer from 1 to 16384"},
		{"gmm", "2 0 3\n", "gmm.txt:1: k = 0, want an integer from 1 to 1073741824"},
		{"gmm", "2 1 2.5\n", "gmm.txt:1: n = 2.5, want an integer from 1 to 1073741824"},
		{"gmm", "2 1 1e300\n", "gmm.txt:1: n = 1e+300, want an integer from 1 to 1073741824"},
		{"gmm", "2 1 nan\n", `gmm.txt:1: "nan" is not a finite number`},
		{"gmm", "16384 1073741824 1073741824\n0.5\n", "gmm.txt:3: the file ends before alpha 2 of 1073741824"},
		{"gmm", strings.Replace(goodGMM, "0.5", "0.5 1", 1), "gmm.txt:2: more than 1 number"},
		{"gmm", strings.Replace(goodGMM, "1 2\n", "1\n", 1), "gmm.txt:3: 1 number, want 2 for mean 1 of 1"},
		{"gmm", strings.Replace(goodGMM, "1 2\n", "1 two\n", 1), `gmm.txt:3: "two" is not a number (in mean 1 of 1)`},
		{"gmm", strings.Replace(goodGMM, "0.2", "1e999", 1), `gmm.txt:4: "1e999" is not a finite number`},
		{"gmm", strings.Replace(goodGMM, "0.2", strings.Repeat("1", 65), 1), `gmm.txt:4: "1111111111111111"… is too long for a number`},
		{"gmm", strings.Replace(goodGMM, "0.2", "0.2\x00", 1), `gmm.txt:4: "0.2\x00" is not a number`},
		{"gmm", "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n", "gmm.txt:5: the file ends before point 1 of 3"},
		{"gmm", "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n", "gmm.txt:6: the file ends before point 2"},
		{"gmm", "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n3\n4 5\n", "gmm.txt:6: 1 number, want 2 for point 2"},
		{"gmm", "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n3 4\n\n5 6\n", "gmm.txt:9: the file ends before gamma and m"},
		{"gmm", "3 1 3\n0.5\n1 2 3\n1 2 3 4 5 6\n1 2 3\n3 4 5\n\n", "gmm.txt:6: 3 numbers, want 2 for gamma and m"},
		{"gmm", strings.Replace(goodGMM, "1.5 2", "-1.5 2", 1), "gmm.txt:8: gamma = -1.5, want a positive number"},
		{"gmm", strings.Replace(goodGMM, "1.5 2", "1.5 -2", 1), "gmm.txt:8: m = -2, want an integer from 0"},
		{"gmm", goodGMM + "\n1\n", "gmm.txt:10: the file goes on after its end"},
		{"gmm", goodGMM + "x", "gmm.txt:9: the file goes on after its end"},
		{"lstm", "1 1 1\n", "lstm.txt:1: c = 1, want an integer from 2"},
		{"lstm", strings.Replace(goodLSTM, "5 6 7 8", "5 6 7", 1), "lstm.txt:4: 3 numbers, want 4 for row of the main parameters 2 of 2"},
		{"lstm", strings.Replace(goodLSTM, "1\n0\n", "1\n", 1), "lstm.txt:15: the file ends before character 2 of 2"},
		{"lstm", "1073741824 2 1073741824\n1 2\n", "lstm.txt:2: 2 numbers, want 4294967296 for row of the main parameters 1 of 2147483648"},
		{"ba", "0 1 1\n", "ba.txt:1: n = 0, want an integer from 1"},
		{"ba", strings.Replace(goodBA, "10 11", "10", 1), "ba.txt:2: 10 numbers, want 11 for the camera"},
		{"ba", strings.Replace(goodBA, "0.5", "half", 1), `ba.txt:4: "half" is not a number (in the weight)`},
		{"ba", strings.TrimSuffix(goodBA, "1 2\n"), "ba.txt:5: the file ends before the feature"},
		{"ba", goodBA + "1 2\n", "ba.txt:6: the file goes on after its end"},
	} {
		err := readers[c.kind](strings.NewReader(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s %.60q\n got %v\nwant %s…", c.kind, c.text, err, c.want)
		}
	}
}

// TestReadCut cuts files off and breaks each of their bytes.
func TestReadCut(t *testing.T) {
	// With d = 2 a point could be gamma and m.
	one := "1 1 2\n0.5\n1\n0.1\n1\n2\n1.5 2\n"
	for kind, text := range map[string]string{"gmm": one, "lstm": goodLSTM, "ba": goodBA} {
		end := len(strings.TrimSpace(text))
		for i := range end {
			// A cut inside the last word may leave a number.
			if i <= strings.LastIndexAny(text[:end], " \n") {
				if err := readers[kind](strings.NewReader(text[:i])); err == nil {
					t.Errorf("%s: no error for %q", kind, text[:i])
				}
			}
			err := readers[kind](strings.NewReader(text[:i] + "?" + text[i+1:]))
			if err == nil || !strings.HasPrefix(err.Error(), kind+".txt:") {
				t.Errorf("%s: error %v with a ? for byte %d", kind, err, i)
			}
		}
	}
}

func TestReadFails(t *testing.T) {
	broken := errors.New("broken")
	for kind, text := range map[string]string{"gmm": goodGMM, "lstm": goodLSTM, "ba": goodBA} {
		for i := range len(text) + 1 {
			err := readers[kind](io.MultiReader(strings.NewReader(text[:i]), iotest.ErrReader(broken)))
			if !errors.Is(err, broken) {
				t.Errorf("%s: error %v, want that of the reader after %d bytes", kind, err, i)
			}
		}
	}
}

// TestReadMemory checks that sizes without data behind them cost nothing.
func TestReadMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for kind, text := range map[string]string{
		"gmm": "16384 1073741824 1073741824\n1\n", "lstm": "1073741824 1073741824 1073741824\n1\n",
	} {
		if err := readers[kind](strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", kind)
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes allocated", n)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{goodGMM, goodLSTM, goodBA, "2 1 3\n0.5\n1 2\n0.1 0.2 0.3\n1 2\n1.5 2\n\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for kind, read := range readers {
			if err := read(strings.NewReader(text)); err != nil && !strings.HasPrefix(err.Error(), kind+".txt:") {
				t.Errorf("%s: error without a place: %v", kind, err)
			}
		}
	})
}

// TestData checks that the license lies beside the data.
func TestData(t *testing.T) {
	for _, name := range []string{"LICENSE.TXT", "README.md"} {
		if text, err := os.ReadFile(filepath.Join("testdata", "adbench", name)); err != nil || !strings.Contains(string(text), "Microsoft") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
