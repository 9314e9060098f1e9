package problems

import (
	"embed"
	"io/fs"
)

//go:embed testdata/adbench
var adbench embed.FS

// Files returns the instances of ADBench that are in the program, such as
// gmm_d10_K25.txt; hand_model is a folder for [ReadHandModel].
func Files() fs.FS {
	f, err := fs.Sub(adbench, "testdata/adbench")
	if err != nil {
		panic(err) // the name is valid
	}
	return f
}
