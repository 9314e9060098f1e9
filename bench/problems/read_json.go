package problems

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A jsonFile is an object of JSON, the inputs of GradBench. It knows where each of
// its fields is.
type jsonFile struct {
	name  string
	data  []byte
	start map[string]int // offsets of the values
}

// readJSON reads an object with the given fields, each into where it points to.
// They must all be there; others are passed over.
func readJSON(r io.Reader, name string, fields map[string]any) (*jsonFile, error) {
	in := &jsonFile{name: name, start: map[string]int{}}
	var err error
	if in.data, err = io.ReadAll(r); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, in.line(len(in.data)), err)
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(in.data, &whole); err != nil {
		return nil, in.explain(0, err)
	}
	dec := json.NewDecoder(bytes.NewReader(in.data))
	if _, err := dec.Token(); err != nil {
		return nil, in.explain(0, err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, in.explain(0, err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, in.explain(0, err)
		}
		start := int(dec.InputOffset()) - len(value)
		in.start[key.(string)] = start
		if dst := fields[key.(string)]; dst != nil {
			// Package json takes a null for a number that is not there.
			if i := bytes.Index(value, []byte("null")); i >= 0 {
				return nil, in.explain(start+i, errors.New("null, want a number"))
			}
			if err := json.Unmarshal(value, dst); err != nil {
				return nil, in.explain(start, err)
			}
		}
	}
	for key := range fields {
		if _, ok := in.start[key]; !ok {
			return nil, fmt.Errorf("%s:%d: no field %q", name, in.line(len(in.data)), key)
		}
	}
	return in, nil
}

// line returns that of an offset.
func (in *jsonFile) line(offset int) int {
	return 1 + bytes.Count(in.data[:min(offset, len(in.data))], []byte("\n"))
}

// explain returns err with the line where it happened, in data from start on.
func (in *jsonFile) explain(start int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		start += int(syntax.Offset)
	case errors.As(err, &kind):
		start += int(kind.Offset)
	}
	return fmt.Errorf("%s:%d: %w", in.name, in.line(start), err)
}

// errorf returns an error at the line of a field.
func (in *jsonFile) errorf(field, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", in.name, in.line(in.start[field]), field, fmt.Sprintf(format, args...))
}

// size checks that a field is from lo to hi.
func (in *jsonFile) size(field string, v, lo, hi int) error {
	if v < lo || v > hi {
		return in.errorf(field, "%d, want an integer from %d to %d", v, lo, hi)
	}
	return nil
}

// numbers checks the length of a field.
func (in *jsonFile) numbers(field string, got, want int) error {
	if got != want {
		return in.errorf(field, "%s, want %d", count(got), want)
	}
	return nil
}

// ReadDet reads the matrix of an input of GradBench's det: A, row by row, and its
// size ell. The name is for errors, as it is in the other functions.
func ReadDet(r io.Reader, name string) (a []float64, err error) {
	var n int
	in, err := readJSON(r, name, map[string]any{"A": &a, "ell": &n})
	if err != nil {
		return nil, err
	}
	if err := in.size("ell", n, 1, maxDim); err != nil {
		return nil, err
	}
	return a, in.numbers("A", len(a), n*n)
}

// ReadLeastSquares reads an input of GradBench's llsq: the coefficients x and the
// number n of points.
func ReadLeastSquares(r io.Reader, name string) (l *LeastSquares, x []float64, err error) {
	l = new(LeastSquares)
	in, err := readJSON(r, name, map[string]any{"x": &x, "n": &l.N})
	if err != nil {
		return nil, nil, err
	}
	l.M = len(x)
	return l, x, in.size("n", l.N, 2, maxSize)
}

// ReadLSE reads an input of GradBench's lse: x, of any length but 0.
func ReadLSE(r io.Reader, name string) (x []float64, err error) {
	in, err := readJSON(r, name, map[string]any{"x": &x})
	if err == nil && len(x) == 0 {
		err = in.errorf("x", "0 numbers, want at least 1")
	}
	return x, err
}

// ReadODE reads an input of GradBench's ode: x and the number s of steps.
func ReadODE(r io.Reader, name string) (o ODE, x []float64, err error) {
	in, err := readJSON(r, name, map[string]any{"x": &x, "s": &o.Steps})
	if err == nil {
		err = in.size("s", o.Steps, 1, maxSize)
	}
	if err == nil && len(x) == 0 {
		err = in.errorf("x", "0 numbers, want at least 1")
	}
	return o, x, err
}

// ReadKMeans reads an input of GradBench's kmeans: the rows of points and those of
// centroids, which it returns as c.
func ReadKMeans(r io.Reader, name string) (m *KMeans, c []float64, err error) {
	var rows [2][][]float64
	in, err := readJSON(r, name, map[string]any{"points": &rows[0], "centroids": &rows[1]})
	if err != nil {
		return nil, nil, err
	}
	m = &KMeans{N: len(rows[0]), K: len(rows[1])}
	for i, field := range []string{"points", "centroids"} {
		if len(rows[i]) == 0 || len(rows[i][0]) == 0 {
			return nil, nil, in.errorf(field, "no numbers")
		}
		m.D = len(rows[0][0])
		for j, row := range rows[i] {
			if len(row) != m.D {
				return nil, nil, in.errorf(field, "%s in row %d, want %d", count(len(row)), j+1, m.D)
			}
			if i == 0 {
				m.X = append(m.X, row...)
			} else {
				c = append(c, row...)
			}
		}
	}
	return m, c, nil
}

// ReadParticle reads where the search of GradBench's particle starts: w.
func ReadParticle(r io.Reader, name string) (w float64, err error) {
	_, err = readJSON(r, name, map[string]any{"w": &w})
	return w, err
}

// ReadSaddle reads where the search of GradBench's saddle starts: the two numbers
// of start.
func ReadSaddle(r io.Reader, name string) (start [2]float64, err error) {
	var x []float64
	in, err := readJSON(r, name, map[string]any{"start": &x})
	if err == nil {
		err = in.numbers("start", len(x), 2)
	}
	if err != nil {
		return start, err
	}
	return [2]float64(x), nil
}
