package problems

import "math"

// An lstmUnit is what the way back needs to know of a unit at one step.
type lstmUnit struct {
	x, h, c                         float64 // before the step
	forget, ingate, outgate, change float64
	tanh                            float64 // of the new cell
}

// Gradient puts the gradient of the loss at p, by backpropagation through time,
// into dst and returns it. A nil dst is allocated.
func (m *LSTM) Gradient(dst, p []float64) []float64 {
	checkLen("LSTM.Gradient", "p", len(p), m.Len())
	dst = destination("LSTM.Gradient", dst, m.Len())
	b, n := m.B, m.L*m.B
	main, extra := p[:8*n], p[8*n:]
	mainBar, extraBar := dst[:8*n], dst[8*n:]

	units := make([]lstmUnit, (m.C-1)*n)
	outs := make([]float64, (m.C-1)*b) // adjoints of the outputs
	state := append([]float64(nil), m.State...)
	in := make([]float64, b)
	for t := range m.C - 1 {
		x := in
		for i, v := range m.character(t) {
			x[i] = extra[i] * v
		}
		for l := range m.L {
			w, hidden, cell := main[8*b*l:][:8*b], state[2*b*l:][:b], state[2*b*l+b:][:b]
			for i, v := range x {
				u := &units[t*n+l*b+i]
				*u = lstmUnit{
					x: v, h: hidden[i], c: cell[i],
					forget:  logistic(v*w[i] + w[4*b+i]),
					ingate:  logistic(hidden[i]*w[b+i] + w[5*b+i]),
					outgate: logistic(v*w[2*b+i] + w[6*b+i]),
					change:  math.Tanh(hidden[i]*w[3*b+i] + w[7*b+i]),
				}
				cell[i] = u.c*u.forget + u.ingate*u.change
				u.tanh = math.Tanh(cell[i])
				hidden[i] = u.outgate * u.tanh
			}
			x = hidden
		}
		out, next := outs[t*b:][:b], m.character(t+1)
		sum, ones := 2.0, 0.0
		for i := range out {
			out[i] = math.Exp(x[i]*extra[b+i] + extra[2*b+i])
			sum += out[i]
			ones += next[i]
		}
		for i := range out {
			out[i] = m.mean() * (next[i] - ones*out[i]/sum)
		}
	}

	hidden, cell := make([]float64, n), make([]float64, n) // adjoints
	for t := m.C - 2; t >= 0; t-- {
		top := n - b
		for i, v := range outs[t*b:][:b] {
			u := &units[t*n+top+i]
			extraBar[b+i] += v * u.outgate * u.tanh
			extraBar[2*b+i] += v
			hidden[top+i] += v * extra[b+i]
		}
		for l := m.L - 1; l >= 0; l-- {
			w, bar := main[8*b*l:][:8*b], mainBar[8*b*l:][:8*b]
			for i := range b {
				u, j := &units[t*n+l*b+i], l*b+i
				h := hidden[j]
				c := cell[j] + h*u.outgate*(1-u.tanh*u.tanh)
				forget := c * u.c * u.forget * (1 - u.forget)
				ingate := c * u.change * u.ingate * (1 - u.ingate)
				outgate := h * u.tanh * u.outgate * (1 - u.outgate)
				change := c * u.ingate * (1 - u.change*u.change)
				bar[i] += forget * u.x
				bar[b+i] += ingate * u.h
				bar[2*b+i] += outgate * u.x
				bar[3*b+i] += change * u.h
				bar[4*b+i] += forget
				bar[5*b+i] += ingate
				bar[6*b+i] += outgate
				bar[7*b+i] += change
				cell[j] = c * u.forget
				hidden[j] = ingate*w[b+i] + change*w[3*b+i]
				if x := forget*w[i] + outgate*w[2*b+i]; l > 0 {
					hidden[j-b] += x
				} else {
					extraBar[i] += x * m.character(t)[i]
				}
			}
		}
	}
	return dst
}
