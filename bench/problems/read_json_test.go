package problems

import (
	"errors"
	"fmt"
	"io"
	"reflect"
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
	"gmm":      func(r io.Reader) error { _, err := ReadGMMJSON(r, "gmm.json"); return err },
	"gmm/old":  func(r io.Reader) error { _, err := ReadGMMJSON(r, "gmm/old.json"); return err },
	"ba":       func(r io.Reader) error { _, err := ReadBAJSON(r, "ba.json"); return err },
	"lstm":     func(r io.Reader) error { _, err := ReadLSTMJSON(r, "lstm.json"); return err },
	"ht":       func(r io.Reader) error { _, err := ReadHandJSON(r, "ht.json"); return err },
	"ht/us":    func(r io.Reader) error { _, err := ReadHandJSON(r, "ht/us.json"); return err },
}

var goodJSON = map[string]string{
	"det":      "{\"A\": [1, 2,\n 3, 4.5e0],\n \"ell\": 2, \"min_runs\": {\"A\": [0]}}",
	"llsq":     `{"x": [1, -2, 3], "n": 10}`,
	"lse":      `{"x": [1]}`,
	"ode":      `{"x": [1, 2], "s": 5}`,
	"kmeans":   "{\"points\": [[1, 2], [3, 4],\n[5, 6]],\n\"centroids\": [[0, 1]]}\n",
	"particle": `{"w": 0.25}`,
	"saddle":   `{"start": [1, 2]}`,
	"gmm": "{\"d\": 2, \"k\": 1, \"n\": 3, \"alpha\": [0.5],\n\"mu\": [[1, 2]], \"q\": [[0.1, 0.2]],\n\"l\": [[0.3]]," +
		"\"x\": [[1, 2], [3, 4], [5, 6]],\n\"gamma\": 1.5, \"m\": 2, \"min_runs\": 1, \"min_seconds\": 0.5}",
	"gmm/old": `{"d": 2, "k": 1, "n": 3, "alpha": [0.5], "means": [[1, 2]], "icf": [[0.1, 0.2, 0.3]],
		"x": [[1, 2], [3, 4], [5, 6]], "gamma": 1.5, "m": 2}`,
	"ba":    "{\"n\": 2, \"m\": 3, \"p\": 4, \"cam\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],\n\"x\": [1, 2, 3], \"w\": 0.5, \"feat\": [1, 2]}",
	"lstm":  "{\"main_params\": [[1, 2, 3, 4], [5, 6, 7, 8]],\n\"extra_params\": [[1], [2], [3]], \"state\": [[4], [5]], \"sequence\": [[1], [0]]}",
	"ht":    handJSON(false, "[]"),
	"ht/us": handJSON(true, "[[0.25, 0.5], [0.125, 0]]"),
}

// handJSON is the hand of smallHand as GradBench has it, with two points.
func handJSON(mirrored bool, us string) string {
	repeat := func(s string, sep string) string {
		return strings.TrimSuffix(strings.Repeat(s+sep, handBones), sep)
	}
	var parents, names []string
	for b := range handBones {
		parents, names = append(parents, fmt.Sprint(b-1)), append(names, fmt.Sprintf(`"null%d"`, b))
	}
	const eye = "[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]"
	first := "1" + strings.Repeat(", 0", handBones-1)
	return fmt.Sprintf(`{"theta": [%s],
"us": %s, "data": {"correspondences": [0, 0],
"points": [[1, 2, 3], [4, 5, 6]], "model": {"bone_count": %d, "bone_names": [%s],
"parents": [%s], "base_relatives": [%s],
"inverse_base_absolutes": [%s],
"base_positions": [[0, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1]],
"weights": [[%s], [0.5, %s], [%s]],
"triangles": [[0, 1, 2]],
"is_mirrored": %v}}}`, strings.TrimSuffix(strings.Repeat("0.5, ", 26), ", "), us, handBones, strings.Join(names, ", "),
		strings.Join(parents, ", "), repeat(eye, ", "), repeat(eye, ", "),
		first, strings.Repeat("0, ", handBones-2)+"0.5", strings.TrimSuffix(strings.Repeat("0, ", handBones), ", "), mirrored)
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
	for _, kind := range []string{"gmm", "gmm/old"} {
		want, err := ReadGMM(strings.NewReader(goodGMM), "")
		if err != nil {
			t.Fatal(err)
		}
		if g, err := ReadGMMJSON(strings.NewReader(goodJSON[kind]), ""); err != nil || !reflect.DeepEqual(g, want) {
			t.Errorf("%s: %+v, %v, want %+v", kind, g, err, want)
		}
	}
	if want, err := ReadBA(strings.NewReader(goodBA), ""); err != nil {
		t.Fatal(err)
	} else if b, err := ReadBAJSON(strings.NewReader(goodJSON["ba"]), ""); err != nil || *b != *want {
		t.Errorf("%+v, %v, want %+v", b, err, want)
	}
	if want, err := ReadLSTM(strings.NewReader(goodLSTM), ""); err != nil {
		t.Fatal(err)
	} else if m, err := ReadLSTMJSON(strings.NewReader(goodJSON["lstm"]), ""); err != nil || !reflect.DeepEqual(m, want) {
		t.Errorf("%+v, %v, want %+v", m, err, want)
	}
	if s, err := ReadSaddle(strings.NewReader(goodJSON["saddle"]), ""); err != nil || s != [2]float64{1, 2} {
		t.Errorf("%v, %v", s, err)
	}
}

