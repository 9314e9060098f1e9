package problems

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

var jsonReaders = map[string]func(io.Reader) error{
	"det":      func(r io.Reader) error { _, err := ReadDet(r, "det.json"); return err },
	"llsq":     func(r io.Reader) error { _, _, err := ReadLeastSquares(r, "llsq.json"); return err },
	"lse":      func(r io.Reader) error { _, err := ReadLSE(r, "lse.json"); return err },
	"ode":      func(r io.Reader) error { _, _, err := ReadODE(r, "ode.json"); return err },
	"kmeans":   func(r io.Reader) error { _, _, err := ReadKMeans(r, "kmeans.json"); return err },
	"particle": func(r io.Reader) error { _, err := ReadParticle(r, "particle.json"); return err },
	"saddle":   func(r io.Reader) error { _, err := ReadSaddle(r, "saddle.json"); return err },
}

var goodJSON = map[string]string{
	"det":      "{\"A\": [1, 2,\n 3, 4.5e0],\n \"ell\": 2, \"min_runs\": {\"A\": [0]}}",
	"llsq":     `{"x": [1, -2, 3], "n": 10}`,
	"lse":      `{"x": [1]}`,
	"ode":      `{"x": [1, 2], "s": 5}`,
	"kmeans":   "{\"points\": [[1, 2], [3, 4],\n[5, 6]],\n\"centroids\": [[0, 1]]}\n",
	"particle": `{"w": 0.25}`,
	"saddle":   `{"start": [1, 2]}`,
}

func TestReadJSON(t *testing.T) {
	for kind, text := range goodJSON {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text + "\r\n \t"))} {
			if err := jsonReaders[kind](r); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		// Cut off, every file is an error that names it.
		for i := range len(strings.TrimSpace(text)) {
			if err := jsonReaders[kind](strings.NewReader(text[:i])); err == nil || !strings.HasPrefix(err.Error(), kind+".json:") {
				t.Errorf("%s: error %v for %q", kind, err, text[:i])
			}
		}
		broken := errors.New("broken")
		if err := jsonReaders[kind](io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))); !errors.Is(err, broken) {
			t.Errorf("%s: error %v, want that of the reader", kind, err)
		}
	}
	if a, err := ReadDet(strings.NewReader(goodJSON["det"]), ""); err != nil || Det(a) != 4.5-6 {
		t.Errorf("matrix %v, %v", a, err)
	}
	if l, x, err := ReadLeastSquares(strings.NewReader(goodJSON["llsq"]), ""); err != nil || l.N != 10 || l.M != 3 || x[1] != -2 {
		t.Errorf("%v at %v, %v", l, x, err)
	}
	if o, x, err := ReadODE(strings.NewReader(goodJSON["ode"]), ""); err != nil || o.Steps != 5 || len(x) != 2 {
		t.Errorf("%v at %v, %v", o, x, err)
	}
	if m, c, err := ReadKMeans(strings.NewReader(goodJSON["kmeans"]), ""); err != nil || m.N != 3 || m.K != 1 || m.D != 2 ||
		!slices.Equal(m.X, []float64{1, 2, 3, 4, 5, 6}) || m.Value(c) != 2+18+50 {
		t.Errorf("%v at %v, %v", m, c, err)
	}
	if s, err := ReadSaddle(strings.NewReader(goodJSON["saddle"]), ""); err != nil || s != [2]float64{1, 2} {
		t.Errorf("%v, %v", s, err)
	}
}

func TestReadJSONBad(t *testing.T) {
	for _, c := range []struct{ kind, old, new, want string }{
		{"det", "4.5e0", "4.5e", "det.json:2: invalid character"},
		{"det", "4.5e0", "1e999", "det.json:2: json: cannot unmarshal number 1e999"},
		{"det", "4.5e0", "true", "det.json:2: json: cannot unmarshal bool"},
		{"det", "3, ", "", "det.json:1: A: 3 numbers, want 4"},
		{"det", `"ell": 2`, `"ell": -2`, "det.json:3: ell: -2, want an integer from 1 to 16384"},
		{"det", `"ell": 2`, `"ell": 2.5`, "det.json:3: json: cannot unmarshal number 2.5"},
		{"det", `"ell"`, `"el"`, `det.json:3: no field "ell"`},
		{"det", `{"A`, "[", "det.json:"},
		{"det", "4.5e0", "null", "det.json:2: null, want a number"},
		{"llsq", "10", "1", "llsq.json:1: n: 1, want an integer from 2"},
		{"lse", "[1]", "[]", "lse.json:1: x: 0 numbers, want at least 1"},
		{"lse", `{"x": [1]}`, `{"x": [1]} {}`, "lse.json:1: invalid character"},
		{"lse", `{"x": [1]}`, `null`, "lse.json:1: "},
		{"ode", "5", "0", "ode.json:1: s: 0, want an integer from 1"},
		{"ode", "[1, 2]", "[]", "ode.json:1: x: 0 numbers"},
		{"kmeans", "[5, 6]", "[5]", "kmeans.json:1: points: 1 number in row 3, want 2"},
		{"kmeans", "[0, 1]", "[0, 1, 2]", "kmeans.json:3: centroids: 3 numbers in row 1, want 2"},
		{"kmeans", "[[0, 1]]", "[]", "kmeans.json:3: centroids: no numbers"},
		{"particle", "0.25", `"x"`, "particle.json:1: json: cannot unmarshal string"},
		{"saddle", "[1, 2]", "[1, 2, 3]", "saddle.json:1: start: 3 numbers, want 2"},
	} {
		text := strings.Replace(goodJSON[c.kind], c.old, c.new, 1)
		if err := jsonReaders[c.kind](strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s %q\n got %v\nwant %s…", c.kind, text, err, c.want)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, s := range goodJSON {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for kind, read := range jsonReaders {
			if err := read(strings.NewReader(text)); err != nil && !strings.HasPrefix(err.Error(), kind+".json:") {
				t.Errorf("%s: error without a place: %v", kind, err)
			}
		}
	})
}
