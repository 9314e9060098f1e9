package problems

// A handPart is the derivative of a bone's map by an angle.
type handPart struct {
	k int // index in θ
	m [12]float64
}

// Jacobian puts the derivatives of [Hand.Residuals] at p, by the chain rule along
// the bones, into dst row by row and returns it. A nil dst is allocated. The
// simple problem has 3N×26. The complicated has 3N×28, by u and v of the point
// and by θ: all other entries are zero.
func (h *Hand) Jacobian(dst, p []float64) []float64 {
	checkLen("Hand.Jacobian", "p", len(p), h.Len())
	first := 0 // column of θ
	if h.Us != nil {
		first = 2
	}
	cols := first + HandParams
	dst = destination("Hand.Jacobian", dst, cols*len(h.Points))
	list, place := h.vertices()
	pos, dpos := h.positions(p[:HandParams], list)
	for i, k := range h.Index {
		if h.Us == nil {
			for r := range 3 {
				row := dst[(3*i+r)*cols:][:cols]
				for j, d := range dpos[(3*place[k]+r)*HandParams:][:HandParams] {
					row[j] = -d
				}
			}
			continue
		}
		t := h.Model.Triangles[k]
		for c, v := range t {
			t[c] = place[v]
		}
		w := [3]float64{p[HandParams+2*i], p[HandParams+2*i+1]}
		w[2] = 1 - w[0] - w[1]
		for r := range 3 {
			row := dst[(3*i+r)*cols:][:cols]
			row[0] = pos[3*t[2]+r] - pos[3*t[0]+r]
			row[1] = pos[3*t[2]+r] - pos[3*t[1]+r]
			for c, w := range w {
				for j, d := range dpos[(3*t[c]+r)*HandParams:][:HandParams] {
					row[first+j] -= w * d
				}
			}
		}
	}
	return dst
}

// positions returns where the vertices of the list are, and the derivatives by θ
// of each coordinate.
func (h *Hand) positions(theta []float64, list []int) (pos, dpos []float64) {
	pos = make([]float64, 3*len(list))
	dpos = make([]float64, len(pos)*HandParams)
	skin, parts := h.skinParts(theta)
	// The columns of R, and their derivatives by r.
	var rot [3][3]float64
	var drot [3][3][3]float64
	for j := range 3 {
		var e [3]float64
		e[j] = 1
		rot[j], drot[j], _ = rotateJacobian([3]float64(theta), e)
	}
	for at, v := range list {
		x, vertex := pos[3*at:][:3], &h.Model.Vertices[v]
		for i, b := range vertex.Bones {
			c := vertex.Coef[4*i:][:4]
			for r := range x {
				x[r] += dot4(skin[b][4*r:], c)
				row := dpos[(3*at+r)*HandParams:][:HandParams]
				for j := range parts[b] {
					part := &parts[b][j]
					row[part.k] += dot4(part.m[4*r:], c)
				}
			}
		}
		// What R has turned, turned back, is the factor of its derivatives.
		var y [3]float64
		for j := range y {
			y[j] = rot[j][0]*x[0] + rot[j][1]*x[1] + rot[j][2]*x[2]
		}
		for r := range x {
			row := dpos[(3*at+r)*HandParams:][:HandParams]
			for k := range 3 {
				row[k] = drot[0][r][k]*y[0] + drot[1][r][k]*y[1] + drot[2][r][k]*y[2]
			}
			row[3+r] = 1
			x[r] += theta[3+r]
		}
	}
	return pos, dpos
}

// skinParts returns skin and its derivatives by the angles that each bone hangs on.
func (h *Hand) skinParts(theta []float64) (skin [][12]float64, parts [][]handPart) {
	bones := h.Model.Bones
	root := rotation([3]float64(theta))
	frames, dframes := make([][12]float64, len(bones)), make([][]handPart, len(bones))
	skin, parts = make([][12]float64, len(bones)), make([][]handPart, len(bones))
	for b := range bones {
		bone := &bones[b]
		// The angles of the bones above.
		parent := &root
		if bone.Parent >= 0 {
			parent = &frames[bone.Parent]
			for _, d := range dframes[bone.Parent] {
				dframes[b] = append(dframes[b], handPart{d.k, affineMul(&d.m, &bone.Local)})
			}
		}
		frame := affineMul(parent, &bone.Local)
		alpha, beta := handJoint(b)
		if beta >= 0 {
			turn(&frame, 0, theta[beta])
			for i := range dframes[b] {
				turn(&dframes[b][i].m, 0, theta[beta])
			}
			dframes[b] = append(dframes[b], handPart{beta, turned(&frame, 0)})
		}
		if alpha >= 0 {
			turn(&frame, 1, theta[alpha])
			for i := range dframes[b] {
				turn(&dframes[b][i].m, 1, theta[alpha])
			}
			dframes[b] = append(dframes[b], handPart{alpha, turned(&frame, 1)})
		}
		frames[b], skin[b] = frame, affineMul(&frame, &bone.Inverse)
		for _, d := range dframes[b] {
			parts[b] = append(parts[b], handPart{d.k, affineMul(&d.m, &bone.Inverse)})
		}
	}
	return skin, parts
}

// turned returns the derivative of turn by its angle, from what turn has made.
func turned(m *[12]float64, j int) (d [12]float64) {
	for i := j; i < 12; i += 4 {
		d[i], d[i+1] = m[i+1], -m[i]
	}
	return d
}

func dot4(a, b []float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] + a[3]*b[3] }
