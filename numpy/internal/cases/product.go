package cases

import (
	"fmt"
	"strings"

	np "github.com/dualjet/dualjet/numpy"
)

func init() { groups = append(groups, products, einsums) }

// products returns the cases of products of arrays.
func products() []Case {
	var all []Case
	add := func(op, py string, f func(x, y np.Array) np.Array, in ...np.Array) {
		all = append(all, Case{Op: op, Py: py, F: two(f), In: in})
	}
	shapes := [][2][]int{
		{{3}, {3}}, {{2, 3}, {3}}, {{3}, {3, 2}}, {{2, 3}, {3, 4}}, {{1, 3}, {3, 1}}, {{2, 0}, {0, 3}}, {{0}, {0}},
	}
	for _, s := range append(shapes, [][2][]int{
		{{2, 2, 3}, {3}}, {{3}, {2, 3, 2}}, {{2, 2, 3}, {3, 2}}, {{2, 3}, {2, 3, 2}}, {{2, 1, 2, 3}, {3, 3, 1}},
		{{0, 2, 3}, {3, 2}}, {{2, 2, 2}, {2, 2, 2}},
	}...) {
		add("MatMul", "np.matmul(x0, x1)", np.MatMul, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range append(shapes, [][2][]int{
		{{}, {}}, {{}, {2, 3}}, {{2}, {}}, {{2, 2, 3}, {3}}, {{3}, {2, 3, 2}}, {{2, 2, 3}, {2, 3, 2}}, {{2, 3}, {2, 3, 2}},
	}...) {
		add("Dot", "np.dot(x0, x1)", np.Dot, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{3}, {3}}, {{2, 3}, {3}}, {{3}, {2, 3}}, {{2, 3}, {4, 3}}, {{2, 2, 3}, {2, 3}}, {{}, {3}}} {
		add("Inner", "np.inner(x0, x1)", np.Inner, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{3}, {2}}, {{2, 2}, {3}}, {{}, {3}}, {{0}, {3}}} {
		add("Outer", "np.outer(x0, x1)", np.Outer, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{3}, {3}}, {{2, 3}, {2, 3}}} {
		add("VDot", "np.vdot(x0, x1)", np.VDot, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{3}, {2}}, {{2, 2}, {2, 3}}, {{2}, {2, 3}}, {{2, 1, 2}, {2, 2}}, {{}, {3}}} {
		add("Kron", "np.kron(x0, x1)", np.Kron, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{3}, {3}}, {{2, 3}, {3}}, {{2, 1, 3}, {2, 3}}, {{0, 3}, {3}}} {
		add("Cross", "np.cross(x0, x1)", func(x, y np.Array) np.Array { return np.Cross(x, y, -1) }, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, s := range [][2][]int{{{2}, {3}}, {{2}, {2}}, {{2, 3}, {2, 2}}, {{2, 1, 2}, {2, 2}}} {
		add("Cross", "np.cross(x0, x1)", func(x, y np.Array) np.Array { return np.Cross(x, y, -1) }, normal(1, s[0]...), normal(2, s[1]...))
	}
	add("Cross", "np.cross(x0, x1, axis=0)", func(x, y np.Array) np.Array { return np.Cross(x, y, 0) }, complexes(1, 2, 2), normal(2, 3, 2))
	add("Cross", "np.cross(x0, x1, axis=0)", func(x, y np.Array) np.Array { return np.Cross(x, y, 0) }, normal(1, 3, 2), normal(2, 3, 2))
	for n, s := range [][2][]int{{{2}, {3}}, {{2, 3}, {3, 2}}, {{2, 2, 3}, {2, 3, 2}}} {
		add("TensorDot", fmt.Sprintf("np.tensordot(x0, x1, axes=%d)", n),
			func(x, y np.Array) np.Array { return np.TensorDot(x, y, n) }, normal(1, s[0]...), normal(2, s[1]...))
	}
	for _, t := range []struct{ x, y, ax, ay []int }{
		{[]int{2, 3}, []int{2, 3}, []int{0}, []int{0}},
		{[]int{2, 3, 2}, []int{2, 3}, []int{1, 0}, []int{1, 0}},
		{[]int{2, 3, 2}, []int{3, 2, 2}, []int{-1, 1}, []int{1, 0}},
		{[]int{2}, []int{2, 2}, []int{}, []int{}},
	} {
		py := fmt.Sprintf("np.tensordot(x0, x1, axes=(%s, %s))", list(t.ax), list(t.ay))
		add("TensorDotAxes", py, func(x, y np.Array) np.Array { return np.TensorDotAxes(x, y, t.ax, t.ay) }, normal(1, t.x...), normal(2, t.y...))
	}
	for _, t := range []struct {
		name, py string
		f        func(x, y np.Array) np.Array
	}{
		{"MatMul", "np.matmul(x0, x1)", np.MatMul}, {"Dot", "np.dot(x0, x1)", np.Dot}, {"Inner", "np.inner(x0, x1)", np.Inner},
		{"Outer", "np.outer(x0, x1)", np.Outer}, {"VDot", "np.vdot(x0, x1)", np.VDot}, {"Kron", "np.kron(x0, x1)", np.Kron},
	} {
		add(t.name, t.py, t.f, complexes(1, 2, 2), complexes(2, 2, 2))
		add(t.name, t.py, t.f, complexes(1, 2, 2), normal(2, 2, 2))
		add(t.name, t.py, t.f, normal(1, 3), complexes(2, 3))
	}
	add("Cross", "np.cross(x0, x1)", func(x, y np.Array) np.Array { return np.Cross(x, y, -1) }, complexes(1, 2, 3), normal(2, 3))
	add("MatMul", "np.matmul(x0.T, x1.T)", func(x, y np.Array) np.Array { return np.MatMul(np.Transpose(x), np.Transpose(y)) },
		normal(1, 3, 2), normal(2, 4, 3))
	return all
}

// list writes integers as Python does.
func list(v []int) string { return strings.ReplaceAll(fmt.Sprint(v), " ", ",") }

// einsums returns the cases of Einsum.
func einsums() []Case {
	var all []Case
	for _, t := range []struct {
		spec   string
		shapes [][]int
	}{
		{"i->i", [][]int{{3}}}, {"i->", [][]int{{3}}}, {"ij->ji", [][]int{{2, 3}}}, {"ji", [][]int{{2, 3}}},
		{"ii->i", [][]int{{3, 3}}}, {"ii", [][]int{{3, 3}}}, {"iij->ji", [][]int{{2, 2, 3}}}, {"iii->i", [][]int{{2, 2, 2}}},
		{"ij,jk->ik", [][]int{{2, 3}, {3, 2}}}, {"ij,jk", [][]int{{2, 3}, {3, 2}}}, {"ij,kj->ki", [][]int{{2, 3}, {2, 3}}},
		{"ji,jk->ik", [][]int{{3, 2}, {3, 2}}}, {"i,i->", [][]int{{3}, {3}}}, {"i,i->i", [][]int{{3}, {3}}},
		{"i,j->ij", [][]int{{3}, {2}}}, {"i,j->ji", [][]int{{3}, {2}}}, {"ij,ij->", [][]int{{2, 3}, {2, 3}}},
		{"bij,bjk->bik", [][]int{{2, 2, 3}, {2, 3, 2}}}, {"ijb,jkb->ikb", [][]int{{2, 3, 2}, {3, 2, 2}}},
		{"bij,jk->bik", [][]int{{2, 2, 3}, {3, 2}}}, {"ij,k->ik", [][]int{{2, 3}, {2}}}, {"ij,k->k", [][]int{{2, 3}, {2}}},
		{"...ij,...jk->...ik", [][]int{{2, 2, 3}, {3, 2}}}, {"...i,...i", [][]int{{2, 3}, {3}}}, {"i...->...", [][]int{{2, 3}}},
		{"...,...", [][]int{{2, 1}, {3}}}, {"...ii->...i", [][]int{{2, 3, 3}}}, {"i...,i...->i...", [][]int{{2, 3}, {2, 1}}},
		{"ij,jk,kl->il", [][]int{{2, 3}, {3, 2}, {2, 2}}}, {"ij,jk,ki->", [][]int{{2, 3}, {3, 2}, {2, 2}}},
		{"i,ij,j->", [][]int{{2}, {2, 3}, {3}}}, {"ab,cd,ae,be->cd", [][]int{{2, 2}, {1, 2}, {2, 3}, {2, 3}}},
		{"i,i,i->i", [][]int{{2}, {2}, {2}}}, {"iij,jkk->ik", [][]int{{2, 2, 3}, {3, 2, 2}}},
		{"ij,jk->ik", [][]int{{2, 0}, {0, 2}}}, {",i->i", [][]int{{}, {3}}}, {"ij,jk->ik", [][]int{{2, 1}, {3, 2}}},
	} {
		in := make([]np.Array, len(t.shapes))
		args := ""
		for i, s := range t.shapes {
			in[i] = normal(uint64(i+1), s...)
			args += fmt.Sprintf(", x%d", i)
		}
		c := Case{Op: "Einsum", Py: fmt.Sprintf("np.einsum('%s'%s)", t.spec, args), In: in, Tol: 1e-12,
			F: func(x []np.Array) np.Array { return np.Einsum(t.spec, x...) }}
		if t.spec == "ij,jk->ik" && t.shapes[0][1] == 1 {
			c.NoJac = true // JAX stretches no letters
		}
		all = append(all, c)
	}
	return append(all, Case{Op: "Einsum", Py: "np.einsum('ij,jk,ii->k', x0, x1, x2)", Tol: 1e-12,
		In: []np.Array{complexes(1, 2, 3), normal(2, 3, 2), complexes(3, 2, 2)},
		F:  func(x []np.Array) np.Array { return np.Einsum("ij,jk,ii->k", x...) }})
}
