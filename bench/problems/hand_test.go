package problems

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/reverse"
	"gonum.org/v1/gonum/mat"
)

var handFiles = []string{"hand1_t26_c100.txt", "hand3_t26_c200.txt"}

func handModel(t testing.TB) *HandModel {
	t.Helper()
	m, err := ReadHandModel(os.DirFS(filepath.Join("testdata", "adbench", "hand_model")), "hand_model")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// hands are the instances in the test data, and complicated ones made of the same
// points.
func hands(t testing.TB) map[string]*Hand {
	m, all := handModel(t), map[string]*Hand{}
	for _, name := range handFiles {
		h := read(t, func(r io.Reader, name string) (*Hand, error) { return ReadHand(r, name, m) }, name)
		all[name] = h
		var text strings.Builder
		fmt.Fprintln(&text, len(h.Index), HandParams)
		for i := range h.Index {
			fmt.Fprintln(&text, (37*i)%len(m.Triangles), h.Points[3*i], h.Points[3*i+1], h.Points[3*i+2])
		}
		for i := range h.Index {
			fmt.Fprintln(&text, 0.1+0.7*math.Abs(math.Sin(float64(i))), 0.2)
		}
		for _, v := range h.Theta {
			fmt.Fprintln(&text, v)
		}
		c, err := ReadHand(strings.NewReader(text.String()), name, m)
		if err != nil {
			t.Fatal(err)
		}
		all[name+"/complicated"] = c
	}
	return all
}

func TestReadHand(t *testing.T) {
	all := hands(t)
	h := all[handFiles[0]]
	if m := h.Model; len(m.Bones) != 22 || len(m.Vertices) != 544 || len(m.Triangles) != 1084 ||
		m.Bones[21].Name != "forearm" || m.Bones[21].Parent != 0 || m.Triangles[1] != [3]int{3, 5, 4} {
		t.Errorf("the model has %d bones, %d vertices, %d triangles", len(m.Bones), len(m.Vertices), len(m.Triangles))
	}
	if len(h.Index) != 100 || h.Index[1] != 315 || h.Points[299] != 0.813402 || h.Theta[25] != 0.878251 || h.Us != nil {
		t.Errorf("instance %+v", h)
	}
	c := all[handFiles[1]+"/complicated"]
	if len(c.Us) != 400 || c.Us[1] != 0.2 || !slices.Equal(c.Theta, all[handFiles[1]].Theta) || c.Len() != 426 {
		t.Errorf("complicated instance: %d coordinates", len(c.Us))
	}
}

// reference computes the residuals as ADBench's source does: 4×4 matrices, all
// Euler angles, all vertices with all bones.
func (h *Hand) reference(p []float64) []float64 {
	mul := func(a, b mat.Matrix) *mat.Dense {
		var c mat.Dense
		c.Mul(a, b)
		return &c
	}
	full := func(m [12]float64) *mat.Dense { return mat.NewDense(4, 4, append(m[:], 0, 0, 0, 1)) }
	angles := make([][3]float64, len(h.Model.Bones)) // x z y
	at := 6
	for finger := range 5 {
		for j := 2; j <= 4; j++ {
			angles[4*finger+j][0] = p[at]
			at++
			if j == 2 {
				angles[4*finger+j][1] = p[at]
				at++
			}
		}
	}
	absolute := make([]*mat.Dense, len(angles))
	sum := mat.NewDense(4, len(h.Model.Vertices), nil)
	for b, a := range angles {
		sx, cx := math.Sincos(a[0])
		sz, cz := math.Sincos(a[1])
		sy, cy := math.Sincos(a[2])
		rx := mat.NewDense(4, 4, []float64{1, 0, 0, 0, 0, cx, -sx, 0, 0, sx, cx, 0, 0, 0, 0, 1})
		ry := mat.NewDense(4, 4, []float64{cy, 0, sy, 0, 0, 1, 0, 0, -sy, 0, cy, 0, 0, 0, 0, 1})
		rz := mat.NewDense(4, 4, []float64{cz, -sz, 0, 0, sz, cz, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1})
		bone := h.Model.Bones[b]
		absolute[b] = mul(full(bone.Local), mul(mul(rz, ry), rx))
		if bone.Parent >= 0 {
			absolute[b] = mul(absolute[bone.Parent], absolute[b])
		}
		weighted := mat.NewDense(4, len(h.Model.Vertices), nil)
		for v, vertex := range h.Model.Vertices {
			if i := slices.Index(vertex.Bones, b); i >= 0 {
				weighted.SetCol(v, vertex.Coef[4*i:4*i+4])
			}
		}
		sum.Add(sum, mul(mul(absolute[b], full(bone.Inverse)), weighted))
	}
	norm := math.Sqrt(p[0]*p[0] + p[1]*p[1] + p[2]*p[2])
	x, y, z := p[0]/norm, p[1]/norm, p[2]/norm
	s, c := math.Sincos(norm)
	pos := mul(mat.NewDense(3, 3, []float64{
		x*x + (1-x*x)*c, x*y*(1-c) - z*s, x*z*(1-c) + y*s,
		x*y*(1-c) + z*s, y*y + (1-y*y)*c, y*z*(1-c) - x*s,
		x*z*(1-c) - y*s, z*y*(1-c) + x*s, z*z + (1-z*z)*c}), sum.Slice(0, 3, 0, len(h.Model.Vertices)))
	var res []float64
	for i, k := range h.Index {
		for r := range 3 {
			at := func(v int) float64 { return pos.At(r, v) + p[3+r] }
			w := at(k % len(h.Model.Vertices))
			if h.Us != nil {
				tri, u, v := h.Model.Triangles[k], p[26+2*i], p[27+2*i]
				w = u*at(tri[0]) + v*at(tri[1]) + (1-u-v)*at(tri[2])
			}
			res = append(res, h.Points[3*i+r]-w)
		}
	}
	return res
}

func handOf[T dual.Real[T]](h *Hand) func(p []T) []T {
	var f HandPose[T]
	dst := make([]T, len(h.Points))
	return func(p []T) []T { return HandResiduals(&f, h, dst, p) }
}

func handShiftedOf[T dual.Real[T]](h *Hand) func(s []T) []T {
	var f HandPose[T]
	dst := make([]T, len(h.Points))
	return func(s []T) []T { return HandShifted(&f, h, dst, s) }
}

func floats(x []float64) []dual.Float {
	y := make([]dual.Float, len(x))
	for i, v := range x {
		y[i] = dual.Float(v)
	}
	return y
}

func values(x []dual.Float) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

func TestHand(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for name, h := range hands(t) {
		t.Run(name, func(t *testing.T) {
			for _, angle := range []float64{1, 0, 1e-160, 1e-6} {
				p := h.Params()
				for i := range p {
					p[i] *= 1 + 0.05*r.NormFloat64()
				}
				for i := range 3 {
					p[i] *= angle
				}
				res := h.Residuals(nil, p)
				if angle == 1 {
					near(t, "residuals", res, h.reference(p), 1e-12)
				}
				near(t, "generic residuals", values(handOf[dual.Float](h)(floats(p))), res, 1e-12)
				jac := h.Jacobian(nil, p)
				if again := h.Jacobian(slices.Clone(jac), p); !slices.Equal(again, jac) {
					t.Error("the Jacobian depends on what dst holds")
				}
				full := reverse.Jacobian(nil, handOf[reverse.Var](h), p)
				if h.Us == nil {
					near(t, "by forward mode", dual.Jacobian(nil, handOf[dual.Number3](h), p).RawMatrix().Data, jac, 1e-10)
					near(t, "by reverse mode", full.RawMatrix().Data, jac, 1e-10)
				} else {
					q := *h
					q.Us = p[HandParams:]
					s := append([]float64{0, 0}, p[:HandParams]...)
					near(t, "by forward mode", dual.Jacobian(nil, handShiftedOf[dual.Number3](&q), s).RawMatrix().Data, jac, 1e-10)
					near(t, "by reverse mode", reverse.Jacobian(nil, handShiftedOf[reverse.Var](&q), s).RawMatrix().Data, jac, 1e-10)
					near(t, "all columns", full.RawMatrix().Data, h.expand(jac), 1e-10)
				}
				if angle == 1 {
					handDifferences(t, h, p, jac)
				}
			}
		})
	}
}

// expand returns the Jacobian of the complicated problem with all its columns.
func (h *Hand) expand(jac []float64) []float64 {
	n := h.Len()
	dst := make([]float64, n*len(h.Points))
	for r := range h.Points {
		row, small := dst[r*n:][:n], jac[28*r:][:28]
		copy(row, small[2:])
		copy(row[26+r/3*2:], small[:2])
	}
	return dst
}

func handDifferences(t *testing.T, h *Hand, p, jac []float64) {
	first := 0
	if h.Us != nil {
		first = 2
	}
	var got, want []float64
	for j := range HandParams {
		at := func(d float64) []float64 {
			q := slices.Clone(p)
			q[j] += d
			return h.Residuals(nil, q)
		}
		const d = 1e-3
		a, b, c, e := at(-2*d), at(-d), at(d), at(2*d)
		for i := range a {
			got = append(got, (8*(c[i]-b[i])-(e[i]-a[i]))/(12*d))
			want = append(want, jac[i*(first+HandParams)+first+j])
		}
	}
	near(t, "by differences", got, want, 1e-8)
}

func TestHandPanics(t *testing.T) {
	all := hands(t)
	h, c := all[handFiles[0]], all[handFiles[0]+"/complicated"]
	x := make([]dual.Float, 300)
	for name, f := range map[string]func(){
		"Hand.Residuals": func() { h.Residuals(nil, make([]float64, 25)) },
		"Hand.Jacobian":  func() { c.Jacobian(make([]float64, 26*300), c.Params()) },
		"HandPrepare":    func() { HandPrepare(nil, h, x[:25]) },
		"HandResiduals":  func() { HandResiduals(nil, c, x, x[:26]) },
		"HandShifted":    func() { HandShifted(nil, h, x, x[:28]) },
		"HandPoint":      func() { HandPoint(HandPrepare(nil, c, x[:26]), x[:3], nil, 0) },
	} {
		panicsWith(t, name, f)
	}
}

// smallHand is a model with a triangle on the wrist.
func smallHand() fstest.MapFS {
	const eye = ":1:0:0:0:0:1:0:0:0:0:1:0:0:0:0:1"
	var bones strings.Builder
	for b := range handBones {
		fmt.Fprintf(&bones, "b%d:%d%s%s\n", b, b-1, eye, eye)
	}
	return fstest.MapFS{
		"bones.txt":     {Data: []byte(bones.String())},
		"vertices.txt":  {Data: []byte("0:0:0:0:0:0:0:0:1:0:1\r\n1:0:0:0:0:0:0:0:2:0:0.5:20:0.5\n\n0:1:0:0:0:0:0:0:0\n")},
		"triangles.txt": {Data: []byte("0:1:2\n")},
	}
}

func TestReadHandModelBad(t *testing.T) {
	good, err := ReadHandModel(smallHand(), "m")
	if err != nil || len(good.Vertices) != 3 || len(good.Vertices[2].Bones) != 0 {
		t.Fatal(good, err)
	}
	const bone0 = "b0:-1:1:0:0:0:0:1:0:0"
	for _, c := range []struct{ file, old, new, want string }{
		{"bones.txt", bone0, "b0:0:1:0:0:0:0:1:0:0", "m/bones.txt:1: parent 0, want an integer from -1 to -1"},
		{"bones.txt", bone0, "b0:-1:0:0:0:0:1:0:0", "m/bones.txt:1: 33 words between colons, want 34"},
		{"bones.txt", bone0, "b0:-1:x:0:0:0:0:1:0:0", `m/bones.txt:1: "x" is not a number`},
		{"bones.txt", "b3:2:", "b3:2.5:", "m/bones.txt:4: parent 2.5, want"},
		{"bones.txt", ":0:0:0:1\n", ":0:0:1:1\n", "m/bones.txt:1: the last row of matrix 2 is not"},
		{"bones.txt", "b20:19:", "\n\nb20:20:", "m/bones.txt:23: parent 20, want"},
		{"vertices.txt", "0:0:0:0:0:0:0:0:1:0:1", "0:0:0", "m/vertices.txt:1: 3 words between colons, want 9"},
		{"vertices.txt", ":2:0:0.5:", ":3:0:0.5:", "m/vertices.txt:2: 13 words between colons, want 15"},
		{"vertices.txt", ":2:0:0.5:", ":-2:0:0.5:", "m/vertices.txt:2: number of bones -2, want"},
		{"vertices.txt", ":20:0.5", ":21:0.5", "m/vertices.txt:2: bone 21, want an integer from 0 to 20"},
		{"vertices.txt", ":20:0.5", ":0:0.5", "m/vertices.txt:2: bone 0 comes twice"},
		{"vertices.txt", "0.5:20", "inf:20", `m/vertices.txt:2: "inf" is not a finite number`},
		{"vertices.txt", "0.5:20", strings.Repeat("1", 65) + ":20", `m/vertices.txt:2: "1111111111111111"… is too long`},
		{"triangles.txt", "0:1:2", "0:1:3", "m/triangles.txt:1: vertex 3, want an integer from 0 to 2"},
		{"triangles.txt", "0:1:2", "0:1", "m/triangles.txt:1: 2 words"},
		{"triangles.txt", "0:1:2", strings.Repeat("0", 1<<17), "m/triangles.txt:1: bufio.Scanner: token too long"},
	} {
		dir := smallHand()
		dir[c.file].Data = []byte(strings.Replace(string(dir[c.file].Data), c.old, c.new, 1))
		if _, err := ReadHandModel(dir, "m"); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %.20q for %.20q:\n got %v\nwant %s…", c.file, c.new, c.old, err, c.want)
		}
	}
	for file, want := range map[string]string{"bones.txt": "m/bones.txt: 0 bones", "vertices.txt": "m/vertices.txt: no vertices"} {
		dir := smallHand()
		dir[file].Data = nil
		dir["triangles.txt"].Data = nil
		if file == "bones.txt" {
			dir["vertices.txt"].Data = nil
		}
		if _, err := ReadHandModel(dir, "m"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s…", err, want)
		}
		delete(dir, file)
		if _, err := ReadHandModel(dir, "m"); err == nil || !strings.HasPrefix(err.Error(), "m/"+file) {
			t.Errorf("%v, want m/%s…", err, file)
		}
	}
}

