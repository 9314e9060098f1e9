// The command gen prints the cases for the script that computes reference
// values, and writes the table of operations.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/dualjet/dualjet/numpy/internal/cases"
)

func main() {
	dump := flag.Bool("dump", false, "print the cases that have a counterpart in Python, as JSON")
	docs := flag.String("docs", "", "write the table of operations to this file")
	flag.Parse()
	if *dump {
		if err := json.NewEncoder(os.Stdout).Encode(cases.Dump()); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
	}
	if *docs != "" {
		if err := os.WriteFile(*docs, []byte(cases.Docs()), 0o666); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
	}
}
