package numpy_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	np "github.com/dualjet/dualjet/numpy"
)

// A network is a perceptron of one hidden layer and a batch for it.
type network struct {
	batch, in, hidden, out int
	x, target              []float64 // target is one-hot
	params                 []float64 // w1, b1, w2, b2

	h, z, dh []float64 // of the gradient written by hand
	grad     []float64
}

func newNetwork(batch, in, hidden, out int) *network {
	r := rand.New(rand.NewPCG(5, 6))
	m := &network{batch: batch, in: in, hidden: hidden, out: out}
	m.x = make([]float64, batch*in)
	for i := range m.x {
		m.x[i] = r.Float64()
	}
	m.target = make([]float64, batch*out)
	for i := range batch {
		m.target[i*out+r.IntN(out)] = 1
	}
	m.params = make([]float64, in*hidden+hidden+hidden*out+out)
	for i := range m.params {
		m.params[i] = r.NormFloat64() / 28
	}
	m.grad = make([]float64, len(m.params))
	m.h, m.dh = make([]float64, batch*hidden), make([]float64, batch*hidden)
	m.z = make([]float64, batch*out)
	return m
}

// parts returns the pieces of all parameters.
func (m *network) parts(p []float64) (w1, b1, w2, b2 []float64) {
	w1, p = p[:m.in*m.hidden], p[m.in*m.hidden:]
	b1, p = p[:m.hidden], p[m.hidden:]
	w2, b2 = p[:m.hidden*m.out], p[m.hidden*m.out:]
	return
}

// byHand computes the loss and its gradient with blas64 and loops.
func (m *network) byHand() (loss float64) {
	loss = m.value()
	_, _, w2, _ := m.parts(m.params)
	g1, c1, g2, c2 := m.parts(m.grad)
	h, z, dh := general(m.batch, m.hidden, m.h), general(m.batch, m.out, m.z), general(m.batch, m.hidden, m.dh)
	clear(c1)
	clear(c2)
	for i := range m.batch {
		for j, v := range m.z[i*m.out : (i+1)*m.out] {
			c2[j] += v
		}
	}
	blas64.Gemm(blas.Trans, blas.NoTrans, 1, h, z, 0, general(m.hidden, m.out, g2))
	blas64.Gemm(blas.NoTrans, blas.Trans, 1, z, general(m.hidden, m.out, w2), 0, dh)
	for i := range m.batch {
		for j := range m.hidden {
			v := m.h[i*m.hidden+j]
			m.dh[i*m.hidden+j] *= 1 - v*v
			c1[j] += m.dh[i*m.hidden+j]
		}
	}
	blas64.Gemm(blas.Trans, blas.NoTrans, 1, general(m.batch, m.in, m.x), dh, 0, general(m.in, m.hidden, g1))
	return loss
}

// value computes the loss, and leaves its derivatives by the outputs in z.
func (m *network) value() (loss float64) {
	w1, b1, w2, b2 := m.parts(m.params)
	h, z := general(m.batch, m.hidden, m.h), general(m.batch, m.out, m.z)
	for i := range m.batch {
		copy(m.h[i*m.hidden:], b1)
		copy(m.z[i*m.out:], b2)
	}
	blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, general(m.batch, m.in, m.x), general(m.in, m.hidden, w1), 1, h)
	for i, v := range m.h {
		m.h[i] = math.Tanh(v)
	}
	blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, h, general(m.hidden, m.out, w2), 1, z)
	scale := 1 / float64(m.batch)
	for i := range m.batch {
		row, target := m.z[i*m.out:(i+1)*m.out], m.target[i*m.out:(i+1)*m.out]
		top := slices.Max(row)
		sum := 0.0
		for _, v := range row {
			sum += math.Exp(v - top)
		}
		lse := top + math.Log(sum)
		for j, v := range row {
			loss -= scale * target[j] * (v - lse)
			row[j] = scale * (math.Exp(v-lse) - target[j])
		}
	}
	return loss
}

func general(rows, cols int, data []float64) blas64.General {
	return blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: data}
}

// loss returns the function of the four parameter arrays.
func (m *network) loss() func(p ...np.Array) np.Array {
	x, target := np.Wrap(m.x, m.batch, m.in), np.Wrap(m.target, m.batch, m.out)
	return func(p ...np.Array) np.Array {
		h := np.Tanh(x.MatMul(p[0]).Add(p[1]))
		z := h.MatMul(p[2]).Add(p[3])
		return np.Sum(np.LogSoftmax(z, -1).Mul(target)).Scale(-1 / float64(m.batch))
	}
}

func (m *network) arrays() []np.Array {
	w1, b1, w2, b2 := m.parts(m.params)
	return []np.Array{np.Wrap(w1, m.in, m.hidden), np.Wrap(b1, m.hidden), np.Wrap(w2, m.hidden, m.out), np.Wrap(b2, m.out)}
}

// TestNetwork compares the gradient of a network with that written by hand.
func TestNetwork(t *testing.T) {
	m := newNetwork(12, 20, 15, 4)
	want := m.byHand()
	loss, grads := np.ValueAndGradArgs(m.loss())(m.arrays()...)
	if got := loss.Float64(); math.Abs(got-want) > 1e-12 {
		t.Errorf("loss is %v, want %v", got, want)
	}
	k := 0
	for i, g := range grads {
		for j, v := range g.Float64s() {
			if math.Abs(v-m.grad[k]) > 1e-12 {
				t.Fatalf("element %d of gradient %d is %v, want %v", j, i, v, m.grad[k])
			}
			k++
		}
	}
	if k != len(m.grad) {
		t.Errorf("%d derivatives, want %d", k, len(m.grad))
	}
}

// BenchmarkNetwork measures the gradient of a network for digits against that
// written by hand, in turn.
func BenchmarkNetwork(b *testing.B) {
	m := newNetwork(256, 784, 200, 10)
	grad, params := np.ValueAndGradArgs(m.loss()), m.arrays()
	var hand, ours time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		m.byHand()
		mid := time.Now()
		grad(params...)
		ours += time.Since(mid)
		hand += mid.Sub(start)
	}
	b.ReportMetric(float64(ours)/float64(hand), "ratio")
	b.ReportMetric(hand.Seconds()/float64(b.N)*1e3, "hand-ms")
}
