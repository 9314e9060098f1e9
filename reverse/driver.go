package reverse

import "sync"

// A workspace is a tape with the variables and adjoint lanes of a driver.
type workspace struct {
	tape  Tape
	x     []Var
	lanes [][lanes]float64
	point []float64
}

// workspaces keeps those that are not in use, for any goroutine.
var workspaces sync.Pool

func getWorkspace() *workspace {
	if w, ok := workspaces.Get().(*workspace); ok {
		return w
	}
	return new(workspace)
}

// begin resets the tape and records the variables x.
func (w *workspace) begin(x []float64) []Var {
	w.tape.Reset()
	if cap(w.x) < len(x) {
		w.x = make([]Var, len(x))
	}
	w.x = w.x[:len(x)]
	return w.tape.Vars(w.x, x)
}

// adjoints copies the adjoints of the variables to dst.
func (w *workspace) adjoints(dst []float64) { copy(dst, w.tape.bar[1:]) }

// Gradient puts the gradient of f at x into dst and returns it. A nil dst is
// allocated, otherwise nothing is in steady state. It calls f once, whatever
// the number of variables. It panics with an [Error] if the lengths of dst and
// x differ. f must not keep its argument or use it in other goroutines.
func Gradient(dst []float64, f func([]Var) Var, x []float64) []float64 {
	_, dst = valueAndGradient("Gradient", dst, f, x)
	return dst
}

// ValueAndGradient is [Gradient] that returns the value of f too.
func ValueAndGradient(dst []float64, f func([]Var) Var, x []float64) (y float64, grad []float64) {
	return valueAndGradient("ValueAndGradient", dst, f, x)
}

func valueAndGradient(name string, dst []float64, f func([]Var) Var, x []float64) (float64, []float64) {
	checkFunc(name, f == nil)
	if dst == nil {
		dst = make([]float64, len(x))
	}
	checkLen(name, "dst", len(dst), "x", len(x))
	w := getWorkspace()
	defer workspaces.Put(w)
	y := f(w.begin(x))
	w.tape.Backward(y)
	w.adjoints(dst)
	return y.v, dst
}

// VJP puts the product of the cotangent w with the Jacobian of f at x, Σ w[i]
// times the gradient of output i, into dst and returns it, from one evaluation
// of f. A nil dst is allocated, otherwise nothing is in steady state. It panics
// with an [Error] if the lengths of dst and x, or those of w and the output of
// f, differ. f must not keep its argument.
func VJP(dst []float64, f func([]Var) []Var, x, w []float64) []float64 {
	checkFunc("VJP", f == nil)
	if dst == nil {
		dst = make([]float64, len(x))
	}
	checkLen("VJP", "dst", len(dst), "x", len(x))
	ws := getWorkspace()
	defer workspaces.Put(ws)
	y := f(ws.begin(x))
	checkLen("VJP", "w", len(w), "f(x)", len(y))
	clear(ws.tape.bar)
	ws.tape.seeds("VJP", y, w)
	ws.tape.sweep(1)
	ws.adjoints(dst)
	return dst
}