// TestReadHandJSON checks against the text files, and that a mirrored hand has its
// first coordinate negated.
func TestReadHandJSON(t *testing.T) {
	m, err := ReadHandModel(smallHand(), "m")
	if err != nil {
		t.Fatal(err)
	}
	want := &Hand{Model: m, Index: []int{0, 0}, Points: []float64{1, 2, 3, 4, 5, 6}, Theta: slices.Repeat([]float64{0.5}, 26)}
	h, err := ReadHandJSON(strings.NewReader(goodJSON["ht"]), "")
	if err != nil {
		t.Fatal(err)
	}
	for b := range m.Bones {
		m.Bones[b].Name = fmt.Sprintf("null%d", b)
	}
	if !reflect.DeepEqual(h, want) {
		t.Errorf("%+v\nwant %+v", h, want)
	}
	for _, us := range []string{"[[0.25, 0.5], [0.125, 0]]", "[0.25, 0.5, 0.125, 0]"} {
		h, err := ReadHandJSON(strings.NewReader(handJSON(false, us)), "")
		if err != nil || !slices.Equal(h.Us, []float64{0.25, 0.5, 0.125, 0}) {
			t.Errorf("us = %s: %+v, %v", us, h, err)
		}
	}
	// In a pose without rotation as a whole and translation, a mirrored hand is
	// one with points that are mirrored.
	plain, mirrored := handJSON(false, "[]"), handJSON(true, "[]")
	var res [2][]float64
	for i, text := range []string{plain, mirrored} {
		h, err := ReadHandJSON(strings.NewReader(text), "")
		if err != nil {
			t.Fatal(err)
		}
		clear(h.Theta[:6])
		h.Index = []int{1, 2}
		clear(h.Points)
		res[i] = h.Residuals(nil, h.Theta)
	}
	for i := 0; i < len(res[0]); i += 3 {
		res[0][i] = -res[0][i]
	}
	near(t, "mirrored", res[1], res[0], 0)
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
		{"gmm", `"d": 2`, `"d": 0`, "gmm.json:1: d: 0, want an integer from 1 to 16384"},
		{"gmm", `"k": 1`, `"k": 2`, "gmm.json:1: alpha: 1 number, want 2"},
		{"gmm", `"n": 3`, `"n": 4`, "gmm.json:3: x: 3 rows, want 4"},
		{"gmm", `"m": 2`, `"m": -1`, "gmm.json:4: m: -1, want an integer from 0"},
		{"gmm", "1.5", "0", "gmm.json:4: gamma: 0, want a positive number"},
		{"gmm", "[1, 2]]", "[1]]", "gmm.json:2: mu: 1 number in row 1, want 2"},
		{"gmm", "[0.1, 0.2]", "[0.1]", "gmm.json:2: q: 1 number in row 1, want 2"},
		{"gmm", "[[0.3]]", "[[]]", "gmm.json:3: l: 0 numbers in row 1, want 1"},
		{"gmm", `"mu"`, `"means"`, `gmm.json:4: no field "mu"`},
		{"gmm/old", "0.3]]", "0.3, 1]]", "gmm/old.json:1: icf: 4 numbers in row 1, want 3"},
		{"ba", `"p": 4`, `"p": 0`, "ba.json:1: p: 0, want an integer from 1"},
		{"ba", "10, 11]", "10]", "ba.json:1: cam: 10 numbers, want 11"},
		{"ba", "[1, 2, 3],", "[1, 2],", "ba.json:2: x: 2 numbers, want 3"},
		{"ba", `"feat": [1, 2]`, `"feat": []`, "ba.json:2: feat: 0 numbers, want 2"},
		{"lstm", ", [5, 6, 7, 8]", "", "lstm.json:1: main_params: 1 rows, want two"},
		{"lstm", "[5, 6, 7, 8]", "[5, 6, 7]", "lstm.json:1: main_params: 3 numbers in row 2, want 4"},
		{"lstm", ", [3]", "", "lstm.json:2: extra_params: 2 rows, want 3"},
		{"lstm", "[4], ", "", "lstm.json:2: state: 1 rows, want 2"},
		{"lstm", ", [0]", "", "lstm.json:2: sequence: 1 rows, want at least 2"},
		{"lstm", "[[1], [0]]", "[[], []]", "lstm.json:2: sequence: 0 numbers in row 1"},
		{"ht", "0.5, ", "", "ht.json:1: theta: 25 numbers, want 26"},
		{"ht", `"us": []`, `"us": {}`, "ht.json:2: json: cannot unmarshal object"},
		{"ht", `"us": []`, `"us": [[1, 2]]`, "ht.json:2: us: 1 rows, want 2"},
		{"ht", `"us": []`, `"us": [1, 2]`, "ht.json:2: us: 2 numbers, want 4"},
		{"ht", "[0, 0]", "[]", "ht.json:2: correspondences: 0 numbers"},
		{"ht", "[0, 0]", "[0, 3]", "ht.json:2: correspondences: number 2 is 3, but the model has 3 vertices"},
		{"ht/us", "[0, 0]", "[-1, 0]", "ht/us.json:2: correspondences: number 1 is -1, but the model has 1 triangles"},
		{"ht", ", [4, 5, 6]", "", "ht.json:3: points: 1 rows, want 2"},
		{"ht", `"data": {`, `"data": null, "other": {`, "ht.json:2: null, want an object"},
		{"ht", `"data"`, `"date"`, `ht.json:9: no field "data"`},
		{"ht", `"model": {`, `"model": [], "other": {`, "ht.json:3: json: cannot unmarshal array"},
		{"ht", `"null0", `, "", "ht.json:3: bone_names: 20 names, want 21"},
		{"ht", "[-1, 0, 1,", "[-1, 0, 2,", "ht.json:4: parents: number 3 is 2, want an integer from -1 to 1"},
		{"ht", "[-1, 0, 1,", "[-1, null, 1,", "ht.json:4: null, want a number"},
		{"ht", "[-1, 0, 1,", "[-1, 0,", "ht.json:4: parents: 20 numbers, want at least 21"},
		{"ht", "[0, 0, 1, 0], [0, 0, 0, 1]]", "[0, 0, 1, 0], [0, 0, 0, 2]]", "ht.json:4: base_relatives: the last row of matrix 1"},
		{"ht", "[0, 0, 1, 0], [0, 0, 0, 1]]", "[0, 0, 1, 0]]", "ht.json:4: base_relatives: 3 rows, want 4"},
		{"ht", "[0, 1, 0, 1]]", "[0, 1, 0]]", "ht.json:6: base_positions: 3 numbers in row 3, want 4"},
		{"ht", "[[0, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1]]", "[]", "ht.json:6: base_positions: no vertices"},
		{"ht", "[0.5, 0,", "[0.5,", "ht.json:7: weights: 20 numbers in row 2, want 21"},
		{"ht", "[[0, 1, 2]]", "[[0, 1, 3]]", "ht.json:8: triangles: vertex 3 in row 1, want an integer from 0 to 2"},
		{"ht", "[[0, 1, 2]]", "[[0, 1]]", "ht.json:8: triangles: 2 numbers in row 1, want 3"},
		{"ht", "false", "1", "ht.json:9: json: cannot unmarshal number"},
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
