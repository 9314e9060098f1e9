package numpy

import (
	"runtime"
	"sync"
)

// grain is the number of elements from which a loop is split over goroutines.
// Below it the cost of starting them is not made up for.
const grain = 1 << 15

// split calls f for parts of [0, n) that cover it, at the same time if n is
// large.
func split(n int, f func(lo, hi int)) {
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
