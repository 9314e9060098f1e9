package main

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want spread
	}{
		{[]float64{4}, spread{4, 4, 4, 1}},
		{[]float64{3, 1}, spread{2, 1.5, 2.5, 2}},
		{[]float64{5, 1, 4, 2, 3}, spread{3, 2, 4, 5}},
		{[]float64{1, 1, 1, 100}, spread{1, 1, 25.75, 4}},
	} {
		if got := spreadOf(c.x); got != c.want {
			t.Errorf("spread of %v: %v, want %v", c.x, got, c.want)
		}
	}
	if got := spreadOf(nil); !math.IsNaN(got.Median) || got.N != 0 {
		t.Errorf("spread of nothing: %v", got)
	}
	if got := (spread{2, 1, 3, 7}).scale(10); got != (spread{20, 10, 30, 7}) {
		t.Errorf("scaled: %v", got)
	}
	if got := (spread{2.25, 1, 1234, 7}).String(); got != "2.2 [1.0, 1230]" {
		t.Errorf("text %q", got)
	}
}

func TestQuantile(t *testing.T) {
	x := []float64{0, 10, 20, 30}
	for p, want := range map[float64]float64{0: 0, 0.25: 7.5, 0.5: 15, 1: 30} {
		if got := quantile(x, p); got != want {
			t.Errorf("quantile %v: %v, want %v", p, got, want)
		}
	}
}

func TestDigits(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.01234: "0.012", 0.5: "0.50", 0.996: "1.0", 1.25: "1.2", 9.96: "10", 47.6: "48", 999.4: "999",
		1234: "1230", 262144: "262000", 3.4e7: "3.4e+07",
	} {
		if got := digits(v); got != want {
			t.Errorf("digits(%v) = %q, want %q", v, got, want)
		}
	}
	for ns, want := range map[float64]string{0.5: "0.5 ns", 83.46: "83.5 ns", 999.6: "1 µs", 12345: "12.3 µs", 7.3e6: "7.3 ms", 2.5e9: "2.5 s"} {
		if got := duration(ns); got != want {
			t.Errorf("duration(%v) = %q, want %q", ns, got, want)
		}
	}
}

// TestVersus checks that the functions take turns, and what is counted.
func TestVersus(t *testing.T) {
	var order []byte
	m := &meter{ctx: t.Context(), time: time.Nanosecond}
	wait := func(d time.Duration) {
		for start := clock(); clock()-start < d; {
		}
	}
	r, err := m.versus(func() { order = append(order, 'b'); wait(turnTime) }, func() { order = append(order, 'f'); wait(3 * turnTime) })
	if err != nil {
		t.Fatal(err)
	}
	order = order[:len(order)-1] // the allocations are counted in a call of f
	if got := string(order[len(order)-6:]); got != "bfbfbf" {
		t.Errorf("turns %s", order)
	}
	if r.Ratio.N != 3 || !(r.Ratio.Median > 1.5) || !(r.NS.Median > 2*r.BaseNS*0.7) {
		t.Errorf("%+v", r)
	}
	var keep []byte
	r, err = m.versus(func() {}, func() { keep = make([]byte, 5000) })
	if err != nil || r.Allocs < 1 || r.Bytes < 5000 || len(keep) == 0 {
		t.Errorf("%v allocations of %v bytes, error %v", r.Allocs, r.Bytes, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&meter{ctx: ctx, time: time.Second}).versus(func() {}, func() {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestCPU(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cpuinfo")
	if err := os.WriteFile(name, []byte("processor\t: 0\nmodel name\t: Some CPU: 3 GHz\nmodel name\t: other\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := cpu(name); got != "Some CPU: 3 GHz" {
		t.Errorf("cpu = %q", got)
	}
	if got := cpu(name + "x"); got != "unknown processor" {
		t.Errorf("cpu = %q", got)
	}
}

func TestRepeat(t *testing.T) {
	if got := repeat([]int{1, 2, 3}, 7); !slices.Equal(got, []int{1, 2, 3, 1, 2, 3, 1}) {
		t.Errorf("repeat: %v", got)
	}
	if got := repeat([]int{1, 2, 3}, 2); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("repeat: %v", got)
	}
}
