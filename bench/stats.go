package main

import (
	"fmt"
	"math"
	"slices"
)

// A spread is the median and the quartiles of measured numbers.
type spread struct {
	Median float64 `json:"median"`
	Q1     float64 `json:"q1"`
	Q3     float64 `json:"q3"`
	N      int     `json:"n"` // how many numbers
}

// spreadOf returns the spread of x, which it sorts.
func spreadOf(x []float64) spread {
	slices.Sort(x)
	return spread{Median: quantile(x, 0.5), Q1: quantile(x, 0.25), Q3: quantile(x, 0.75), N: len(x)}
}

// quantile returns the p-quantile of sorted numbers by linear interpolation, NaN
// if there are none.
func quantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	at := p * float64(len(x)-1)
	i := int(at)
	if i+1 >= len(x) {
		return x[len(x)-1]
	}
	return x[i] + (at-float64(i))*(x[i+1]-x[i])
}

// scale returns the spread of the numbers times c > 0.
func (s spread) scale(c float64) spread {
	s.Median, s.Q1, s.Q3 = c*s.Median, c*s.Q1, c*s.Q3
	return s
}

// String returns a text such as "6.2 [6.1, 6.5]".
func (s spread) String() string {
	return fmt.Sprintf("%s [%s, %s]", digits(s.Median), digits(s.Q1), digits(s.Q3))
}

// digits formats v with two or three significant digits, as the spread deserves.
func digits(v float64) string {
	switch a := math.Abs(v); {
	case a == 0:
		return "0"
	case a < 0.095:
		return fmt.Sprintf("%.2g", v)
	case a < 0.995:
		return fmt.Sprintf("%.2f", v)
	case a < 9.95:
		return fmt.Sprintf("%.1f", v)
	case a < 999.5:
		return fmt.Sprintf("%.0f", v)
	case a < 1e6:
		p := math.Pow(10, math.Floor(math.Log10(a))-2)
		return fmt.Sprintf("%.0f", p*math.Round(v/p))
	}
	return fmt.Sprintf("%.2g", v)
}

// duration formats nanoseconds.
func duration(ns float64) string {
	for _, u := range []struct {
		ns   float64
		name string
	}{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}} {
		if ns >= 0.9995*u.ns {
			return fmt.Sprintf("%.3g %s", ns/u.ns, u.name)
		}
	}
	return fmt.Sprintf("%.3g ns", ns)
}
