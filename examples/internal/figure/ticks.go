package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// Multiples is a [plot.Ticker] of the multiples of a number.
type Multiples float64

// Ticks returns the multiples in [lo, hi], each with a label.
func (m Multiples) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	step := float64(m)
	for k := math.Ceil(lo / step); k <= hi/step; k++ {
		t = append(t, plot.Tick{Value: k * step, Label: fmt.Sprint(k*step + 0)}) // no -0
	}
	return t
}

// Decades is a [plot.Ticker] of powers of ten, with a label at each one whose
// exponent is a multiple of the number.
type Decades int

// Ticks returns the powers of ten in [lo, hi].
func (d Decades) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	for e := math.Ceil(math.Log10(lo) - 1e-9); e <= math.Log10(hi)+1e-9; e++ {
		tick := plot.Tick{Value: math.Pow(10, e)}
		if math.Mod(e, float64(d)) == 0 {
			tick.Label = fmt.Sprintf("1e%.0f", e)
		}
		t = append(t, tick)
	}
	return t
}
