// Package problems holds the functions on which differentiation is measured:
// the Gaussian mixture model, bundle adjustment, hand tracking and LSTM of ADBench
// and GradBench with readers for their files, the other evals of GradBench, and some
// from optimization, chemistry, finance and mechanics that need no data.
//
// Functions with a gradient inside, [NewParticle] and [NewSaddle], are
// differentiated in the four nestings of forward and reverse mode.
//
// Each problem is here as a plain function of float64s, as one generic in
// [dual.Real] for every mode of differentiation, and as a derivative written by
// hand, which checks the modes and tells how far from the best they are. Where
// it pays, there is one for [reverse.Var] as well: a function on one type is
// spared the 2 ns an operation that a method constraint costs. Sums over data
// are split into terms, so that they can be differentiated term by term.
//
// The generic functions use the vector functions of package dual, such as
// [dual.Dot] and [dual.LogSumExp], where they fit. A tape takes each of these
// as one record.
//
// [Open] reads any file of ADBench and any input of GradBench. What is wrong in a
// file is an error that starts with the name of the file and the line. Slices of a wrong length are a mistake of the program and panic with
// an [Error].
package problems

import "fmt"

// An Error is the value of every panic of this package.
type Error string

// Error returns the text of e.
func (e Error) Error() string { return string(e) }

func fail(format string, args ...any) { panic(Error("problems: " + fmt.Sprintf(format, args...))) }

func checkLen(name, arg string, got, want int) {
	if got != want {
		fail("%s: len(%s) = %d, want %d", name, arg, got, want)
	}
}

// destination returns dst, or a new slice if it is nil, of n zeros.
func destination(name string, dst []float64, n int) []float64 {
	if dst == nil {
		return make([]float64, n)
	}
	checkLen(name, "dst", len(dst), n)
	clear(dst)
	return dst
}
