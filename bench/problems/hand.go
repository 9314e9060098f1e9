package problems

import (
	"math"

	"github.com/dualjet/dualjet/dual"
)

// Hand is ADBench's hand tracking: how far N measured points are from a hand in
// the pose θ, in three coordinates each. The simple problem tells for every point
// which vertex of the hand it is. In the complicated one it lies in a triangle
// abc, at u·a + v·b + (1-u-v)·c with u and v of its own, 2N more parameters.
//
// A pose has a rotation r as axis times angle, a translation t and 20 angles of
// joints. The frame of bone b is A_b = A_parent·L_b·R_z(β)·R_x(α), where L_b is
// how it lies at rest, and a vertex x that follows its bones with weights w_b is
// at
//
//	R(r)·Σ_b w_b·A_b·B_b·x + t,
//
// where B_b = A_b⁻¹ at rest (linear blend skinning). Each finger has four bones;
// θ holds r, t, then for each finger α and β of its second bone, α of its third
// and α of its fourth.
//
// ADBench takes R(r) = 1 for |r| < 10⁻⁴, a jump of which no derivative knows; here
// the rotation is the true one.
type Hand struct {
	Model  *HandModel
	Index  []int     // of the vertex or the triangle of each point
	Points []float64 // N rows of 3
	Theta  []float64
	Us     []float64 // N rows of u v, nil in the simple problem
}

// HandParams is the length of θ.
const HandParams = 26

// A HandModel is a hand at rest.
type HandModel struct {
	Bones     []HandBone
	Vertices  []HandVertex
	Triangles [][3]int // indices of vertices
}

// A HandBone has two affine maps, 3×4 matrices row by row.
type HandBone struct {
	Name    string
	Parent  int         // the index of an earlier bone, or -1
	Local   [12]float64 // from the frame of the bone to that of its parent
	Inverse [12]float64 // from the frame of the hand to that of the bone
}

// A HandVertex follows some bones. Coef has four numbers for each: its weight
// times (x, y, z, 1).
type HandVertex struct {
	Bones []int
	Coef  []float64
}

// handBones is the number of bones that angles of θ belong to, and the least that
// a model has: the wrist and five fingers of four.
const handBones = 21

// handJoint returns the indices in θ of the angles α and β of bone b, or -1.
func handJoint(b int) (alpha, beta int) {
	finger, joint := (b-1)/4, (b-1)%4
	switch {
	case b < 1 || b >= handBones || joint == 0:
		return -1, -1
	case joint == 1:
		return 6 + 4*finger, 7 + 4*finger
	}
	return 6 + 4*finger + joint, -1
}

// Len returns the number of parameters.
func (h *Hand) Len() int { return HandParams + len(h.Us) }

// Params returns the parameters in one slice: θ, then u and v of each point.
func (h *Hand) Params() []float64 {
	return append(append(make([]float64, 0, h.Len()), h.Theta...), h.Us...)
}

// vertices returns the vertices that have to do with a point, each once, and the
// place in that list for each vertex.
func (h *Hand) vertices() (list, place []int) {
	place = make([]int, len(h.Model.Vertices)) // 1 more, until the list is complete
	add := func(v int) {
		if place[v] == 0 {
			list = append(list, v)
			place[v] = len(list)
		}
	}
	for _, i := range h.Index {
		if h.Us == nil {
			add(i)
			continue
		}
		for _, v := range h.Model.Triangles[i] {
			add(v)
		}
	}
	for v := range place {
		place[v]--
	}
	return list, place
}