func TestReadHandBad(t *testing.T) {
	m, err := ReadHandModel(smallHand(), "m")
	if err != nil {
		t.Fatal(err)
	}
	theta := strings.Repeat("0.5\n", 26)
	for _, c := range []struct{ text, want string }{
		{"", "hand.txt:1: the file ends before the numbers of points and parameters"},
		{"1 25\n", "hand.txt:1: number of parameters = 25, want an integer from 26 to 26"},
		{"0 26\n", "hand.txt:1: number of points = 0, want"},
		{"1073741824 26\n0 1 1 1\n", "hand.txt:3: the file ends before point 2"},
		{"1 26\n0 1 1\n" + theta, "hand.txt:2: 3 numbers, want 4 for point 1 of 1"},
		{"1 26\n3 1 1 1\n" + theta, "hand.txt:2: index = 3, want an integer from 0 to 2"},
		{"2 26\n2 1 1 1\n1 1 1 1\n0 0\n0 0\n" + theta, "hand.txt:2: index = 2, but the model has 1 triangles"},
		{"1 26\n0 1 1 1\n" + theta[4:], "hand.txt:27: 25 numbers after the points, want 26 or 28"},
		{"1 26\n0 1 1 1\n0.5\n" + theta, "hand.txt:29: 27 numbers after the points, want 26 or 28"},
		{"1 26\n0 1 1 1\n0.5 0.5 0.5\n" + theta, "hand.txt:29: the file goes on after its end"},
		{"1 26\n0 1 1 1\nx\n" + theta, `hand.txt:3: "x" is not a number`},
	} {
		_, err := ReadHand(strings.NewReader(c.text), "hand.txt", m)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.60q\n got %v\nwant %s…", c.text, err, c.want)
		}
	}
	// Numbers in any arrangement of lines.
	for _, text := range []string{"1 26\n2 1 1 1\n" + theta, "1 26\n0 1 1 1\n0.5 0.5\n" + theta,
		"1 26\n0 1 1 1\n0.5\n\n0.5\n" + strings.ReplaceAll(theta, "\n", " ")} {
		if _, err := ReadHand(strings.NewReader(text), "hand.txt", m); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadHand(f *testing.F) {
	dir := smallHand()
	f.Add(string(dir["bones.txt"].Data), string(dir["vertices.txt"].Data), string(dir["triangles.txt"].Data),
		"1 26\n0 1 1 1\n0.5 0.5\n"+strings.Repeat("0.5\n", 26))
	f.Fuzz(func(t *testing.T, bones, vertices, triangles, text string) {
		dir := fstest.MapFS{"bones.txt": {Data: []byte(bones)}, "vertices.txt": {Data: []byte(vertices)}, "triangles.txt": {Data: []byte(triangles)}}
		m, err := ReadHandModel(dir, "m")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "m/") {
				t.Errorf("error without a place: %v", err)
			}
			return
		}
		h, err := ReadHand(strings.NewReader(text), "hand.txt", m)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "hand.txt:") {
				t.Errorf("error without a place: %v", err)
			}
			return
		}
		h.Jacobian(nil, h.Params())
		h.Residuals(nil, h.Params())
	})
}
