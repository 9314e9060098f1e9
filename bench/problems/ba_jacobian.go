package problems

import "math"

// Jacobian puts the 2×15 derivatives of [BA.Observation] at x, by formulas, into
// dst row by row and returns it. A nil dst is allocated.
func (b *BA) Jacobian(dst, x []float64) []float64 {
	checkLen("BA.Jacobian", "x", len(x), BAParams)
	dst = destination("BA.Jacobian", dst, 2*BAParams)
	p, dr, dx := rotateJacobian([3]float64(x), [3]float64{x[11] - x[3], x[12] - x[4], x[13] - x[5]})
	z := 1 / p[2]
	uv := [2]float64{p[0] * z, p[1] * z}
	s := uv[0]*uv[0] + uv[1]*uv[1]
	k1, k2, f, w := x[9], x[10], x[6], x[14]
	d, ds := 1+k1*s+k2*s*s, k1+2*k2*s
	for i, t := range uv {
		row := dst[i*BAParams:][:BAParams]
		// By the quotients, then by the rotated point.
		q := [2]float64{2 * uv[0] * ds * t, 2 * uv[1] * ds * t}
		q[i] += d
		g := [3]float64{q[0] * z, q[1] * z, -(q[0]*uv[0] + q[1]*uv[1]) * z}
		for j := range 3 {
			a := w * f * (g[0]*dx[0][j] + g[1]*dx[1][j] + g[2]*dx[2][j])
			row[j] = w * f * (g[0]*dr[0][j] + g[1]*dr[1][j] + g[2]*dr[2][j])
			row[3+j], row[11+j] = -a, a
		}
		row[6] = w * t * d
		row[7+i] = w
		row[9] = w * f * t * s
		row[10] = w * f * t * s * s
		row[14] = t*d*f + x[7+i] - b.Feature[i]
	}
	return dst
}

// rotateJacobian returns the value of rotate and its derivatives by r and x.
func rotateJacobian(r, x [3]float64) (y [3]float64, dr, dx [3][3]float64) {
	// rotate is x·cos + (r×x)·a + r·(rᵀx)·b, where the derivatives of cos, a and
	// b by r are r times -a, da and db.
	cos, a, b, da, db := 1.0, 1.0, 0.5, -1.0/3, -1.0/12
	if t2 := r[0]*r[0] + r[1]*r[1] + r[2]*r[2]; !(t2 < noAngle) {
		t := math.Sqrt(t2)
		var sin float64
		sin, cos = math.Sincos(t)
		a, b = sin/t, (1-cos)/t2
		da, db = (cos-a)/t2, (a-2*b)/t2
	}
	n, rx := cross(r, x), r[0]*x[0]+r[1]*x[1]+r[2]*x[2]
	for j := range 3 {
		var e [3]float64
		e[j] = 1
		ex, re := cross(e, x), cross(r, e)
		for i := range 3 {
			dr[i][j] = r[j]*(n[i]*da-x[i]*a+r[i]*rx*db) + ex[i]*a + (r[i]*x[j]+e[i]*rx)*b
			dx[i][j] = e[i]*cos + re[i]*a + r[i]*r[j]*b
		}
		y[j] = x[j]*cos + n[j]*a + r[j]*rx*b
	}
	return y, dr, dx
}
