package problems

import (
	"encoding/json"
	"io"
	"math"
)

// ReadGMMJSON reads an input of GradBench's gmm: d, k, n, alpha, x, gamma, m, and
// either mu, q and l, where each q has the logarithms of a diagonal of Q and each l
// what is below it column by column, or means and icf as earlier versions had. The
// name is for errors, as it is in the other functions.
func ReadGMMJSON(r io.Reader, name string) (*GMM, error) {
	in, err := parseJSON(r, name)
	if err != nil {
		return nil, err
	}
	g := new(GMM)
	var means, icf, q, l, x [][]float64
	fields := map[string]any{"d": &g.D, "k": &g.K, "n": &g.N, "alpha": &g.Alphas, "x": &x, "gamma": &g.Gamma, "m": &g.M}
	parts := !in.has("icf")
	mean := "means"
	if parts {
		mean = "mu"
		fields["q"], fields["l"] = &q, &l
	} else {
		fields["icf"] = &icf
	}
	fields[mean] = &means
	if err := in.fields(fields); err != nil {
		return nil, err
	}
	for _, s := range []struct {
		field     string
		v, lo, hi int
	}{{"d", g.D, 1, maxDim}, {"k", g.K, 1, maxSize}, {"n", g.N, 1, maxSize}, {"m", g.M, 0, maxSize}} {
		if err := in.size(s.field, s.v, s.lo, s.hi); err != nil {
			return nil, err
		}
	}
	if g.Gamma <= 0 {
		return nil, in.errorf("gamma", "%v, want a positive number", g.Gamma)
	}
	if err := in.numbers("alpha", len(g.Alphas), g.K); err != nil {
		return nil, err
	}
	if g.Means, err = in.rows(nil, mean, means, g.K, g.D); err != nil {
		return nil, err
	}
	if parts {
		if _, err := in.rows(nil, "q", q, g.K, g.D); err != nil {
			return nil, err
		}
		if _, err := in.rows(nil, "l", l, g.K, g.triangle()-g.D); err != nil {
			return nil, err
		}
		for i := range q {
			g.ICF = append(append(g.ICF, q[i]...), l[i]...)
		}
	} else if g.ICF, err = in.rows(nil, "icf", icf, g.K, g.triangle()); err != nil {
		return nil, err
	}
	g.X, err = in.rows(nil, "x", x, g.N, g.D)
	if err != nil {
		return nil, err
	}
	return g, nil
}

// ReadBAJSON reads an input of GradBench's ba: n, m, p, cam, x, w and feat.
func ReadBAJSON(r io.Reader, name string) (*BA, error) {
	b := new(BA)
	var cam, x, feat []float64
	in, err := readJSON(r, name, map[string]any{
		"n": &b.N, "m": &b.M, "p": &b.P, "cam": &cam, "x": &x, "w": &b.Weight, "feat": &feat})
	if err != nil {
		return nil, err
	}
	for i, v := range []int{b.N, b.M, b.P} {
		if err := in.size([]string{"n", "m", "p"}[i], v, 1, maxSize); err != nil {
			return nil, err
		}
	}
	for _, part := range []struct {
		field    string
		dst, src []float64
	}{{"cam", b.Camera[:], cam}, {"x", b.Point[:], x}, {"feat", b.Feature[:], feat}} {
		if err := in.numbers(part.field, len(part.src), len(part.dst)); err != nil {
			return nil, err
		}
		copy(part.dst, part.src)
	}
	return b, nil
}

// ReadLSTMJSON reads an input of GradBench's lstm: main_params, extra_params, state
// and sequence, which tell the sizes.
func ReadLSTMJSON(r io.Reader, name string) (*LSTM, error) {
	var main, extra, state, sequence [][]float64
	in, err := readJSON(r, name, map[string]any{
		"main_params": &main, "extra_params": &extra, "state": &state, "sequence": &sequence})
	if err != nil {
		return nil, err
	}
	m := &LSTM{L: len(main) / 2, C: len(sequence)}
	switch {
	case m.C < 2:
		return nil, in.errorf("sequence", "%d rows, want at least 2", m.C)
	case len(sequence[0]) == 0:
		return nil, in.errorf("sequence", "0 numbers in row 1, want at least 1")
	case m.L == 0 || len(main)%2 != 0:
		return nil, in.errorf("main_params", "%d rows, want two for each layer", len(main))
	}
	m.B = len(sequence[0])
	if m.Main, err = in.rows(nil, "main_params", main, 2*m.L, 4*m.B); err != nil {
		return nil, err
	}
	if m.Extra, err = in.rows(nil, "extra_params", extra, 3, m.B); err != nil {
		return nil, err
	}
	if m.State, err = in.rows(nil, "state", state, 2*m.L, m.B); err != nil {
		return nil, err
	}
	if m.Sequence, err = in.rows(nil, "sequence", sequence, m.C, m.B); err != nil {
		return nil, err
	}
	return m, nil
}

