package problems

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// ReadHandModel reads the files bones.txt, vertices.txt and triangles.txt of a
// model of ADBench. The name is for errors.
func ReadHandModel(dir fs.FS, name string) (*HandModel, error) {
	m := new(HandModel)
	for _, part := range []struct {
		file string
		read func(in *fields) error
	}{
		{"bones.txt", m.bone}, {"vertices.txt", m.vertex}, {"triangles.txt", m.triangle},
	} {
		f, err := dir.Open(part.file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Join(name, part.file), err)
		}
		err = readFields(f, path.Join(name, part.file), part.read)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	switch {
	case len(m.Bones) < handBones:
		return nil, fmt.Errorf("%s: %d bones, want at least %d", path.Join(name, "bones.txt"), len(m.Bones), handBones)
	case len(m.Vertices) == 0:
		return nil, fmt.Errorf("%s: no vertices", path.Join(name, "vertices.txt"))
	}
	return m, nil
}

// bone reads name:parent, then two 4×4 matrices.
func (m *HandModel) bone(in *fields) (err error) {
	b := HandBone{Name: in.word[0]}
	if err = in.want(34); err != nil {
		return err
	}
	if b.Parent, err = in.index(1, "parent", -1, len(m.Bones)); err != nil {
		return err
	}
	for i, dst := range []*[12]float64{&b.Local, &b.Inverse} {
		for j := range 16 {
			v, err := in.number(2 + 16*i + j)
			switch {
			case err != nil:
				return err
			case j < 12:
				dst[j] = v
			case math.Abs(v-float64(j/15)) > 1e-6: // both maps come from 32-bit numbers
				return in.errorf("the last row of matrix %d is not 0:0:0:1", i+1)
			}
		}
	}
	m.Bones = append(m.Bones, b)
	return nil
}

// vertex reads the position, five numbers of no concern here, the number of
// bones, then index:weight of each.
func (m *HandModel) vertex(in *fields) error {
	if len(in.word) < 9 {
		return in.want(9)
	}
	var row [9]float64
	for i := range row {
		var err error
		if row[i], err = in.number(i); err != nil {
			return err
		}
	}
	n, err := in.index(8, "number of bones", 0, len(m.Bones)+1)
	if err != nil {
		return err
	}
	if err := in.want(9 + 2*n); err != nil {
		return err
	}
	var v HandVertex
	for i := range n {
		b, err := in.index(9+2*i, "bone", 0, len(m.Bones))
		if err != nil {
			return err
		}
		w, err := in.number(10 + 2*i)
		switch {
		case err != nil:
			return err
		case slices.Contains(v.Bones, b):
			return in.errorf("bone %d comes twice", b)
		}
		v.Bones = append(v.Bones, b)
		v.Coef = append(v.Coef, w*row[0], w*row[1], w*row[2], w)
	}
	m.Vertices = append(m.Vertices, v)
	return nil
}

func (m *HandModel) triangle(in *fields) error {
	if err := in.want(3); err != nil {
		return err
	}
	var t [3]int
	for i := range t {
		var err error
		if t[i], err = in.index(i, "vertex", 0, len(m.Vertices)); err != nil {
			return err
		}
	}
	m.Triangles = append(m.Triangles, t)
	return nil
}

// fields are the words between the colons of a line.
type fields struct {
	name string
	line int
	word []string
}

// readFields calls f for each line that has something on it.
func readFields(r io.Reader, name string, f func(in *fields) error) error {
	in := &fields{name: name}
	s := bufio.NewScanner(r)
	for s.Scan() {
		in.line++
		line := strings.TrimSpace(s.Text())
		if line == "" {
			continue
		}
		in.word = strings.Split(line, ":")
		if err := f(in); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, in.line+1, err)
	}
	return nil
}

func (in *fields) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", in.name, in.line, fmt.Sprintf(format, args...))
}

func (in *fields) want(n int) error {
	if len(in.word) != n {
		return in.errorf("%d words between colons, want %d", len(in.word), n)
	}
	return nil
}

// number returns word i.
func (in *fields) number(i int) (float64, error) {
	w := in.word[i]
	if len(w) > maxDigit {
		return 0, in.errorf("%q… is too long for a number", w[:16])
	}
	v, err := strconv.ParseFloat(w, 64)
	switch {
	case err != nil && v == 0:
		return 0, in.errorf("%q is not a number", w)
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, in.errorf("%q is not a finite number", w)
	}
	return v, nil
}

// index returns word i as an integer ≥ lo and < end.
func (in *fields) index(i int, what string, lo, end int) (int, error) {
	v, err := in.number(i)
	if err == nil && (v != math.Trunc(v) || v < float64(lo) || v >= float64(end)) {
		err = in.errorf("%s %v, want an integer from %d to %d", what, v, lo, end-1)
	}
	return int(v), err
}

// ReadHand reads an instance of ADBench for a model: the numbers of points and of
// parameters, a line for each point (index x y z), then u and v of each point in
// the complicated problem, then θ. The files do not say which of the problems
// they are of, but there are more numbers in the one than in the other. The name
// is for errors.
func ReadHand(r io.Reader, name string, m *HandModel) (*Hand, error) {
	in := newReader(r, name)
	row, err := in.want(nil, 2, "the numbers of points and parameters")
	if err != nil {
		return nil, err
	}
	n, err := in.size("number of points", row[0], 1, maxSize)
	if err != nil {
		return nil, err
	}
	if _, err := in.size("number of parameters", row[1], HandParams, HandParams); err != nil {
		return nil, err
	}
	h := &Hand{Model: m}
	index := float64(max(len(m.Vertices), len(m.Triangles)))
	var lines []int // of the points
	for i := range n {
		row, err := in.numbers(4)
		if err != nil || len(row) != 4 {
			return nil, in.explain(err, len(row), 4, fmt.Sprintf("point %d of %d", i+1, n))
		}
		k, err := in.size("index", row[0], 0, int(index)-1)
		if err != nil {
			return nil, err
		}
		h.Index, h.Points = append(h.Index, k), append(h.Points, row[1:]...)
		lines = append(lines, in.line)
	}
	var rest []float64
	for in.more() {
		row, err := in.numbers(2*n + HandParams - len(rest))
		if err != nil {
			return nil, err
		}
		rest = append(rest, row...)
	}
	if _, err := in.numbers(0); err != io.EOF {
		return nil, err
	}
	limit, what := len(m.Vertices), "vertices"
	switch len(rest) {
	case HandParams:
	case 2*n + HandParams:
		h.Us = rest[: 2*n : 2*n]
		limit, what = len(m.Triangles), "triangles"
	default:
		return nil, in.errorf("%s after the points, want %d or %d", count(len(rest)), HandParams, 2*n+HandParams)
	}
	h.Theta = rest[len(h.Us):]
	for i, k := range h.Index {
		if k >= limit {
			in.line = lines[i]
			return nil, in.errorf("index = %d, but the model has %d %s", k, limit, what)
		}
	}
	return h, nil
}
