// Gradbench is a tool of GradBench (gradben.ch), the suite that compares packages
// for automatic differentiation across languages. It reads the messages of an eval
// from the standard input, one JSON object a line, and writes an answer to each to
// the standard output:
//
//	gradbench run --eval './gradbench repo eval gmm' --tool 'go run ./bench/gradbench'
//
// It knows the evals hello, gmm, ba, lstm, ht, det, llsq, lse (also as logsumexp),
// ode, kmeans, particle and saddle with all their functions. The derivatives are
// those of packages dual, reverse and mixed, never the ones by hand.
//
// What an eval cannot have is said in the answer: success is false and error tells
// why. A line that is no message at all has no answer; it ends the program with an
// error that names it.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Fprintf(os.Stderr, "gradbench: %q: there are no arguments; messages come from the standard input\n", os.Args[1])
		os.Exit(2)
	}
	if err := serve(os.Stdin, "stdin", os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "gradbench: %v\n", err)
		os.Exit(1)
	}
}
