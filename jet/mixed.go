package jet

import (
	"math"
	"slices"
)

// Mixed returns the mixed partial derivative of f at x for the given
// multi-index: ∂³f/∂x₀²∂x₂ is that of the index (2, 0, 1). See [Partial] for how.
// It panics with an [Error] if the lengths of x and index differ or an element
// of index is negative. f must not keep its argument.
//
// A program that needs the same derivative at many points makes it once by
// [NewPartial].
func Mixed(f func([]Jet64) Jet64, x []float64, index []int) float64 {
	checkFunc("Mixed", f == nil)
	checkLen("Mixed", "index", len(index), "x", len(x))
	return newPartial("Mixed", index).at("Mixed", f, x)
}

// A Partial is a mixed partial derivative, prepared for many functions and
// points. It may be used by any number of goroutines.
//
// One variable takes one jet. Several take either of two ways:
//
// Polarization combines the highest coefficients of jets in several directions,
//
//	∂ⁱf = 2^-K Σ (-1)^|m| ∏C(i_p,m_p) [t^K] f(x + t·(i-2m)),  0 ≤ m ≤ i,  K = |i|,
//
// with exact rational weights, each rounded once. Directions that differ by a
// factor share a jet. If the terms turn out to be more than 1000 times as large
// as their sum, so that this has lost three digits or more, the derivative is
// computed again in the other way.
//
// A single jet on a curve x_p + t^e_p has the derivative in its coefficient of
// order N = Σ i_p·e_p, if the exponents are such that no other multi-index
// gives the same N. Then all that enters that coefficient are the nested
// coefficients below i, each in a place of its own: nothing has to cancel, and
// the result is as accurate as that of nested duals, and exactly 0 for an f in
// which it is. N is 5 for the index (1,1), 14 for (2,2), 17 for (1,1,1), and
// grows to several hundred for eight derivatives in four variables.
type Partial struct {
	index []int
	vars  []int // the variables that are involved

	order  int
	curve  int   // order of the jet on the curve, 0 if there is none
	powers []int // exponents of the curve, for each of vars

	dirs    [][]int // directions in vars, empty if there are none
	weights []float64
	noise   float64
}

const (
	// polarizationLoss is by what factor the result of a polarization may be
	// smaller than its terms. It limits the relative error to some 1e-13 times
	// what the terms have.
	polarizationLoss = 1000

	// curveLimit is the highest order of a jet on a curve. It takes about as
	// long as a thousand polarizations of order 10.
	curveLimit = 1000

	// callCost is how many products of coefficients the other expenses of an
	// operation are worth.
	callCost = 15
)

// NewPartial returns the mixed partial derivative with the given multi-index,
// of which it keeps a copy. It panics with an [Error] if an element of index is
// negative.
func NewPartial(index []int) *Partial { return newPartial("NewPartial", index) }

func newPartial(name string, index []int) *Partial {
	p := &Partial{index: append([]int(nil), index...)}
	var part []int
	box := 1
	for i, k := range index {
		if k < 0 {
			fail("%s: index[%d] = %d is negative", name, i, k)
		}
		if k > 0 {
			p.vars, part = append(p.vars, i), append(part, k)
			p.order += k
			box = min(box, 1<<10) * min(k+1, 1<<10)
		}
	}
	if len(part) < 2 {
		p.curve, p.powers = p.order, []int{1}[:len(part)]
		return p
	}
	p.powers, p.curve = curveOf(part)
	// A polarization has at most one jet for two points of the box.
	if cost, jet := curveCost(p.curve), curveCost(p.order); p.curve == 0 || cost > min(box/2, 1<<10)*jet {
		dirs, weights := polarize(part)
		if p.curve == 0 || cost > 2*len(dirs)*jet {
			p.dirs, p.weights = dirs, weights
			p.noise = noiseOf(part, dirs, weights)
		}
	}
	return p
}

// curveCost is the cost of an operation on jets of order k, in products of
// coefficients.
func curveCost(k int) int { return (k+1)*(k+2)/2 + callCost }

// Index puts the multi-index into dst, which is returned. A nil dst is
// allocated. It panics with an [Error] if dst has another length.
func (p *Partial) Index(dst []int) []int {
	if dst == nil {
		dst = make([]int, len(p.index))
	}
	checkLen("Index", "dst", len(dst), "index", len(p.index))
	copy(dst, p.index)
	return dst
}

// Jets returns how many times [Partial.At] calls the function, without one
// more for the curve where a polarization has lost too much.
func (p *Partial) Jets() int { return max(len(p.dirs), 1) }

// Amplification estimates how much larger than that of a single Taylor
// coefficient the rounding error of the result may be, relative to the largest
// Taylor coefficient of its order: Σ|w_d|·h_K(|d|)/∏i!, where w_d are the
// weights of the directions d and h_K is the sum of all monomials of degree K.
// It is 1 where nothing has to cancel. [Partial.At] looks at the actual terms
// rather than this bound.
func (p *Partial) Amplification() float64 { return max(p.noise, 1) }

