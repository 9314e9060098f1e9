package problems

import (
	"io"
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
)

// LSTM is ADBench's recurrent network that predicts the next of a sequence of
// characters, C of them with B bits each. It has L layers of B units, and all
// its weight matrices are diagonal. The loss is the mean over bits and steps of
//
//	-(next character)·(output - log(2 + Σ exp output)),
//
// where the 2 is an oddity of ADBench that all of its implementations share.
//
// In a layer with input x, hidden state h and cell c, the weights come first,
// then the biases, each for the gates forget, in, out and change:
//
//	f, i, o, g = σ(w₀x+b₀), σ(w₁h+b₁), σ(w₂x+b₂), tanh(w₃h+b₃)
//	c = c·f + i·g
//	h = o·tanh c
type LSTM struct {
	L, C, B  int
	Main     []float64 // for each layer 4 rows of weights and 4 of biases
	Extra    []float64 // 3 rows: weight of the input, weight and bias of the output
	State    []float64 // for each layer 2 rows: hidden state and cell at the start
	Sequence []float64 // C rows of B
}

// ReadLSTM reads a file of ADBench. The name is for errors.
func ReadLSTM(r io.Reader, name string) (*LSTM, error) {
	in := newReader(r, name)
	size, err := in.sizes([3]string{"l", "c", "b"}, [3]int{1, 2, 1}, [3]int{maxSize, maxSize, maxSize})
	if err != nil {
		return nil, err
	}
	m := &LSTM{L: size[0], C: size[1], B: size[2]}
	if m.Main, err = in.rows(nil, 1, 2*m.L, 4*m.B, "row of the main parameters"); err != nil {
		return nil, err
	}
	if m.Extra, err = in.rows(nil, 1, 3, m.B, "row of the extra parameters"); err != nil {
		return nil, err
	}
	if m.State, err = in.rows(nil, 1, 2*m.L, m.B, "row of the state"); err != nil {
		return nil, err
	}
	if m.Sequence, err = in.rows(nil, 1, m.C, m.B, "character"); err != nil {
		return nil, err
	}
	return m, in.end()
}

// Len returns the number of parameters.
func (m *LSTM) Len() int { return (8*m.L + 3) * m.B }

// Params returns the parameters in one slice: Main, Extra.
func (m *LSTM) Params() []float64 {
	return append(append(make([]float64, 0, m.Len()), m.Main...), m.Extra...)
}

// character returns the t-th of the sequence.
func (m *LSTM) character(t int) []float64 { return m.Sequence[t*m.B:][:m.B] }

// mean is what the sum over all steps is multiplied by.
func (m *LSTM) mean() float64 { return -1 / float64((m.C-1)*m.B) }

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Value returns the loss at p.
func (m *LSTM) Value(p []float64) float64 {
	checkLen("LSTM.Value", "p", len(p), m.Len())
	b := m.B
	main, extra := p[:8*m.L*b], p[8*m.L*b:]
	state := append([]float64(nil), m.State...)
	in := make([]float64, b)
	total := 0.0
	for t := range m.C - 1 {
		x := in
		for i, v := range m.character(t) {
			x[i] = extra[i] * v
		}
		for l := range m.L {
			w, hidden, cell := main[8*b*l:][:8*b], state[2*b*l:][:b], state[2*b*l+b:][:b]
			for i, v := range x {
				h := hidden[i]
				forget := logistic(v*w[i] + w[4*b+i])
				ingate := logistic(h*w[b+i] + w[5*b+i])
				outgate := logistic(v*w[2*b+i] + w[6*b+i])
				change := math.Tanh(h*w[3*b+i] + w[7*b+i])
				c := cell[i]*forget + ingate*change
				cell[i] = c
				hidden[i] = outgate * math.Tanh(c)
			}
			x = hidden
		}
		sum, dot, ones := 2.0, 0.0, 0.0
		for i, v := range m.character(t + 1) {
			y := x[i]*extra[b+i] + extra[2*b+i]
			sum += math.Exp(y)
			dot += v * y
			ones += v
		}
		total += dot - ones*math.Log(sum)
	}
	return total * m.mean()
}

// LSTMState is the state of the network between two steps, with room for a step
// to work in.
type LSTMState[T dual.Real[T]] struct {
	state, y []T
}

// LSTMStart puts the state at the start of the sequence into s, which it
// returns. A nil s is allocated.
func LSTMStart[T dual.Real[T]](s *LSTMState[T], m *LSTM) *LSTMState[T] {
	if s == nil {
		s = new(LSTMState[T])
	}
	if len(s.state) != len(m.State) || len(s.y) != m.B+1 {
		s.state, s.y = make([]T, len(m.State)), make([]T, m.B+1)
	}
	var zero T
	for i, v := range m.State {
		s.state[i] = zero.Const(v)
	}
	return s
}

