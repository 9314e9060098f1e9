// Package random draws arrays of random numbers that differentiate in the
// parameters of their distribution.
//
//	g := random.New(1)
//	z := g.Normal(mu, sigma, 100)  // mu + sigma·ε, a vector of 100
//
// The samplers of continuous distributions are reparameterised: they draw
// numbers of a fixed distribution and map them by a function of the
// parameters, so that the derivative of an expectation is the expectation of
// the derivative. Those of discrete distributions, and choices and
// permutations, have no derivative and take numbers.
//
// A generator is seeded and its sequence never changes; it belongs to one
// goroutine. New(seed) with another seed gives an independent one.
package random
