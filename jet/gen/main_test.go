package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGenerated checks that the generated files are up to date.
func TestGenerated(t *testing.T) {
	files, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not up to date: run go generate in package jet", name)
		}
	}
}
