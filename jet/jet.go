package jet

import "github.com/dualjet/dualjet/dual"

//go:generate go run ./gen

// A Jet is a truncated Taylor series c[0] + c[1]·t + … + c[K]·t^K + O(t^(K+1)):
// a value and K normalised derivatives, c[k] being the k-th derivative divided
// by k!. A single coefficient is a constant, exact to every order; the zero
// value is the constant 0.
//
// Jets are immutable values with the method set of [dual.Real]. Operations on
// jets of different orders have the lower one. A jet from a [Workspace] stays
// there with all that is computed from it, so that nothing is allocated.
type Jet[F ~float32 | ~float64] struct {
	c []F
	w *Workspace[F]
}

// Jet64 is a jet of float64, the type of the drivers.
type Jet64 = Jet[float64]

var (
	_ dual.Real[Jet64]        = Jet64{}
	_ dual.Real[Jet[float32]] = Jet[float32]{}
)

// New returns the series c[0] + c[1]·t + c[2]·t² + …, which is known to as many
// coefficients as there are. A single one makes a constant.
func New[F ~float32 | ~float64](c ...F) Jet[F] { return Jet[F]{c: append([]F(nil), c...)} }

// Variable returns the variable x + t of the given order: its k-th coefficient
// is 1 for k = 1, and 0 above. With order 0 it is the constant x. It panics with
// an [Error] if the order is negative.
func Variable[F ~float32 | ~float64](x F, order int) Jet[F] {
	return (*Workspace[F])(nil).Variable(x, order)
}

// A Workspace is the memory in which jets compute. Jets made by its methods, and
// the results of operations on them, live there until [Workspace.Reset]; then
// none of them may be used any more. The zero value is ready to use. In steady
// state nothing is allocated. A workspace belongs to one goroutine at a time.
type Workspace[F ~float32 | ~float64] struct {
	buf  []F
	used int
	gen  int // counts the buffers
	rec  *program[F]
}