// Residuals puts the 3N differences between the points and the hand at p into
// dst and returns it. A nil dst is allocated.
func (h *Hand) Residuals(dst, p []float64) []float64 {
	checkLen("Hand.Residuals", "p", len(p), h.Len())
	dst = destination("Hand.Residuals", dst, len(h.Points))
	theta, us := p[:HandParams], p[HandParams:]
	skin := h.skin(theta)
	list, place := h.vertices()
	pos := make([]float64, 3*len(list))
	for i, v := range list {
		x := pos[3*i:][:3]
		copy(x, theta[3:6])
		for i, b := range h.Model.Vertices[v].Bones {
			c := h.Model.Vertices[v].Coef[4*i:][:4]
			for r := range x {
				m := skin[b][4*r:][:4]
				x[r] += m[0]*c[0] + m[1]*c[1] + m[2]*c[2] + m[3]*c[3]
			}
		}
	}
	for i, k := range h.Index {
		err, point := dst[3*i:][:3], h.Points[3*i:][:3]
		if h.Us == nil {
			for r := range err {
				err[r] = point[r] - pos[3*place[k]+r]
			}
			continue
		}
		t := h.Model.Triangles[k]
		a, b, c := pos[3*place[t[0]]:][:3], pos[3*place[t[1]]:][:3], pos[3*place[t[2]]:][:3]
		u, v := us[2*i], us[2*i+1]
		for r := range err {
			err[r] = point[r] - (u*a[r] + v*b[r] + (1-u-v)*c[r])
		}
	}
	return dst
}

// skin returns R·A_b·B_b for each bone.
func (h *Hand) skin(theta []float64) [][12]float64 {
	root := rotation([3]float64(theta))
	frames, skin := make([][12]float64, len(h.Model.Bones)), make([][12]float64, len(h.Model.Bones))
	for b := range frames {
		bone := &h.Model.Bones[b]
		parent := &root
		if bone.Parent >= 0 {
			parent = &frames[bone.Parent]
		}
		frames[b] = affineMul(parent, &bone.Local)
		alpha, beta := handJoint(b)
		if beta >= 0 {
			turn(&frames[b], 0, theta[beta])
		}
		if alpha >= 0 {
			turn(&frames[b], 1, theta[alpha])
		}
		skin[b] = affineMul(&frames[b], &bone.Inverse)
	}
	return skin
}

// rotation returns the map of rotate.
func rotation(r [3]float64) (m [12]float64) {
	for j := range 3 {
		var e [3]float64
		e[j] = 1
		for i, v := range rotate(r, e) {
			m[4*i+j] = v
		}
	}
	return m
}

// affineMul returns the composition of two affine maps.
func affineMul(a, b *[12]float64) (c [12]float64) {
	for i := 0; i < 12; i += 4 {
		for j := range 4 {
			c[i+j] = a[i]*b[j] + a[i+1]*b[4+j] + a[i+2]*b[8+j]
		}
		c[i+3] += a[i+3]
	}
	return c
}

// turn multiplies m from the right by a rotation in the plane of the axes j and
// j+1: R_z for j = 0, R_x for j = 1.
func turn(m *[12]float64, j int, angle float64) {
	sin, cos := math.Sincos(angle)
	for i := j; i < 12; i += 4 {
		m[i], m[i+1] = m[i]*cos+m[i+1]*sin, m[i+1]*cos-m[i]*sin
	}
}

// HandPose is a pose that [HandPrepare] has made ready for the points. It belongs
// to one goroutine.
type HandPose[T dual.Real[T]] struct {
	h           *Hand
	list, place []int      // of Hand.vertices
	frames      []T        // 12 for each bone
	skin        []T        // likewise
	pos         []T        // 3 for each vertex of the list
	row         []T        // operands of a statement
	coef        [4]float64 // and their factors
}

// HandPrepare puts θ into f, which it returns, for [HandPoint]. A nil f is
// allocated.
func HandPrepare[T dual.Real[T]](f *HandPose[T], h *Hand, theta []T) *HandPose[T] {
	checkLen("HandPrepare", "theta", len(theta), HandParams)
	if f == nil {
		f = new(HandPose[T])
	}
	if f.h != h {
		bones := h.Model.Bones
		*f = HandPose[T]{h: h, frames: make([]T, 12*len(bones)), skin: make([]T, 12*len(bones))}
		f.list, f.place = h.vertices()
		f.pos = make([]T, 3*len(f.list))
	}
	var root [12]T
	for j := range 3 {
		var e [3]T
		e[j] = e[j].Const(1)
		for i, v := range rotateReal([3]T(theta), e) {
			root[4*i+j] = v
		}
	}
	for b := range h.Model.Bones {
		bone := &h.Model.Bones[b]
		parent, frame := root[:], f.frames[12*b:][:12]
		if bone.Parent >= 0 {
			parent = f.frames[12*bone.Parent:][:12]
		}
		f.affineMul(frame, parent, &bone.Local)
		alpha, beta := handJoint(b)
		if beta >= 0 {
			turnReal(frame, 0, theta[beta])
		}
		if alpha >= 0 {
			turnReal(frame, 1, theta[alpha])
		}
		f.affineMul(f.skin[12*b:][:12], frame, &bone.Inverse)
	}
	for i, v := range f.list {
		vertex := &h.Model.Vertices[v]
		for r := range 3 {
			f.row = f.row[:0]
			for _, b := range vertex.Bones {
				f.row = append(f.row, f.skin[12*b+4*r:][:4]...)
			}
			f.pos[3*i+r] = dual.LinComb(vertex.Coef, f.row).Add(theta[3+r])
		}
	}
	return f
}