// LSTMStep takes the state one step on, by character t, and returns what this
// step adds to the loss.
func LSTMStep[T dual.Real[T]](s *LSTMState[T], m *LSTM, p []T, t int) T {
	return lstmStep(s, m, p, t, lstmLayer)
}

// LSTMStepVar is [LSTMStep] with the layers written for variables of a tape.
func LSTMStepVar(s *LSTMState[reverse.Var], m *LSTM, p []reverse.Var, t int) reverse.Var {
	return lstmStep(s, m, p, t, lstmLayerVar)
}

func lstmStep[T dual.Real[T]](s *LSTMState[T], m *LSTM, p []T, t int, layer func(w, hidden, cell, x []T)) T {
	b := m.B
	main, extra := p[:8*m.L*b], p[8*m.L*b:]
	x, y := s.y[:b], s.y[:b]
	for i, v := range m.character(t) {
		x[i] = extra[i].Scale(v)
	}
	for l := range m.L {
		hidden, cell := s.state[2*b*l:][:b], s.state[2*b*l+b:][:b]
		layer(main[8*b*l:][:8*b], hidden, cell, x)
		x = hidden
	}
	for i := range y {
		y[i] = x[i].Mul(extra[b+i]).Add(extra[2*b+i])
	}
	next, ones := m.character(t+1), 0.0
	for _, v := range next {
		ones += v
	}
	s.y[b] = y[0].Const(math.Ln2)
	v := dual.LinComb(next, y).Sub(dual.LogSumExp(s.y).Scale(ones))
	return v.Scale(m.mean())
}

// lstmLayer takes a layer one step on, in place.
func lstmLayer[T dual.Real[T]](w, hidden, cell, x []T) {
	b := len(x)
	for i, v := range x {
		h := hidden[i]
		forget := v.Mul(w[i]).Add(w[4*b+i]).Logistic()
		ingate := h.Mul(w[b+i]).Add(w[5*b+i]).Logistic()
		outgate := v.Mul(w[2*b+i]).Add(w[6*b+i]).Logistic()
		change := h.Mul(w[3*b+i]).Add(w[7*b+i]).Tanh()
		c := cell[i].Mul(forget).Add(ingate.Mul(change))
		cell[i] = c
		hidden[i] = outgate.Mul(c.Tanh())
	}
}

// lstmLayerVar is lstmLayer on one type, with the functions of the plain one:
// those of package dual are right to the last digits in the tails as well.
func lstmLayerVar(w, hidden, cell, x []reverse.Var) {
	b := len(x)
	for i, v := range x {
		h := hidden[i]
		forget := logisticVar(v.Mul(w[i]).Add(w[4*b+i]))
		ingate := logisticVar(h.Mul(w[b+i]).Add(w[5*b+i]))
		outgate := logisticVar(v.Mul(w[2*b+i]).Add(w[6*b+i]))
		change := tanhVar(h.Mul(w[3*b+i]).Add(w[7*b+i]))
		c := cell[i].Mul(forget).Add(ingate.Mul(change))
		cell[i] = c
		hidden[i] = outgate.Mul(tanhVar(c))
	}
}

func logisticVar(x reverse.Var) reverse.Var {
	y := logistic(x.Value())
	return x.Chain(y, y*(1-y))
}

func tanhVar(x reverse.Var) reverse.Var {
	y := math.Tanh(x.Value())
	return x.Chain(y, 1-y*y)
}

// LSTMValue returns the loss at p. It uses s as [LSTMStart] does.
func LSTMValue[T dual.Real[T]](s *LSTMState[T], m *LSTM, p []T) T {
	return lstmValue(s, m, p, lstmLayer)
}

// LSTMValueVar is [LSTMValue] with the layers written for variables of a tape.
func LSTMValueVar(s *LSTMState[reverse.Var], m *LSTM, p []reverse.Var) reverse.Var {
	return lstmValue(s, m, p, lstmLayerVar)
}

func lstmValue[T dual.Real[T]](s *LSTMState[T], m *LSTM, p []T, layer func(w, hidden, cell, x []T)) T {
	checkLen("LSTMValue", "p", len(p), m.Len())
	s = LSTMStart(s, m)
	var loss T
	for t := range m.C - 1 {
		loss = loss.Add(lstmStep(s, m, p, t, layer))
	}
	return loss
}
