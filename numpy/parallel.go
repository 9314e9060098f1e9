package numpy

import (
	"runtime"
	"sync"
)

// Loops over that many elements are split over goroutines; below, the cost of
// starting them is not made up for. The first is for arithmetic, the second
// for functions.
const (
	grain    = 1 << 15
	funGrain = 1 << 12
)

// split calls f for parts of [0, n) that cover it, at the same time if n is at
// least grain.
func split(n, grain int, f func(lo, hi int)) {
	workers := min(runtime.GOMAXPROCS(0), n/(grain/2))
	if n < grain || workers < 2 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { f(w*n/workers, (w+1)*n/workers) })
	}
	wg.Wait()
}
