package adtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dualjet/dualjet/dual"
)

// A Program is a random function of several variables: a list of operations,
// each on earlier results. It runs in any number type.
type Program struct {
	inputs int
	ops    []op
}

type op struct {
	code byte
	a, b int     // results to operate on
	c    float64 // a constant near 1
}

// NewProgram reads a program of the given number of variables from data, three
// bytes an operation. Any data make a program.
func NewProgram(inputs int, data []byte) Program {
	p := Program{inputs: inputs}
	for n := inputs; len(data) >= 3 && len(p.ops) < 40; n++ {
		// Recent results are chosen more often, so that chains grow deep.
		pick := func(b byte) int { return n - 1 - int(b>>4)*(n-1)/30%n }
		p.ops = append(p.ops, op{
			code: data[0],
			a:    pick(data[1]),
			b:    pick(data[1] << 4),
			c:    0.5 + float64(data[2])/128,
		})
		data = data[3:]
	}
	return p
}

// apply does one operation. All are smooth everywhere, so that differences can
// check them.
func apply[T dual.Real[T]](o op, x, y T) T {
	code := int(o.code)
	if code%2 == 0 {
		switch code / 2 % 9 {
		case 0:
			return x.Add(y)
		case 1:
			return x.Sub(y)
		case 2, 3:
			return x.Mul(y)
		case 4:
			return x.Div(y.Sqr().AddConst(o.c))
		case 5:
			return x.Hypot(y.AddConst(o.c))
		case 6:
			return x.Atan2(y.Sqr().AddConst(o.c))
		case 7:
			return x.Sqr().AddConst(o.c).Pow(y.Sin())
		default:
			return x.FMA(y, x)
		}
	}
	switch code / 2 % 32 {
	case 0:
		return x.Sin()
	case 1:
		return x.Cos().Scale(o.c)
	case 2:
		return x.Tanh().Exp()
	case 3:
		return x.Sqr().AddConst(o.c).Log()
	case 4:
		return x.Sqr().AddConst(o.c).Sqrt()
	case 5:
		return x.Atan()
	case 6:
		return x.Tanh()
	case 7:
		return x.Logistic()
	case 8:
		return x.Softplus()
	case 9:
		return x.Erf()
	case 10:
		return x.Tanh().Asin()
	case 11:
		return x.Asinh()
	case 12:
		return x.Sqr().AddConst(o.c).Inv()
	case 13:
		return x.Neg().AddConst(o.c)
	case 14:
		return x.Sin().PowInt(3)
	case 15:
		return x.Sqr().AddConst(o.c).PowReal(o.c)
	case 16:
		return x.Sin().Sinh()
	case 17:
		return x.Sqr().AddConst(o.c).Lgamma()
	case 18:
		return x.Sin().AddConst(2).Gamma()
	case 19:
		return x.Sqr().AddConst(o.c).Digamma()
	case 20:
		return x.Sinc()
	case 21:
		return x.Sqr().LambertW()
	case 22:
		return x.NormCDF()
	case 23:
		return x.Atan().LogNormCDF()
	case 24:
		return x.BesselJ(int(o.c * 2))
	case 25:
		return x.Sin().BesselI(int(o.c * 2))
	case 26:
		return x.Sin().Erfcx()
	case 27:
		return x.Sin().Expm1()
	case 28:
		return x.Sqr().Log1p()
	case 29:
		s, c := x.Sincos()
		return s.Mul(c)
	case 30:
		return x.Sqr().AddConst(o.c).Cbrt()
	default:
		return x.Sin().Tan()
	}
}

// Run evaluates p at x, of which it uses as many elements as it has inputs.
func Run[T dual.Real[T]](p Program, x []T) T {
	v := append([]T(nil), x[:p.inputs]...)
	for _, o := range p.ops {
		y := apply(o, v[o.a], v[o.b])
		if math.Abs(y.Value()) > 8 {
			y = y.Scale(1. / 64).Atan() // keep clear of overflow
		}
		v = append(v, y)
	}
	return dual.Sum(v[p.inputs-1:])
}

// String lists the operations, to reproduce a failure.
func (p Program) String() string {
	var b strings.Builder
	for i, o := range p.ops {
		fmt.Fprintf(&b, "v%d = op%d(v%d, v%d; %g)\n", p.inputs+i, o.code, o.a, o.b, o.c)
	}
	return b.String()
}

// randomData returns the data of a random program of up to n operations.
func randomData(rng *rand.Rand, n int) []byte {
	data := make([]byte, 3*(1+rng.IntN(n)))
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	return data
}

// FuzzPrograms fuzzes with random programs of three variables and points at
// which they are tame.
func FuzzPrograms(f *testing.F, check func(t *testing.T, p Program, x []float64)) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		f.Add(randomData(rng, 20), rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64())
	}
	f.Fuzz(func(t *testing.T, data []byte, x0, x1, x2 float64) {
		x := []float64{x0, x1, x2}
		for _, v := range x {
			if !(math.Abs(v) <= 4) {
				t.Skip("out of range")
			}
		}
		check(t, NewProgram(len(x), data), x)
	})
}

// Programs checks a fixed set of random programs of three variables, until one
// fails.
func Programs(t *testing.T, check func(t *testing.T, p Program, x []float64)) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		p := NewProgram(3, randomData(rng, 30))
		if check(t, p, []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}); t.Failed() {
			return
		}
	}
}
