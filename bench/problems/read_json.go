package problems

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// A jsonFile is an object of JSON, the inputs of GradBench. It knows where each of
// its fields is.
type jsonFile struct {
	name  string
	data  []byte
	start map[string]int // offsets of the values
	value map[string]json.RawMessage
}

// readJSON reads an object with the given fields, each into where it points to.
// They must all be there; others are passed over.
func readJSON(r io.Reader, name string, fields map[string]any) (*jsonFile, error) {
	in, err := parseJSON(r, name)
	if err != nil {
		return nil, err
	}
	return in, in.fields(fields)
}

// parseJSON reads an object and looks for its fields.
func parseJSON(r io.Reader, name string) (*jsonFile, error) {
	in := &jsonFile{name: name}
	var err error
	if in.data, err = io.ReadAll(r); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, in.line(len(in.data)), err)
	}
	return in, in.scan(in.data, 0)
}

// scan looks for the fields of the object text, which begins at an offset.
func (in *jsonFile) scan(text []byte, offset int) error {
	in.start = map[string]int{}
	if err := json.Unmarshal(text, &in.value); err != nil {
		return in.explain(offset, err)
	}
	if in.value == nil {
		return in.explain(offset, errors.New("null, want an object"))
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if _, err := dec.Token(); err != nil {
		return in.explain(offset, err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return in.explain(offset, err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return in.explain(offset, err)
		}
		in.start[key.(string)] = offset + int(dec.InputOffset()) - len(value)
	}
	return nil
}

// has reports whether there is a field.
func (in *jsonFile) has(field string) bool {
	_, ok := in.start[field]
	return ok
}

// fields reads the given fields, each into where it points to.
func (in *jsonFile) fields(fields map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		value, ok := in.value[key]
		if !ok {
			return fmt.Errorf("%s:%d: no field %q", in.name, in.line(len(in.data)), key)
		}
		dst := fields[key]
		// Package json takes a null for a number that is not there.
		if _, words := dst.(*[]string); !words {
			if i := bytes.Index(value, []byte("null")); i >= 0 {
				return in.explain(in.start[key]+i, errors.New("null, want a number"))
			}
		}
		if err := json.Unmarshal(value, dst); err != nil {
			return in.explain(in.start[key], err)
		}
	}
	return nil
}

// object returns a field that is an object of its own.
func (in *jsonFile) object(field string) (*jsonFile, error) {
	value, ok := in.value[field]
	if !ok {
		return nil, in.fields(map[string]any{field: nil})
	}
	sub := &jsonFile{name: in.name, data: in.data}
	return sub, sub.scan(value, in.start[field])
}

// rows appends the rows of a field to dst. There must be n of them, each with m
// numbers.
func (in *jsonFile) rows(dst []float64, field string, rows [][]float64, n, m int) ([]float64, error) {
	if len(rows) != n {
		return nil, in.errorf(field, "%d rows, want %d", len(rows), n)
	}
	for i, row := range rows {
		if len(row) != m {
			return nil, in.errorf(field, "%s in row %d, want %d", count(len(row)), i+1, m)
		}
		dst = append(dst, row...)
	}
	return dst, nil
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
