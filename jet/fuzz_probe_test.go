package jet_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dualjet/dualjet/internal/adtest"
	"github.com/dualjet/dualjet/jet"
)

func TestProbeFuzz(t *testing.T) {
	n := 0
	rng := rand.New(rand.NewPCG(1, 9))
	_ = rng
	hist := map[int]int{}
	adtest.Programs(t, func(t *testing.T, p adtest.Program, x []float64) {
		n++
		if n > 1500 {
			return
		}
		f := func(dst []jet.Jet64, s jet.Jet64, y []jet.Jet64) {
			v := adtest.Run(p, []jet.Jet64{y[0], y[1], s})
			dst[0] = v.Sin()
			dst[1] = y[0].Sub(y[1]).Add(v.Cos())
		}
		var res [2][]float64
		var errs [2]error
		var lens [2]int
		for i, s := range []*jet.ODESettings{{MaxSteps: 3000}, {Order: 30, MaxSteps: 3000}} {
			sol, err := jet.SolveODE(f, []float64{x[0], x[1]}, 0, 1, s)
			res[i], errs[i], lens[i] = sol.Final(nil), err, sol.Len()
			if i == 0 { hist[int(math.Log2(float64(sol.Len()+sol.Rejected()+1)))]++ }
		}
		d := distance(res[0], res[1])
		if (errs[0] != nil) || (errs[1] != nil) || d > 1e-9 {
			fmt.Println(n, d, lens, errs)
		}
	})
	fmt.Println(hist)
}
