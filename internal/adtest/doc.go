// Package adtest is the test kit of the module: tables of functions with their
// true derivatives, and runners that check any number type against them. It is
// imported by tests only.
//
// A test describes its number type as a [Mode] and hands it to the runners:
//
//	m := adtest.Mode[dual.Number64]{Name: "Number", Order: 1, …}
//	adtest.Golden(t, m)     // mpmath values of 55 functions
//	adtest.Sweep(t, m)      // mpmath values of each primitive over its domain
//	adtest.Edges(t, m)      // the contract at singular points
//	adtest.Identities(t, m) // inverse pairs, addition theorems
//	adtest.Special(t, m)    // NaN, infinities, constants
//
// and [Program] makes random functions for fuzzing.
package adtest