// At returns the derivative of f at x. Nothing is allocated in steady state. It
// panics with an [Error] if the length of x is not that of the multi-index. f
// must not keep its argument.
func (p *Partial) At(f func([]Jet64) Jet64, x []float64) float64 {
	checkFunc("At", f == nil)
	checkLen("At", "x", len(x), "index", len(p.index))
	return p.at("At", f, x)
}

func (p *Partial) at(name string, f func([]Jet64) Jet64, x []float64) float64 {
	l := lines.get()
	defer lines.put(l)
	l.begin(len(x))
	if checking {
		checkLeak(name, l.at(f, x, l.v, 0))
	}
	if len(p.dirs) > 0 {
		if y, ok := p.polarized(l, f, x); ok || p.curve == 0 {
			return y
		}
	}
	return p.curved(l, f, x)
}

// polarized returns the derivative by polarization, and whether it is accurate.
func (p *Partial) polarized(l *line, f func([]Jet64) Jet64, x []float64) (y float64, ok bool) {
	clear(l.v)
	size := 0.0
	for i, d := range p.dirs {
		for j, k := range p.vars {
			l.v[k] = float64(d[j])
		}
		t := p.weights[i] * coeffOf(l.at(f, x, l.v, p.order), p.order)
		y += t
		size += math.Abs(t)
	}
	return y, size <= polarizationLoss*math.Abs(y)
}

// curved returns the derivative by a jet on the curve.
func (p *Partial) curved(l *line, f func([]Jet64) Jet64, x []float64) float64 {
	l.w.Reset()
	for i := range l.x {
		l.x[i] = l.w.New(x[i])
	}
	for j, i := range p.vars {
		z := l.w.alloc(p.curve + 1)
		clear(z)
		z[0], z[p.powers[j]] = x[i], 1
		l.x[i] = Jet64{z, &l.w}
	}
	y := coeffOf(f(l.x), p.curve)
	for _, i := range p.vars {
		y = scaleFactorialFloat(y, p.index[i])
	}
	return y
}

// curveOf returns exponents e such that m = i is the only multi-index with
// Σ m_p·e_p = N = Σ i_p·e_p, and that N. If it finds none with an N of at most
// curveLimit, it returns 0.
//
// For two variables these are numbers e_0 > i_1 and e_1 > i_0 without a common
// factor. For more it looks at all e_p = L ± M_p, where M are the weights of the
// digits of a number in the mixed radix i+1, least or most significant first.
// Among the ways to write a number, that with digits below the radix has the
// fewest sum of digits, which L counts; so there is an L that will do, and the
// smallest one is close to the best of all exponents.
func curveOf(index []int) (powers []int, order int) {
	c := curve{index: index, best: make([]int, len(index)), order: curveLimit + 1}
	c.ways = make([]uint8, c.order)
	e := make([]int, len(index))
	if len(index) == 2 {
		for e[0] = index[1] + 1; ; e[0]++ {
			if e[1] = index[0] + 1; c.height(e) >= c.order {
				break
			}
			for ; c.height(e) < c.order; e[1]++ {
				c.try(e)
			}
		}
	}
	radix := make([]int, len(index))
	for _, reverse := range []bool{false, true} {
		m := 1
		for j := range index {
			if reverse {
				j = len(index) - 1 - j
			}
			radix[j] = m
			if m *= index[j] + 1; m > curveLimit {
				return nil, 0
			}
		}
		for _, sign := range []int{1, -1} {
			for l := 0; ; l++ {
				for j, r := range radix {
					e[j] = l + sign*r
				}
				if c.height(e) >= c.order {
					break
				}
				c.try(e)
			}
		}
	}
	if c.order > curveLimit {
		return nil, 0
	}
	return c.best, c.order
}

// A curve is a search for exponents.
type curve struct {
	index []int
	best  []int // the best exponents so far
	order int   // and the order that they take
	ways  []uint8
}

// height returns Σ i_p·e_p.
func (c *curve) height(e []int) int {
	n := 0
	for p, k := range c.index {
		n += k * e[p]
	}
	return n
}

// try takes the exponents e, of a height below c.order, if they will do.
func (c *curve) try(e []int) {
	if n := c.height(e); slices.Min(e) > 0 && unique(c.ways[:n+1], e) {
		c.order = n
		copy(c.best, e)
	}
}

// unique reports whether there is just one way to write the highest index of
// ways as a sum of the given numbers.
func unique(ways []uint8, numbers []int) bool {
	clear(ways)
	ways[0] = 1
	for _, e := range numbers {
		for s := e; s < len(ways); s++ {
			ways[s] = min(ways[s]+ways[s-e], 2)
		}
	}
	return ways[len(ways)-1] == 1
}
