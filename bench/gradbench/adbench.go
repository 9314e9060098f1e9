package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/dualjet/dualjet/bench/problems"
	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

func gmmObjective(r io.Reader) (*job, error) {
	g, err := problems.ReadGMMJSON(r, input)
	if err != nil {
		return nil, err
	}
	p := g.Params()
	return value(func() float64 { return g.Value(p) }), nil
}

// gmmJacobian differentiates point by point, in the memory of one. The output has
// the shape of the input: parts, or all in one for one of earlier versions.
func gmmJacobian(r io.Reader) (*job, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	g, err := problems.ReadGMMJSON(bytes.NewReader(text), input)
	if err != nil {
		return nil, err
	}
	var old struct {
		ICF json.RawMessage `json:"icf"`
	}
	if err := json.Unmarshal(text, &old); err != nil {
		return nil, err
	}
	p := g.Params()
	var tape reverse.Tape
	var f problems.GMMFactors[reverse.Var]
	x := make([]reverse.Var, len(p))
	j := vector(len(p), func(dst []float64) {
		tape.Reset()
		tape.Vars(x, p)
		problems.GMMPrepare(&f, g, x)
		m := tape.Mark()
		tape.BackwardTo(m, problems.GMMPrior(&f), 1)
		for i := range g.N {
			tape.BackwardTo(m, problems.GMMTermVar(&f, i), 1)
		}
		tape.Propagate()
		for i, v := range x {
			dst[i] = tape.Adjoint(v)
		}
	})
	if old.ICF != nil {
		return j, nil
	}
	flat := j.output
	j.output = func() any { return gmmParts(g, flat().([]float64)) }
	return j, nil
}

// A gmmOutput has the derivatives by the parameters of a mixture model.
type gmmOutput struct {
	Alpha []float64   `json:"alpha"`
	Mu    [][]float64 `json:"mu"`
	Q     [][]float64 `json:"q"`
	L     [][]float64 `json:"l"`
}

func gmmParts(g *problems.GMM, p []float64) *gmmOutput {
	out := &gmmOutput{Alpha: p[:g.K], Mu: rows(p[g.K:][:g.K*g.D], g.D)}
	for _, row := range rows(p[g.K*(1+g.D):], g.D*(g.D+1)/2) {
		out.Q, out.L = append(out.Q, row[:g.D]), append(out.L, row[g.D:])
	}
	return out
}

// rows cuts p into rows of n.
func rows(p []float64, n int) [][]float64 { return slices.Collect(slices.Chunk(p, n)) }

func lstmObjective(r io.Reader) (*job, error) {
	m, err := problems.ReadLSTMJSON(r, input)
	if err != nil {
		return nil, err
	}
	p := m.Params()
	return value(func() float64 { return m.Value(p) }), nil
}

func lstmJacobian(r io.Reader) (*job, error) {
	m, err := problems.ReadLSTMJSON(r, input)
	if err != nil {
		return nil, err
	}
	p := m.Params()
	var s problems.LSTMState[reverse.Var]
	f := func(p []reverse.Var) reverse.Var { return problems.LSTMValueVar(&s, m, p) }
	return vector(len(p), func(dst []float64) { reverse.Gradient(dst, f, p) }), nil
}

func handObjective(r io.Reader) (*job, error) {
	h, err := problems.ReadHandJSON(r, input)
	if err != nil {
		return nil, err
	}
	p := h.Params()
	return vector(len(h.Points), func(dst []float64) { h.Residuals(dst, p) }), nil
}

// handJacobian goes by forward mode: there are 26 inputs, or 28 with u and v of all
// points shifted at once, and hundreds of outputs.
func handJacobian(r io.Reader) (*job, error) {
	h, err := problems.ReadHandJSON(r, input)
	if err != nil {
		return nil, err
	}
	var pose problems.HandPose[dual.Number3]
	res := make([]dual.Number3, len(h.Points))
	x := h.Theta
	f := func(x []dual.Number3) []dual.Number3 { return problems.HandResiduals(&pose, h, res, x) }
	if h.Us != nil {
		x = append(make([]float64, 2), h.Theta...)
		f = func(x []dual.Number3) []dual.Number3 { return problems.HandShifted(&pose, h, res, x) }
	}
	jac := mat.NewDense(len(res), len(x), nil)
	return &job{
		func() { dual.Jacobian(jac, f, x) },
		func() any { return rows(jac.RawMatrix().Data, len(x)) },
	}, nil
}

