package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A message is what an eval says. Kinds other than define and evaluate want no more
// than the id back.
type message struct {
	ID       json.RawMessage `json:"id"`
	Kind     string          `json:"kind"`
	Module   string          `json:"module"`
	Function string          `json:"function"`
	Input    json.RawMessage `json:"input"`
}

// A response is the answer to the message with its id. Success is nil where it does
// not apply.
type response struct {
	ID      json.RawMessage `json:"id"`
	Tool    string          `json:"tool,omitempty"`
	Success *bool           `json:"success,omitempty"`
	Output  json.RawMessage `json:"output,omitempty"`
	Timings timings         `json:"timings,omitempty"`
	Error   string          `json:"error,omitempty"`
}

// timings are those of each run. A short function makes millions of them.
type timings []time.Duration

// MarshalJSON writes the timings as GradBench wants them.
func (t timings) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i, d := range t {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"name":"evaluate","nanoseconds":`...)
		b = strconv.AppendInt(b, d.Nanoseconds(), 10)
		b = append(b, '}')
	}
	return append(b, ']'), nil
}

// serve answers the messages of r to w until r ends. It returns an error at the
// first line that is no message; the name is for this.
func serve(r io.Reader, name string, w io.Writer) error {
	evals := modules()
	in := bufio.NewReaderSize(r, 1<<16) // inputs have up to some ten megabytes
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			m, err := parse(text)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", name, line, err)
			}
			answer, err := json.Marshal(evals.answer(m))
			if err != nil {
				return fmt.Errorf("%s:%d: %w", name, line, err)
			}
			if _, err := w.Write(append(answer, '\n')); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// parse reads a message.
func parse(text []byte) (*message, error) {
	m := new(message)
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("not a message: %w", err)
	}
	switch {
	case m.ID == nil || string(m.ID) == "null":
		return nil, errors.New("a message without an id")
	case m.Kind == "":
		return nil, errors.New("a message without a kind")
	}
	return m, nil
}

// evals are the functions of each module.
type evals map[string]map[string]function

// answer returns the response to m.
func (e evals) answer(m *message) *response {
	r := &response{ID: m.ID}
	var err error
	switch m.Kind {
	case "start":
		r.Tool = "dualjet"
		return r
	case "define":
		_, err = e.module(m.Module)
	case "evaluate":
		r.Output, r.Timings, err = e.evaluate(m)
	default:
		return r
	}
	success := err == nil
	r.Success = &success
	if err != nil {
		r.Output, r.Timings, r.Error = nil, nil, err.Error()
	}
	return r
}

// module returns the functions of a module.
func (e evals) module(name string) (map[string]function, error) {
	m, ok := e[name]
	if !ok {
		return nil, fmt.Errorf("no module %q, only %s", name, list(e))
	}
	return m, nil
}

// evaluate runs a function as often as its input says.
func (e evals) evaluate(m *message) (json.RawMessage, timings, error) {
	module, err := e.module(m.Module)
	if err != nil {
		return nil, nil, err
	}
	name := m.Module + "::" + m.Function
	f, ok := module[m.Function]
	if !ok {
		return nil, nil, fmt.Errorf("no function %s, only %s", name, list(module))
	}
	if m.Input == nil {
		return nil, nil, fmt.Errorf("%s: no input", name)
	}
	j, err := f(bytes.NewReader(m.Input))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	runs, seconds, err := repeats(m.Input)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	t := measure(j.run, runs, seconds)
	output, err := json.Marshal(j.output())
	var unfit *json.UnsupportedValueError
	if errors.As(err, &unfit) {
		err = fmt.Errorf("%s: the output is not finite: it has a %s", name, unfit.Str)
	}
	return output, t, err
}

// repeats returns how often and how long at least an input wants its function run:
// once, unless it is an object that says more.
func repeats(input []byte) (runs int, seconds float64, err error) {
	want := struct {
		Runs    int     `json:"min_runs"`
		Seconds float64 `json:"min_seconds"`
	}{Runs: 1}
	if input[0] != '{' {
		return 1, 0, nil
	}
	if err := json.Unmarshal(input, &want); err != nil {
		return 0, 0, err
	}
	if want.Runs < 1 || want.Seconds < 0 {
		return 0, 0, fmt.Errorf("min_runs = %d and min_seconds = %v, want at least 1 and 0", want.Runs, want.Seconds)
	}
	return want.Runs, want.Seconds, nil
}

// measure times f for at least so many runs, which together take at least so long.
func measure(f func(), runs int, seconds float64) timings {
	var all timings
	total := 0.0
	for len(all) < runs || total < seconds {
		start := time.Now()
		f()
		d := time.Since(start)
		all = append(all, d)
		total += d.Seconds()
	}
	return all
}

// list returns the keys of m for an error.
func list[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}
