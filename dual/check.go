package dual

import "math"

// checkLeak panics if a function evaluated at constants has a tangent that is
// not 0: it must then have captured a number that another driver outside is
// differentiating, and the two derivatives would add up.
func checkLeak(name string, tangents ...float64) {
	for _, t := range tangents {
		if t != 0 && !math.IsNaN(t) {
			fail("%s: f captures a number that is differentiated outside (perturbation confusion); nest with NestedDerivative and Lift", name)
		}
	}
}

// checkNestedLeak is checkLeak for the tangent of a Nested number.
func checkNestedLeak[T Real[T]](name string, t T) {
	if order, _ := t.Lead(); order >= 0 && !math.IsNaN(t.Value()) {
		checkLeak(name, 1)
	}
}
