package linalg

// An Option says how a function reads its matrix, or what it returns.
type Option uint

const (
	// Lower makes a function read only the lower triangle of its matrix.
	Lower Option = 1 << iota
	// Upper makes a function read only the upper triangle of its matrix.
	Upper
	// Trans makes SolveTriangular and Factors.Solve take the transpose of the
	// matrix.
	Trans
	// ConjTrans makes them take the conjugate transpose.
	ConjTrans
	// Unit makes SolveTriangular take a diagonal of ones instead of the one of
	// the matrix.
	Unit
	// Full makes SVD and QR return square unitary matrices.
	Full
	// Left makes Polar put the Hermitian factor on the left.
	Left
)

// join returns the options together.
func join(opts []Option) Option {
	o := Option(0)
	for _, p := range opts {
		o |= p
	}
	return o
}
