package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"

	np "github.com/dualjet/dualjet/numpy"
)

const (
	side    = 8 // pixels
	pixels  = side * side
	darkest = 16 // value of a pixel
	classes = 10
	tests   = 450 // digits that are kept for the test
)

//go:embed data/digits.csv.gz
var packed []byte

// A digits holds images and what they are: x of shape (n, pixels), from 0 to 1, and
// y of shape (n, 1).
type digits struct {
	x, y np.Array
}

func (d digits) len() int { return d.x.Len() }

// take returns the digits with the indices.
func (d digits) take(index []int) digits {
	return digits{np.Take(d.x, index, 0), np.Take(d.y, index, 0)}
}

// read returns all digits, which come as lines of numbers in a gzip file.
func read(file []byte) (d digits, err error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return d, err
	}
	r := csv.NewReader(z)
	r.FieldsPerRecord = pixels + 1
	lines, err := r.ReadAll()
	if err != nil {
		return d, err
	}
	x, y := make([]float64, 0, len(lines)*pixels), make([]float64, 0, len(lines))
	for i, line := range lines {
		for j, field := range line {
			v, err := strconv.Atoi(field)
			if err != nil {
				return d, fmt.Errorf("digit %d: %w", i, err)
			}
			top := darkest
			if j == pixels {
				top = classes - 1
			}
			if v < 0 || v > top {
				return d, fmt.Errorf("digit %d: number %d is %d, not in 0 to %d", i, j, v, top)
			}
			if j < pixels {
				x = append(x, float64(v)/darkest)
			} else {
				y = append(y, float64(v))
			}
		}
	}
	return digits{np.Wrap(x, len(y), pixels), np.Wrap(y, len(y), 1)}, nil
}

// split returns the digits in a random order, in two parts.
func split(d digits, rnd *rand.Rand) (train, test digits) {
	order := rnd.Perm(d.len())
	return d.take(order[tests:]), d.take(order[:tests])
}
