package numpy

import (
	"math"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
)

// long returns numbers for which gradients lend memory.
func long(seed float64) Array { return Sin(Arange(0, 100, 1).AddConst(seed)) }

// useAgain makes another gradient use the memory that the last one took back.
func useAgain() {
	Grad(func(x Array) Array {
		for range 50 {
			x = x.Mul(x).AddConst(1e10).Scale(1e-10)
		}
		return Sum(x)
	})(long(7))
}

func TestArenaKeepsWhatLeaves(t *testing.T) {
	x := long(0.5)
	var left func() []float64
	leave := func(x Array) { left = func() []float64 { return x.Float64s() } }
	stash := func(x Array, operand bool) Array {
		op := &Op{
			Name: "stash",
			Eval: func(c *Call) Array {
				if operand {
					leave(c.In[0])
				}
				return c.In[0].Scale(1)
			},
			VJP: func(c *Call, _ int, w Array) Array {
				if !operand {
					leave(w)
				}
				return w
			},
			JVP: func(c *Call, _ int, v Array) Array {
				if !operand {
					leave(v)
				}
				return v
			},
			Taylor: func(c *Call, x [][]Array, order int) []Array {
				leave(x[0][1])
				return x[0][1:]
			},
		}
		return op.Apply(nil, x)
	}
	for _, test := range []struct {
		name string
		f    func(x Array) Array // 2x leaves it
	}{
		{"Detach", func(x Array) Array { leave(x.Scale(2).Detach()); return Sum(x) }},
		{"part of what is detached", func(x Array) Array { leave(x.Scale(2).Detach().Index(Whole)); return Sum(x) }},
		{"detached view", func(x Array) Array { leave(Reshape(x.Scale(2), 10, 10).Detach()); return Sum(x) }},
		{"Float64s", func(x Array) Array {
			v := x.Scale(2).Float64s()
			left = func() []float64 { return v }
			return Sum(x)
		}},
		{"Float64s of a view", func(x Array) Array {
			v := x.Scale(2).Index(Whole).Float64s()
			left = func() []float64 { return v }
			return Sum(x)
		}},
		{"Vector", func(x Array) Array {
			v := x.Scale(2).Vector()
			left = func() []float64 {
				all := make([]float64, v.Len())
				for i := range all {
					all[i] = v.AtVec(i)
				}
				return all
			}
			return Sum(x)
		}},
		{"operand of an operation", func(x Array) Array { return Sum(stash(x.Scale(2), true)) }},
		{"cotangent of an operation", func(x Array) Array { return Sum(stash(x.Scale(1), false).Mul(x).Scale(2)) }},
		{"tangent of an operation", func(x Array) Array {
			JVP(func(x Array) Array { return stash(x.Mul(x), false).Scale(1) }, x.Detach(), onesLike(x))
			return Sum(x)
		}},
		{"coefficient of an operation", func(x Array) Array {
			TaylorCoefficients(func(x Array) Array { return stash(x.Mul(x), false).Scale(1) }, x.Detach(), onesLike(x), Array{})
			return Sum(x)
		}},
		{"tangent", func(x Array) Array {
			_, dot := JVP(Square, x.Detach(), onesLike(x))
			leave(dot)
			return Sum(x)
		}},
		{"coefficient", func(x Array) Array {
			leave(TaylorCoefficients(func(x Array) Array { return x.Mul(x).Mul(onesLike(x)) }, x.Detach(), onesLike(x))[1])
			return Sum(x)
		}},
		{"value of a program", func(x Array) Array {
			p := Record(func(x ...Array) Array { return x[0].Scale(4).Scale(0.5) }, x.Detach())
			leave(p.Run(x.Detach()))
			return Sum(x)
		}},
		{"aux", func(x Array) Array {
			_, aux := GradAndAux(func(x Array) (Array, Array) { return Sum(x), x.Scale(2) })(x.Detach())
			leave(aux)
			return Sum(x)
		}},
		{"gradient", func(x Array) Array {
			leave(Grad(func(x Array) Array { return Sum(Square(x)) })(x.Detach()))
			return Sum(x)
		}},
		{"value that is a view", func(x Array) Array {
			y, _ := ValueAndGradArgs(func(x ...Array) Array { return x[0].Scale(2).Index(I(0)) })(x.Detach())
			left = func() []float64 {
				all := append([]float64(nil), long(0.5).Scale(2).Float64s()...)
				all[0] = y.Float64()
				return all
			}
			return Sum(x)
		}},
	} {
		Grad(test.f)(x)
		useAgain()
		got := left()
		for i, v := range x.Scale(2).Float64s() {
			if !(math.Abs(got[i]-v) <= 1e-15) {
				t.Errorf("%s: element %d is %v, want %v", test.name, i, got[i], v)
				break
			}
		}
	}
}

