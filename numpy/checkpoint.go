package numpy

// Checkpoint returns f as a function whose reverse mode keeps its argument and
// value only, not what lies between them, and computes that again on the way
// back: less memory for more time. Arrays that f takes from around it are
// differentiated as always. For a long chain of steps, checkpoint pieces of
// about the square root of its length.
//
// What is computed again is the sequence of operations that f did, so that a
// function that draws random numbers or has side effects runs once.
func Checkpoint(f func(Array) Array) func(Array) Array {
	return func(x Array) Array {
		p, ys := newProgram(one(f), []Array{x}, true)
		in := append([]Array{x}, p.captured...)
		if top(in) == nil {
			return ys[0]
		}
		s := &segment{p: p, in: make([]*block, len(in)), out: ys[0]}
		for i, x := range in {
			s.in[i] = x.data()
		}
		return checkpointOp.Apply(s, in...)
	}
}

// CheckpointLoop returns the function that applies step(0, x), step(1, x) and so
// on, n steps in all, each to the value of the one before, with checkpoints at
// halves of halves: reverse mode keeps about log₂ n values besides one step, and
// computes each step again about ½ log₂ n times. As in [Checkpoint], step runs
// once for each k, and may take arrays from around it.
func CheckpointLoop(n int, step func(k int, x Array) Array) func(x Array) Array {
	if n < 0 {
		fail("CheckpointLoop: %d steps", n)
	}
	var loop func(lo, hi int, x Array) Array
	loop = func(lo, hi int, x Array) Array {
		for hi-lo > 1 {
			mid := lo + (hi-lo+1)/2
			x = Checkpoint(func(x Array) Array { return loop(lo, mid, x) })(x)
			lo = mid
		}
		if lo < hi {
			x = step(lo, x)
		}
		return x
	}
	return func(x Array) Array { return loop(0, n, x) }
}

// A segment is the parameter of checkpointOp: the program, and its result for
// the numbers that it was recorded with.
type segment struct {
	p   *program
	in  []*block // nil if the result is not kept
	out Array
}

// bare returns the segment without the result, for a program, whose operations
// keep no numbers between them.
func (s *segment) bare() *segment { return &segment{p: s.p} }

var checkpointOp = &Op{Name: "Checkpoint"}

func init() {
	checkpointOp.Eval = func(c *Call) Array {
		s := c.Param.(*segment)
		for i, x := range c.In {
			if s.in == nil || x.data() != s.in[i] {
				return s.p.run(c.In)[0]
			}
		}
		return s.out
	}
	checkpointOp.JVPAll = func(c *Call, v []Array) []Array {
		_, dots := jvp(c.Param.(*segment).p.run, c.In, v)
		return dots
	}
	checkpointOp.VJPAll = func(c *Call, w []Array, need []bool) []Array {
		pull, _ := vjp(c.Param.(*segment).p.run, c.In)
		return pull(w)
	}
	checkpointOp.Taylor = func(c *Call, x [][]Array, order int) []Array {
		return taylorAll(c.Param.(*segment).p.run, x, order)[0][1:]
	}
}
