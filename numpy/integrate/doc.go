// Package integrate solves ordinary differential equations and computes
// integrals with arrays that differentiate.
//
//	// y' = -k·y, at the times t
//	y, err := integrate.ODEInt(func(y, t np.Array) np.Array { return np.Mul(k, y).Neg() }, y0, t, nil)
//	// ∫ exp(-k·x²) dx from a to b
//	q := integrate.Quad(func(x np.Array) np.Array { return np.Exp(np.Mul(k, np.Square(x)).Neg()) }, a, b, 20)
//
// Steps are chosen for the values alone, and what is differentiated is the
// solution that was computed: derivatives, of any order and mode, are exact
// for it, with respect to the start, the times, and whatever the right-hand
// side captures, such as k.
package integrate
