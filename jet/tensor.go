package jet

import (
	"math/big"
	"math/bits"
	"sync"

	"github.com/dualjet/dualjet/internal/parallel"
)

// Tensor puts the value of f at x and all its partial derivatives up to the
// given order into dst and returns it. A nil dst is allocated; otherwise it is
// given its size, and if it has had that before nothing is allocated in steady
// state by one of the [Workers]. It calls f C(n+order-1, order) times for n
// variables, each time with jets of the given order of which at most that many
// move.
//
// The derivatives are combinations of the coefficients of those jets with exact
// rational weights, rounded once (Griewank, Utke and Walther, Evaluating higher
// derivative tensors by forward propagation of univariate Taylor series, Math.
// Comp. 69, 2000). What cancels in them costs digits: relative to the largest
// derivative of their order, errors are some 1e-15 up to order 3, 1e-14 at
// order 6, and one that is much smaller than the largest has fewer digits. A
// [Partial] has no such limit.
//
// It panics with an [Error] if the order is negative or above 64. f must not keep
// its argument.
func Tensor(dst *Partials, f func([]Jet64) Jet64, x []float64, order int, opts ...Option) *Partials {
	checkFunc("Tensor", f == nil)
	checkOrder("Tensor", order)
	if order > maxTensor {
		fail("Tensor: order %d, want at most %d", order, maxTensor)
	}
	if dst == nil {
		dst = new(Partials)
	}
	n := len(x)
	dst.reshape(n, order)
	l := lines.get()
	defer lines.put(l)
	l.begin(n)
	if n == 0 || order == 0 || checking {
		clear(l.v)
		y := l.at(f, x, l.v, 0)
		if checking {
			checkLeak("Tensor", y)
		}
		clear(dst.data)
		dst.data[0] = coeffOf(y, 0)
		if n == 0 || order == 0 {
			return dst
		}
	}
	c := grids.get()
	defer grids.put(c)
	c.begin(n, order)
	c.fill(dst, f, x, workersOf(opts, len(c.coef)/order))
	c.combine(dst)
	return dst
}

// maxTensor is the highest order of a tensor, a pattern being of 64 bits.
const maxTensor = 64

// A grid holds the coefficients 1, 2, … of the jets in all directions of
// non-negative integers with the sum order, row by row, in the order in which
// [Partials] has derivatives.
type grid struct {
	coef    []float64
	ranks   []int // contribution of variable v at place k of a list, v·order+k
	vars    []int
	support []int
	spots   []int
}

var grids pool[grid]

func (c *grid) begin(n, order int) {
	size := choose(n+order-1, order) * order
	if cap(c.coef) < size {
		c.coef = make([]float64, size)
	}
	c.coef = c.coef[:size]
	c.ranks = c.ranks[:0]
	for v := range n {
		for k := range order {
			c.ranks = append(c.ranks, choose(v+k, k+1))
		}
	}
}

// fill evaluates f on all lines of the grid.
func (c *grid) fill(dst *Partials, f func([]Jet64) Jet64, x []float64, workers int) {
	if workers == 1 {
		gridRows(c.coef, dst, f, x, 0, 1)
		return
	}
	parallel.Do(workers, func(k int) { gridRows(c.coef, dst, f, x, k, workers) })
}

// gridRows evaluates f on the lines lo, lo+step, ….
func gridRows(coef []float64, dst *Partials, f func([]Jet64) Jet64, x []float64, lo, step int) {
	l := lines.get()
	defer lines.put(l)
	l.begin(len(x))
	clear(l.v)
	if cap(l.vars) < dst.order {
		l.vars = make([]int, dst.order)
	}
	vars := l.vars[:dst.order]
	clear(vars)
	for row := 0; row*dst.order < len(coef); row++ {
		if row%step == lo {
			for _, v := range vars {
				l.v[v]++
			}
			y := l.at(f, x, l.v, dst.order)
			for k := range dst.order {
				coef[row*dst.order+k] = coeffOf(y, k+1)
			}
			if row == 0 {
				dst.data[0] = coeffOf(y, 0)
			}
			for _, v := range vars {
				l.v[v] = 0
			}
		}
		advance(vars)
	}
}

// advance turns a sorted list of variables into the next one.
func advance(vars []int) {
	for k := range vars {
		if k+1 == len(vars) || vars[k] < vars[k+1] {
			vars[k]++
			clear(vars[:k])
			return
		}
	}
}

