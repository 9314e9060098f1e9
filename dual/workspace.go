package dual

import "sync"

// A workspace holds the arguments of a function while a driver runs.
type workspace[T any] struct{ x []T }

// A pool keeps workspaces that are not in use, for any goroutine.
type pool[T any] struct{ free sync.Pool }

var (
	numbers  pool[Number64]
	numbers3 pool[Number3]
	hypers   pool[Hyper]
)

// get returns a workspace of n elements.
func (p *pool[T]) get(n int) *workspace[T] {
	w, _ := p.free.Get().(*workspace[T])
	if w == nil {
		w = new(workspace[T])
	}
	if cap(w.x) < n {
		w.x = make([]T, n)
	}
	w.x = w.x[:n]
	return w
}

func (p *pool[T]) put(w *workspace[T]) { p.free.Put(w) }

// constants sets each element of w to the constant that lift makes of x.
func constants[T any](w []T, x []float64, lift func(float64) T) {
	for i, v := range x {
		w[i] = lift(v)
	}
}
