package jet

import "slices"

// Partials holds the value and all partial derivatives of a function up to some
// order, each distinct one once. The zero value is empty and ready to be a
// destination of [Tensor].
type Partials struct {
	n, order int
	data     []float64
}

// reshape gives d the size for n variables, keeping memory that suffices.
func (d *Partials) reshape(n, order int) {
	d.n, d.order = n, order
	size := choose(n+order, order)
	if cap(d.data) < size {
		d.data = make([]float64, size)
	}
	d.data = d.data[:size]
}

// Dims returns the number of variables and the highest order of derivative.
func (d *Partials) Dims() (n, order int) { return d.n, d.order }

// Len returns the number of distinct derivatives, the value included:
// C(n+order, order).
func (d *Partials) Len() int { return len(d.data) }

// At returns the derivative for the given variables, in any order: At(0, 0, 2)
// is ∂³f/∂x₀²∂x₂, and At() the value. It panics with an [Error] if there are
// more of them than the order, or one is out of range.
func (d *Partials) At(vars ...int) float64 {
	if len(vars) > d.order {
		fail("At: %d variables, want at most %d", len(vars), d.order)
	}
	for i, v := range vars {
		if v < 0 || v >= d.n {
			fail("At: variable %d is %d, want 0 to %d", i, v, d.n-1)
		}
	}
	if !slices.IsSorted(vars) {
		var buf [16]int
		list := append(buf[:0], vars...)
		slices.Sort(list)
		vars = list
	}
	return d.data[place(d.n, vars)]
}

// Index returns the derivative with a multi-index: Index([]int{2, 0, 1}) is
// ∂³f/∂x₀²∂x₂. It panics with an [Error] if the length of index is not the
// number of variables, an element is negative or the sum exceeds the order.
func (d *Partials) Index(index []int) float64 {
	if len(index) != d.n {
		fail("Index: len(index) = %d, want %d variables", len(index), d.n)
	}
	k, at := 0, 0
	for p, m := range index {
		if m < 0 {
			fail("Index: index[%d] = %d is negative", p, m)
		}
		if k+m > d.order {
			fail("Index: order %d or more, want at most %d", k+m, d.order)
		}
		for range m {
			k++
			at += choose(p+k-1, k)
		}
	}
	if k == 0 {
		return d.data[0]
	}
	return d.data[choose(d.n+k-1, k-1)+at]
}

// Raw returns the memory of d. The derivatives of order K follow those of lower
// orders, from position C(n+K-1, K-1) on. That for the variables j₁ ≤ j₂ ≤ … is
// C(j₁,1) + C(j₂+1,2) + … + C(j_K+K-1,K) places further: order 2 is the upper
// triangle of the Hessian by columns.
func (d *Partials) Raw() []float64 { return d.data }

// place returns the position of the derivative for a sorted list of variables.
func place(n int, vars []int) int {
	if len(vars) == 0 {
		return 0
	}
	return choose(n+len(vars)-1, len(vars)-1) + rank(vars)
}

// rank returns the position of a sorted list among those of its length.
func rank(vars []int) int {
	r := 0
	for k, v := range vars {
		r += choose(v+k, k+1)
	}
	return r
}

// choose returns the binomial coefficient C(n, k), and 0 for k > n.
func choose(n, k int) int {
	if k > n {
		return 0
	}
	c := 1
	for j := 1; j <= min(k, n-k); j++ {
		c = c * (n - j + 1) / j
	}
	return c
}
