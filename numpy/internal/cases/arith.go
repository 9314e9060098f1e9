package cases

import np "github.com/dualjet/dualjet/numpy"

func init() { groups = append(groups, arithmetic) }

// arithmetic returns the cases of the four operations, at all ways in which
// two shapes can broadcast.
func arithmetic() []Case {
	var all []Case
	ops := []struct {
		name, py string
		f        func(x, y np.Array) np.Array
	}{
		{"Add", "x0 + x1", np.Add},
		{"Sub", "x0 - x1", np.Sub},
		{"Mul", "x0 * x1", np.Mul},
		{"Div", "x0 / x1", np.Div},
	}
	shapes := [][2][]int{
		{{}, {}}, {{3}, {3}}, {{}, {3}}, {{3}, {}}, {{2, 3}, {3}}, {{3}, {2, 3}}, {{2, 1}, {1, 3}}, {{2, 3}, {2, 1}},
	}
	for _, op := range ops {
		for i, s := range shapes {
			all = append(all, Case{Op: op.name, Py: op.py, F: two(op.f),
				In: []np.Array{normal(1, s[0]...), normal(2, s[1]...)}})
			if i%2 == 1 {
				all = append(all,
					Case{Op: op.name, Py: op.py, F: two(op.f), In: []np.Array{complexes(1, s[0]...), complexes(2, s[1]...)}},
					Case{Op: op.name, Py: op.py, F: two(op.f), In: []np.Array{normal(1, s[0]...), complexes(2, s[1]...)}})
			}
		}
	}
	return all
}
