// Package parallel spreads work over goroutines.
package parallel

import (
	"iter"
	"sync"
	"sync/atomic"
)

// Do calls work(k) for k from 0 to workers-1, each in a goroutine of its own, and
// waits for all. If one panics, Do panics with the same value, that of the first
// of them, in the goroutine of the caller.
func Do(workers int, work func(k int)) { do(workers, work, func() {}) }

// Tasks hands out the numbers from 0 to n-1 to so many goroutines, in which it
// calls work with those that this one gets, the next whenever it asks. It panics
// as [Do] does; no more tasks are handed out then.
func Tasks(workers, n int, work func(tasks iter.Seq[int])) {
	var next atomic.Int64
	tasks := func(yield func(int) bool) {
		for {
			i := next.Add(1) - 1
			if i >= int64(n) || !yield(int(i)) {
				return
			}
		}
	}
	do(workers, func(int) { work(tasks) }, func() { next.Store(int64(n)) })
}

// do is Do, and calls failed as soon as there is a panic.
func do(workers int, work func(k int), failed func()) {
	var (
		wg     sync.WaitGroup
		once   sync.Once
		caught any
		bad    bool
	)
	for k := range workers {
		wg.Go(func() {
			done := false
			defer func() {
				if !done {
					r := recover()
					once.Do(func() { caught, bad = r, true })
					failed()
				}
			}()
			work(k)
			done = true
		})
	}
	wg.Wait()
	if bad {
		panic(caught)
	}
}