// ReadHandJSON reads an input of GradBench's ht: theta, data and us, which is empty
// in the simple problem and else has a row for each point, or all numbers in one.
// A hand that is mirrored is so from its first bones on.
func ReadHandJSON(r io.Reader, name string) (*Hand, error) {
	h := new(Hand)
	var us json.RawMessage
	in, err := readJSON(r, name, map[string]any{"theta": &h.Theta, "us": &us})
	if err != nil {
		return nil, err
	}
	if err := in.numbers("theta", len(h.Theta), HandParams); err != nil {
		return nil, err
	}
	data, err := in.object("data")
	if err != nil {
		return nil, err
	}
	var points [][]float64
	if err := data.fields(map[string]any{"correspondences": &h.Index, "points": &points}); err != nil {
		return nil, err
	}
	n := len(h.Index)
	if n == 0 {
		return nil, data.errorf("correspondences", "0 numbers, want at least 1")
	}
	if h.Points, err = data.rows(nil, "points", points, n, 3); err != nil {
		return nil, err
	}
	if err := in.coordinates(h, us); err != nil {
		return nil, err
	}
	model, err := data.object("model")
	if err != nil {
		return nil, err
	}
	if h.Model, err = model.hand(); err != nil {
		return nil, err
	}
	limit, what := len(h.Model.Vertices), "vertices"
	if h.Us != nil {
		limit, what = len(h.Model.Triangles), "triangles"
	}
	for i, k := range h.Index {
		if k < 0 || k >= limit {
			return nil, data.errorf("correspondences", "number %d is %d, but the model has %d %s", i+1, k, limit, what)
		}
	}
	return h, nil
}

// coordinates reads the field us.
func (in *jsonFile) coordinates(h *Hand, us json.RawMessage) error {
	n := len(h.Index)
	var rows [][]float64
	var flat []float64
	if json.Unmarshal(us, &rows) == nil {
		if len(rows) == 0 {
			return nil
		}
		var err error
		h.Us, err = in.rows(nil, "us", rows, n, 2)
		return err
	}
	if err := json.Unmarshal(us, &flat); err != nil {
		return in.explain(in.start["us"], err)
	}
	h.Us = flat
	return in.numbers("us", len(flat), 2*n)
}

// hand reads a model.
func (in *jsonFile) hand() (*HandModel, error) {
	var names []string
	var parents []int
	var local, inverse [][][]float64
	var positions, weights [][]float64
	var triangles [][]int
	var mirrored bool
	if err := in.fields(map[string]any{
		"bone_names": &names, "parents": &parents, "base_relatives": &local, "inverse_base_absolutes": &inverse,
		"base_positions": &positions, "weights": &weights, "triangles": &triangles, "is_mirrored": &mirrored,
	}); err != nil {
		return nil, err
	}
	n := len(parents)
	switch {
	case n < handBones:
		return nil, in.errorf("parents", "%s, want at least %d", count(n), handBones)
	case len(names) != n:
		return nil, in.errorf("bone_names", "%d names, want %d", len(names), n)
	case len(positions) == 0:
		return nil, in.errorf("base_positions", "no vertices")
	}
	m := &HandModel{Bones: make([]HandBone, n)}
	for b := range m.Bones {
		bone := &m.Bones[b]
		bone.Name, bone.Parent = names[b], parents[b]
		if bone.Parent < -1 || bone.Parent >= b {
			return nil, in.errorf("parents", "number %d is %d, want an integer from -1 to %d", b+1, bone.Parent, b-1)
		}
	}
	for _, part := range []struct {
		field string
		maps  [][][]float64
		dst   func(b int) *[12]float64
	}{
		{"base_relatives", local, func(b int) *[12]float64 { return &m.Bones[b].Local }},
		{"inverse_base_absolutes", inverse, func(b int) *[12]float64 { return &m.Bones[b].Inverse }},
	} {
		if len(part.maps) != n {
			return nil, in.errorf(part.field, "%d matrices, want %d", len(part.maps), n)
		}
		for b, rows := range part.maps {
			all, err := in.rows(nil, part.field, rows, 4, 4)
			if err != nil {
				return nil, err
			}
			for j, v := range all[12:] {
				if math.Abs(v-float64(j/3)) > 1e-6 {
					return nil, in.errorf(part.field, "the last row of matrix %d is not 0, 0, 0, 1", b+1)
				}
			}
			copy(part.dst(b)[:], all)
		}
	}
	if mirrored {
		for b := range m.Bones {
			if bone := &m.Bones[b]; bone.Parent < 0 {
				for j := range 4 {
					bone.Local[j] = -bone.Local[j]
				}
			}
		}
	}
	if _, err := in.rows(nil, "base_positions", positions, len(positions), 4); err != nil {
		return nil, err
	}
	if _, err := in.rows(nil, "weights", weights, len(positions), n); err != nil {
		return nil, err
	}
	m.Vertices = make([]HandVertex, len(positions))
	for i, x := range positions {
		v := &m.Vertices[i]
		for b, w := range weights[i] {
			if w != 0 {
				v.Bones = append(v.Bones, b)
				v.Coef = append(v.Coef, w*x[0], w*x[1], w*x[2], w*x[3])
			}
		}
	}
	for i, t := range triangles {
		if len(t) != 3 {
			return nil, in.errorf("triangles", "%s in row %d, want 3", count(len(t)), i+1)
		}
		for _, v := range t {
			if v < 0 || v >= len(m.Vertices) {
				return nil, in.errorf("triangles", "vertex %d in row %d, want an integer from 0 to %d", v, i+1, len(m.Vertices)-1)
			}
		}
		m.Triangles = append(m.Triangles, [3]int(t))
	}
	return m, nil
}