// TestArenaNested checks that a trace does not use numbers of an inner one after
// that has given its memory back.
func TestArenaNested(t *testing.T) {
	a := long(0.2)
	for name, f := range map[string]func(x, z Array) Array{
		"product":  func(x, z Array) Array { return z.Scale(2).Mul(z).Mul(x) },
		"choice":   func(x, z Array) Array { return Where(Maximum(z, Array{}).Scale(2), z.Scale(2).Mul(z), x).Mul(x) },
		"maximum":  func(x, z Array) Array { return Maximum(z.Mul(z), x).Mul(x) },
		"quotient": func(x, z Array) Array { return Div(x, z.Mul(z).AddConst(2)) },
		"joined":   func(x, z Array) Array { return Square(Concatenate(0, z.Scale(2), x, z.Scale(3)).Scale(2)) },
		"chosen":   func(x, z Array) Array { return x.Index(Mask(Greater(z.Scale(2), Array{}))).Scale(3).Mul(Sum(z.Mul(z))) },
		"products": func(x, z Array) Array { return MatMul(x, z.Mul(z)).Mul(Sum(z)) },
		"arrays":   func(x, z Array) Array { return Einsum("i,i,i->i", z.Scale(2), z, x) },
		"set":      func(x, z Array) Array { return Square(SetAt(x, Index{To(50)}, z.Mul(z).Index(To(50)))).Mul(z) },
		"by forward": func(x, z Array) Array {
			_, dot := JVP(func(z Array) Array { return z.Mul(z).Mul(x).Mul(z) }, z, z)
			return dot
		},
		"cumulative": func(x, z Array) Array { return CumProd(Add(x, z.Mul(z)).Scale(0.1)).Mul(z) },
	} {
		grad := func(once bool) func(func(Array) Array) func(Array) Array {
			if once {
				return Grad
			}
			return func(f func(Array) Array) func(Array) Array {
				return func(x Array) Array {
					_, pull := VJP(f, x)
					return pull(Scalar(1))
				}
			}
		}
		outer := func(once bool) Array {
			return grad(once)(func(x Array) Array {
				g := grad(once)(func(z Array) Array { return Sum(f(x, z)) })(a)
				if once {
					useAgain()
				}
				return Sum(g.Mul(Square(x)))
			})(long(0.7))
		}
		got, want := outer(true).Float64s(), outer(false).Float64s()
		for i, v := range want {
			if !(math.Abs(got[i]-v) <= 1e-12*(1+math.Abs(v))) {
				t.Errorf("%s: element %d of the gradient is %v, want %v", name, i, got[i], v)
				break
			}
		}
	}
}

// TestArenaEnds checks that arrays cannot be read when their memory may have
// been taken back.
func TestArenaEnds(t *testing.T) {
	var y Array
	Grad(func(x Array) Array { y = x.Scale(2); return Sum(y) })(long(0))
	for name, read := range map[string]func(){
		"Float64s": func() { y.Float64s() },
		"Value":    func() { y.Value() },
		"Detach":   func() { y.Detach() },
		"Matrix":   func() { y.Matrix() },
		"Mul":      func() { y.Mul(y) },
	} {
		if err := Maybe(read); err == nil {
			t.Errorf("%s of an array whose derivative has ended does not panic", name)
		}
	}
}

// TestArenaUsedAgain checks that gradients over and over need little memory, and
// results keep none but their own.
func TestArenaUsedAgain(t *testing.T) {
	if raceEnabled {
		t.Skip("with the race detector a pool drops some of what it gets")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const n = 1000
	f := Grad(func(x Array) Array {
		head, tail := x.Index(To(-1)), x.Index(From(1))
		return Sum(Add(Square(Sub(Scalar(1), head)), Square(Sub(tail, Square(head))).Scale(100)))
	})
	x := Sin(Arange(0, n, 1))
	g := f(x)
	if s := g.d.store; s != nil && s.arena != nil {
		t.Error("a gradient keeps the memory of others")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const calls = 100
	for range calls {
		f(x)
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / calls; got > 3*8*n {
		t.Errorf("a gradient takes %d bytes, want less than three arrays of %d", got, 8*n)
	}
}

// TestArenaSize checks that an arena does not grow without bound.
func TestArenaSize(t *testing.T) {
	lent := func(a *arena) (size int) {
		for _, l := range a.lists {
			size += l.n * len(l.stores)
		}
		return size
	}
	var a arena
	for n := 100; n < 200; n++ {
		for range 3 {
			a.lend(n)
		}
		a.takeBack()
		if len(a.lists) > arenaLists {
			t.Fatalf("%d lengths", len(a.lists))
		}
	}
	if a.lend(199); a.lists[len(a.lists)-1].n != 199 {
		t.Error("the latest length has gone")
	}
	a.takeBack()
	for n := 1; n <= arenaLists+1; n++ {
		a.lend(1000 + n)
	}
	if a.lend(1) != nil {
		t.Error("memory for more lengths than there are lists")
	}
	a.takeBack()

	var b arena
	kept := b.lend(10)
	kept.kept.Store(true)
	b.lend(10)
	b.takeBack()
	if lent(&b) != 10 {
		t.Errorf("%d numbers left, want 10", lent(&b))
	}
	if b.lend(10) == kept {
		t.Error("memory that is kept is lent again")
	}
	b.lend(arenaMax)
	if b.takeBack(); lent(&b) > arenaMax {
		t.Errorf("%d numbers left", lent(&b))
	}
}

// TestArenaGoroutines checks that a function may compute its parts by several
// goroutines.
func TestArenaGoroutines(t *testing.T) {
	const parts = 4
	grad := Grad(func(x Array) Array {
		sums := make([]Array, parts)
		var wait sync.WaitGroup
		for k := range sums {
			wait.Go(func() {
				y := x.Scale(float64(k + 1))
				for range 20 {
					y = y.Mul(y).Scale(0.5)
					y = Sqrt(y.Scale(2))
				}
				sums[k] = Sum(y.Mul(x))
			})
		}
		wait.Wait()
		var all Array
		for _, s := range sums {
			all = Add(all, s)
		}
		return all
	})
	x := long(0.3).AddConst(2)
	for range 20 {
		for i, g := range grad(x).Float64s() {
			if want := 20 * x.Float64s()[i]; math.Abs(g-want) > 1e-12*want {
				t.Fatalf("element %d is %v, want %v", i, g, want)
			}
		}
	}
}