// maxObservations bounds the memory for bundle adjustment, whose input is small
// whatever its sizes. The largest file of ADBench has 29 million.
const maxObservations = 1 << 25

func readBA(r io.Reader) (b *problems.BA, p []float64, err error) {
	if b, err = problems.ReadBAJSON(r, input); err != nil {
		return nil, nil, err
	}
	if b.N > maxObservations || b.M > maxObservations || b.P > maxObservations {
		return nil, nil, fmt.Errorf("n = %d, m = %d, p = %d, want at most %d", b.N, b.M, b.P, maxObservations)
	}
	return b, b.Params(), nil
}

// baObjective gives the first of the errors, which are all the same, and how many
// there are.
func baObjective(r io.Reader) (*job, error) {
	b, p, err := readBA(r)
	if err != nil {
		return nil, err
	}
	type one struct {
		Element  float64 `json:"element"`
		Repeated int     `json:"repeated"`
	}
	type two struct {
		Elements []float64 `json:"elements"`
		Repeated int       `json:"repeated"`
	}
	res := make([]float64, 3*b.P)
	return &job{
		func() { b.Residuals(res, p) },
		func() any {
			return struct {
				Reprojection two `json:"reproj_error"`
				Weight       one `json:"w_err"`
			}{two{res[:2], b.P}, one{res[2*b.P], b.P}}
		},
	}, nil
}

// baJacobian makes the whole matrix by compressed rows, by reverse mode: two for each observation,
// with 15 entries, then one with one for each weight. The output is the beginning of
// it and its end.
func baJacobian(r io.Reader) (*job, error) {
	b, p, err := readBA(r)
	if err != nil {
		return nil, err
	}
	s := &sparse{
		Rows: make([]int32, 0, 3*b.P+1), Cols: make([]int32, 0, (2*problems.BAParams+1)*b.P),
		Vals: make([]float64, 0, (2*problems.BAParams+1)*b.P),
	}
	res := make([]reverse.Var, 2)
	f := func(x []reverse.Var) []reverse.Var { return problems.BAObservation(b, res, x) }
	jac := mat.NewDense(2, problems.BAParams, nil)
	x := make([]float64, problems.BAParams)
	return &job{
		func() {
			s.Rows, s.Cols, s.Vals = append(s.Rows[:0], 0), s.Cols[:0], s.Vals[:0]
			for i := range b.P {
				reverse.Jacobian(jac, f, b.Gather(x, p, i))
				for j := range 2 {
					for k := range 11 {
						s.Cols = append(s.Cols, int32(11*(i%b.N)+k))
					}
					for k := range 3 {
						s.Cols = append(s.Cols, int32(11*b.N+3*(i%b.M)+k))
					}
					s.Cols = append(s.Cols, int32(11*b.N+3*b.M+i))
					s.Vals = append(s.Vals, jac.RawRowView(j)...)
					s.Rows = append(s.Rows, int32(len(s.Vals)))
				}
			}
			for i := range b.P {
				w := dual.Number64{V: p[11*b.N+3*b.M+i], D: 1}
				s.Cols = append(s.Cols, int32(11*b.N+3*b.M+i))
				s.Vals = append(s.Vals, w.Sqr().Neg().AddConst(1).D)
				s.Rows = append(s.Rows, int32(len(s.Vals)))
			}
		},
		func() any { return &sparse{ends(s.Rows), ends(s.Cols), ends(s.Vals)} },
	}, nil
}

// sparse is a matrix by compressed rows.
type sparse struct {
	Rows []int32   `json:"rows"` // where each row begins
	Cols []int32   `json:"cols"`
	Vals []float64 `json:"vals"`
}

// ends returns the first 30 elements of s, or all that there are, and the last.
func ends[T any](s []T) []T {
	return append(slices.Clone(s[:min(2*problems.BAParams, len(s))]), s[len(s)-1])
}