// affineMul is affineMul for a map that varies and one that does not.
func (f *HandPose[T]) affineMul(dst, a []T, b *[12]float64) {
	for i := 0; i < 12; i += 4 {
		for j := range 4 {
			f.coef = [4]float64{b[j], b[4+j], b[8+j], 1}
			n := 3
			if j == 3 {
				n = 4
			}
			dst[i+j] = dual.LinComb(f.coef[:n], a[i:i+n])
		}
	}
}

// turnReal is turn for any number type.
func turnReal[T dual.Real[T]](m []T, j int, angle T) {
	sin, cos := angle.Sincos()
	for i := j; i < 12; i += 4 {
		m[i], m[i+1] = m[i].Mul(cos).Add(m[i+1].Mul(sin)), m[i+1].Mul(cos).Sub(m[i].Mul(sin))
	}
}

// HandPoint puts the three residuals of point i into dst, which must have length
// 3, and returns it. The barycentric coordinates us of the point, two numbers,
// matter in the complicated problem only.
func HandPoint[T dual.Real[T]](f *HandPose[T], dst, us []T, i int) []T {
	checkLen("HandPoint", "dst", len(dst), 3)
	point, k := f.h.Points[3*i:][:3], f.h.Index[i]
	if f.h.Us == nil {
		for r := range dst {
			dst[r] = f.pos[3*f.place[k]+r].Neg().AddConst(point[r])
		}
		return dst
	}
	checkLen("HandPoint", "us", len(us), 2)
	t := f.h.Model.Triangles[k]
	a, b, c := f.pos[3*f.place[t[0]]:][:3], f.pos[3*f.place[t[1]]:][:3], f.pos[3*f.place[t[2]]:][:3]
	for r := range dst {
		x := us[0].Mul(a[r].Sub(c[r])).Add(us[1].Mul(b[r].Sub(c[r]))).Add(c[r])
		dst[r] = x.Neg().AddConst(point[r])
	}
	return dst
}

// HandResiduals is [Hand.Residuals] for any number type. It uses f as
// [HandPrepare] does, stores into dst, which must have length 3N, and returns it.
func HandResiduals[T dual.Real[T]](f *HandPose[T], h *Hand, dst, p []T) []T {
	checkLen("HandResiduals", "p", len(p), h.Len())
	checkLen("HandResiduals", "dst", len(dst), len(h.Points))
	f = HandPrepare(f, h, p[:HandParams])
	for i := range h.Index {
		var us []T
		if h.Us != nil {
			us = p[HandParams+2*i:][:2]
		}
		HandPoint(f, dst[3*i:][:3], us, i)
	}
	return dst
}

// HandShifted computes the residuals with du and dv added to u and v of all
// points, for s = (du, dv, θ) of length 28. Since a point depends on its own u
// and v only, the Jacobian of this function at (0, 0, θ) is that of the
// complicated problem, its last 2N columns compressed to two.
func HandShifted[T dual.Real[T]](f *HandPose[T], h *Hand, dst, s []T) []T {
	checkLen("HandShifted", "s", len(s), 2+HandParams)
	checkLen("HandShifted", "dst", len(dst), len(h.Points))
	checkLen("HandShifted", "Us", len(h.Us), 2*len(h.Index))
	f = HandPrepare(f, h, s[2:])
	for i := range h.Index {
		us := [2]T{s[0].AddConst(h.Us[2*i]), s[1].AddConst(h.Us[2*i+1])}
		HandPoint(f, dst[3*i:][:3], us[:], i)
	}
	return dst
}
