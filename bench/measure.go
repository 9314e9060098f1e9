package main

import (
	"context"
	"runtime"
	"time"
)

const (
	turnTime = 200 * time.Microsecond // of a turn, which is at least one call
	maxTurns = 501
)

// A meter measures how long functions take.
type meter struct {
	ctx   context.Context
	time  time.Duration // for a measurement
	turns int           // that it takes at least, 3 if it is less
}

// A measurement tells how long a function takes beside a base.
type measurement struct {
	Ratio  spread  // of the times of neighbouring turns
	NS     spread  // of the function, for a call
	BaseNS float64 // of the base
	Allocs float64 // for a call
	Bytes  float64 // allocated by a call
}

// versus times base and f in turns, base f base f …, so that the ratio holds while
// the clock of the machine drifts. If the context ends before the least number of
// turns is over, its error is returned.
func (m *meter) versus(base, f func()) (r measurement, err error) {
	runtime.LockOSThread() // for clock
	defer runtime.UnlockOSThread()
	turn := func(f func(), n int) float64 {
		t := clock()
		for range n {
			f()
		}
		return float64(clock()-t) / float64(n)
	}
	// The first call fills what later ones reuse.
	calls := func(f func()) int {
		t := turn(f, 1)
		if t < float64(turnTime) {
			t = turn(f, 1+int(float64(turnTime)/8/max(t, 100)))
		}
		return max(1, int(float64(turnTime)/max(t, 1)))
	}
	start := time.Now()
	nb, nf := calls(base), calls(f)
	var ratios, ns, bases []float64
	for len(ratios) < max(3, m.turns) || len(ratios) < maxTurns && time.Since(start) < m.time {
		if err := m.ctx.Err(); err != nil {
			return r, err
		}
		b, t := turn(base, nb), turn(f, nf)
		ratios, ns, bases = append(ratios, t/b), append(ns, t), append(bases, b)
	}
	r.Ratio, r.NS, r.BaseNS = spreadOf(ratios), spreadOf(ns), spreadOf(bases).Median
	r.Allocs, r.Bytes = allocations(f)
	return r, nil
}

// allocations returns how many blocks and bytes a call of f allocates.
func allocations(f func()) (n, bytes float64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs), float64(after.TotalAlloc - before.TotalAlloc)
}
