package jet

import "math"

// checkLeak panics if a function evaluated at constants does not return one: it
// must then have captured a jet that another driver outside is differentiating,
// and the two derivatives would mix.
func checkLeak(name string, y Jet64) {
	if len(y.c) == 0 {
		return
	}
	for _, c := range y.c[1:] {
		if c != 0 && !math.IsNaN(c) {
			fail("%s: f captures a jet that is differentiated outside (perturbation confusion); nest jets of jets, Nested[Jet64]", name)
		}
	}
}