// combine fills dst from the coefficients of the jets.
func (c *grid) combine(dst *Partials) {
	weights := tensorWeightsOf(dst.order)
	out := dst.data[1:]
	for k := 1; k <= dst.order; k++ {
		c.vars = append(c.vars[:0], make([]int, k)...)
		for range choose(dst.n+k-1, k) {
			out[0] = c.partial(weights, dst.order)
			out = out[1:]
			advance(c.vars)
		}
	}
}

// partial returns the derivative for the list c.vars.
func (c *grid) partial(weights *tensorWeights, order int) float64 {
	// The pattern has a bit for each variable of the list that is new.
	c.support = c.support[:0]
	pattern := uint64(0)
	for k, v := range c.vars {
		pattern <<= 1
		if k == 0 || v != c.vars[k-1] {
			pattern |= 1
			c.support = append(c.support, v)
		}
	}
	w := weights.of(pattern)
	c.spots = append(c.spots[:0], make([]int, order)...)
	sum := 0.0
	for _, w := range w {
		if w != 0 {
			row := 0
			for k, s := range c.spots {
				row += c.ranks[c.support[s]*order+k]
			}
			sum += w * c.coef[row*order+len(c.vars)-1]
		}
		advance(c.spots)
	}
	return sum
}

// tensorWeights holds the weights for one order, once they have been needed.
type tensorWeights struct {
	order    int
	mu       sync.RWMutex
	patterns map[uint64][]float64
}

// tensorTables has the weights by order. They depend on nothing else.
var tensorTables sync.Map

func tensorWeightsOf(order int) *tensorWeights {
	w, ok := tensorTables.Load(order)
	if !ok {
		w, _ = tensorTables.LoadOrStore(order, &tensorWeights{order: order, patterns: map[uint64][]float64{}})
	}
	return w.(*tensorWeights)
}

// of returns the weights γ(i,j) of the multi-index i that the pattern stands
// for, for all lists j of order numbers below len(i).
func (w *tensorWeights) of(pattern uint64) []float64 {
	w.mu.RLock()
	g, ok := w.patterns[pattern]
	w.mu.RUnlock()
	if ok {
		return g
	}
	var index []int
	for b := bits.Len64(pattern) - 1; b >= 0; b-- {
		if pattern>>b&1 == 1 {
			index = append(index, 0)
		}
		index[len(index)-1]++
	}
	g = gamma(index, w.order)
	w.mu.Lock()
	w.patterns[pattern] = g
	w.mu.Unlock()
	return g
}

// gamma returns the weights of Griewank, Utke and Walther for a multi-index i
// with K = |i|,
//
//	γ(i,j) = Σ (-1)^|i-m| ∏C(i_p,m_p) ∏C(d·m_p/|m|,j_p) (|m|/d)^K,  0 < m ≤ i,
//
// for all j with |j| = d, in the order of their lists. The binomial coefficients
// of a rational number are falling products over a factorial.
func gamma(index []int, d int) []float64 {
	n := len(index)
	order := 0
	for _, k := range index {
		order += k
	}
	list, j := make([]int, d), make([]int, n)
	weights := make([]float64, choose(n+d-1, d))
	sums := make([]big.Int, order+1)
	var term, factor big.Int
	for at := range weights {
		clear(j)
		for _, s := range list {
			j[s]++
		}
		for i := range sums {
			sums[i].SetInt64(0)
		}
		for m := make([]int, n); m != nil; m = next(m, index) {
			total := 0
			for _, k := range m {
				total += k
			}
			term.SetInt64(1 - 2*int64((order-total)%2))
			for p, k := range m {
				term.Mul(&term, factor.Binomial(int64(index[p]), int64(k)))
				for l := range j[p] {
					factor.SetInt64(int64(d*k - l*total))
					term.Mul(&term, &factor)
				}
			}
			sums[total].Add(&sums[total], &term)
		}
		sum := new(big.Rat)
		for total := 1; total <= order; total++ {
			// S·total^K/(d^K·total^d·∏j!), with K ≤ d.
			den := new(big.Int).Exp(big.NewInt(int64(total)), big.NewInt(int64(d-order)), nil)
			sum.Add(sum, new(big.Rat).SetFrac(&sums[total], den))
		}
		den := new(big.Int).Exp(big.NewInt(int64(d)), big.NewInt(int64(order)), nil)
		for _, k := range j {
			den.Mul(den, new(big.Int).MulRange(1, int64(k)))
		}
		weights[at], _ = sum.Mul(sum, new(big.Rat).SetFrac(big.NewInt(1), den)).Float64()
		advance(list)
	}
	return weights
}
