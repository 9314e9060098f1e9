package parallel

import (
	"iter"
	"sync/atomic"
	"testing"
)

func TestDo(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 9} {
		seen := make([]int, workers)
		Do(workers, func(k int) { seen[k]++ })
		for k, n := range seen {
			if n != 1 {
				t.Errorf("%d workers: %d calls for %d", workers, n, k)
			}
		}
	}
}

func TestTasks(t *testing.T) {
	for _, workers := range []int{1, 2, 9} {
		for _, n := range []int{0, 1, 5, 1000} {
			seen := make([]int, n)
			var calls atomic.Int64
			Tasks(workers, n, func(tasks iter.Seq[int]) {
				calls.Add(1)
				for i := range tasks {
					seen[i]++
				}
			})
			for i, k := range seen {
				if k != 1 {
					t.Fatalf("%d workers: task %d of %d is done %d times", workers, i, n, k)
				}
			}
			if calls.Load() != int64(workers) {
				t.Errorf("%d calls for %d workers", calls.Load(), workers)
			}
		}
	}
}

// TestStop leaves tasks to the others.
func TestStop(t *testing.T) {
	var sum atomic.Int64
	Tasks(4, 100, func(tasks iter.Seq[int]) {
		for i := range tasks {
			sum.Add(int64(i))
			break
		}
	})
	if sum.Load() != 0+1+2+3 {
		t.Errorf("four tasks add up to %d", sum.Load())
	}
}

// TestPanic checks that a panic comes back, and that work ends: the other worker
// would take tasks for ever.
func TestPanic(t *testing.T) {
	for name, f := range map[string]func(){
		"Do": func() {
			Do(3, func(k int) {
				if k == 1 {
					panic("stop")
				}
			})
		},
		"Tasks": func() {
			Tasks(2, 1<<62, func(tasks iter.Seq[int]) {
				for i := range tasks {
					if i == 100 {
						panic("stop")
					}
				}
			})
		},
	} {
		func() {
			defer func() {
				if r := recover(); r != "stop" {
					t.Errorf("%s: panics with %v", name, r)
				}
			}()
			f()
			t.Errorf("%s: no panic", name)
		}()
	}
}
