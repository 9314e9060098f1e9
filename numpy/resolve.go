package numpy

import "slices"

// From an index to the elements it names.

// places returns where in a packed array of the shape the elements of a part
// are.
func places(name string, shape []int, index Index) pick {
	win, p := resolve(name, shape, index)
	switch {
	case win == nil && p == nil:
		return pick{[]int{0}, product(shape), slices.Clone(shape), true}
	case win == nil:
		return *p
	case p == nil:
		return win.pick()
	}
	return win.pick().from(*p)
}

// pick returns the window as a pick.
func (w window) pick() pick {
	l := w.lay
	p := pick{run: 1, shape: l.shape, distinct: true}
	n := len(l.shape) // of axes outside the runs
	for n > 0 && (l.shape[n-1] == 1 || l.stride[n-1] == p.run) {
		n--
		p.run *= l.shape[n]
	}
	p.index = offsets(l.shape, l.stride, firstAxes(n))
	for t := range p.index {
		p.index[t] += l.off
	}
	return p
}

// from returns the part q of the part p, of which it is a packed array.
func (p pick) from(q pick) pick {
	out := pick{run: q.run, shape: q.shape, distinct: q.distinct}
	if product(q.shape) == 0 {
		return out
	}
	parts := 1 // of a run of q
	if p.run%q.run != 0 {
		out.run, parts = 1, q.run
	}
	out.index = make([]int, 0, len(q.index)*parts)
	for _, j := range q.index {
		for i := j; i < j+parts; i++ {
			out.index = append(out.index, p.index[i/p.run]+i%p.run)
		}
	}
	return out
}

// resolve splits an index into a regular window of the array and a pick from
// that window. Either may be nil.
func resolve(name string, shape []int, parts Index) (*window, *pick) {
	parts = expand(name, shape, parts)
	lists := slices.ContainsFunc(parts, func(p Part) bool {
		_, ok := p.(listPart)
		return ok
	})
	stride := newLayout(shape).stride
	room := make([]int, 2*len(parts))
	lay := &layout{size: 1, shape: room[:0:len(parts)], stride: room[len(parts):len(parts)]}
	var picked []listPart // of the axes of the window, nil index for none
	axis := 0
	whole := true
	keep := func(n, step int, list listPart) {
		lay.shape, lay.stride = append(lay.shape, n), append(lay.stride, step)
		lay.size *= n
		if lists {
			picked = append(picked, list)
		}
	}
	first, last, count := -1, -1, 0 // positions of lists among the parts
	for k, p := range parts {
		switch p := p.(type) {
		case ellipsis:
			continue
		case newAxis:
			keep(1, 0, listPart{})
			whole = false
			continue
		case listPart:
			if first < 0 {
				first = k
			}
			last, count = k, count+1
			if p.fresh {
				keep(1, 0, p)
				whole = false
				continue
			}
		}
		n := shape[axis]
		switch p := p.(type) {
		case intPart:
			i := check(name, int(p), axis, shape)
			if lists {
				keep(n, stride[axis], listPart{index: []int{i}, shape: []int{}})
				if first < 0 {
					first = k
				}
				last, count = k, count+1
			} else {
				lay.off += i * stride[axis]
				whole = false
			}
		case spanPart:
			lo, m := p.bounds(name, n)
			keep(m, p.step*stride[axis], listPart{})
			lay.off += lo * stride[axis]
			whole = whole && m == n && p.step == 1
		case listPart:
			index := make([]int, len(p.index))
			for t, i := range p.index {
				index[t] = check(name, i, axis, shape)
			}
			keep(n, stride[axis], listPart{index: index, shape: p.shape})
		}
		axis++
	}
	var win *window
	if !whole {
		win = &window{lay}
	}
	if !lists {
		return win, nil
	}
	p := pickLists(name, lay.shape, picked, last-first+1 == count)
	return win, &p
}

// expand replaces masks and the ellipsis, so that every axis has a part. An
// ellipsis that stands for no axis stays, for it separates lists.
func expand(name string, shape []int, parts Index) Index {
	used, dots, masks := 0, -1, false
	for k, p := range parts {
		switch p := p.(type) {
		case nil:
			fail("%s: part %d of the index is nil", name, k)
		case newAxis:
		case ellipsis:
			if dots >= 0 {
				fail("%s: more than one Ellipsis", name)
			}
			dots = k
		case maskPart:
			used += p.mask.NDim()
			masks = true
		default:
			used++
		}
	}
	if used > len(shape) {
		fail("%s: an index of %d axes for shape %s", name, used, shapeString(shape))
	}
	if dots < 0 && !masks && used == len(shape) {
		return parts
	}
	fill := slices.Repeat(Index{Whole}, len(shape)-used)
	switch {
	case dots < 0:
		parts = slices.Concat(parts, fill)
	case len(fill) > 0:
		parts = slices.Concat(parts[:dots], fill, parts[dots+1:])
	}
	var out Index
	axis := 0
	for _, p := range parts {
		m, ok := p.(maskPart)
		if !ok {
			out = append(out, p)
			switch p.(type) {
			case newAxis, ellipsis:
			default:
				axis++
			}
			continue
		}
		n := m.mask.NDim()
		if !sameShape(m.mask.Shape(), shape[axis:axis+n]) {
			fail("%s: mask of shape %s for axes of shape %s", name, shapeString(m.mask.Shape()), shapeString(shape[axis:axis+n]))
		}
		if n == 0 {
			index := make([]int, CountNonzero(m.mask.Detach()).Ints()[0])
			out = append(out, listPart{index: index, shape: []int{len(index)}, fresh: true})
		}
		for _, index := range nonzero(m.mask) {
			out = append(out, listPart{index: index, shape: []int{len(index)}})
		}
		axis += n
	}
	return out
}

// nonzero returns the indices, axis by axis, of the elements that are not 0.
func nonzero(x Array) [][]int {
	shape := x.Shape()
	out := make([][]int, len(shape))
	for i := range out {
		out[i] = []int{}
	}
	for i, v := range NotEqual(x.Detach(), Array{}).Float64s() {
		if v == 0 {
			continue
		}
		for k := len(shape) - 1; k >= 0; k-- {
			out[k] = append(out[k], i%shape[k])
			i /= shape[k]
		}
	}
	return out
}

// check returns index i of an axis, counted from its start.
func check(name string, i, axis int, shape []int) int {
	n := shape[axis]
	if i < -n || i >= n {
		fail("%s: index %d along axis %d of shape %s", name, i, axis, shapeString(shape))
	}
	if i < 0 {
		i += n
	}
	return i
}

// bounds returns where the span starts in an axis of length n, and how many
// elements it has.
func (s spanPart) bounds(name string, n int) (lo, count int) {
	if s.step == 0 {
		fail("%s: a span with steps of 0", name)
	}
	low, high := 0, n // where bounds are moved to
	if s.step < 0 {
		low, high = -1, n-1
	}
	move := func(i int) int {
		if i < 0 {
			i += n
		}
		return min(max(i, low), high)
	}
	lo, hi := move(s.lo), move(s.hi)
	if s.fromLo {
		lo = low
		if s.step < 0 {
			lo = high
		}
	}
	if s.hiEnd {
		hi = high
		if s.step < 0 {
			hi = low
		}
	}
	way := hi - lo
	if s.step < 0 {
		way = -way
	}
	if way <= 0 {
		return 0, 0
	}
	// The quotient is taken with the sign of the step, whose negative may not
	// be an int.
	steps := (way - 1) / s.step
	return lo, 1 + max(steps, -steps)
}

// pickLists returns the pick from an array of the shape along whose axes lists
// are taken together. Their common axes come where the first list is, or in
// front if other axes separate the lists.
func pickLists(name string, shape []int, lists []listPart, adjacent bool) pick {
	common := []int{}
	for _, l := range lists {
		if l.shape == nil {
			continue
		}
		out, ok := broadcastShape(common, l.shape)
		if !ok {
			fail("%s: index arrays of shapes %s and %s do not broadcast", name, shapeString(common), shapeString(l.shape))
		}
		common = out
	}
	stride := newLayout(shape).stride
	// The offset of every element of the common axes.
	base := make([]int, product(common))
	for k, l := range lists {
		if l.shape == nil {
			continue
		}
		to := &layout{shape: common, size: len(base)}
		taken := make([]int, len(base))
		gather(taken, l.index, stretch(newLayout(l.shape), to))
		for t, i := range taken {
			base[t] += i * stride[k]
		}
	}
	var before, after []int // axes of the window that are taken whole
	seen := false
	for k, l := range lists {
		switch {
		case l.shape != nil:
			seen = true
		case seen || !adjacent:
			after = append(after, k)
		default:
			before = append(before, k)
		}
	}
	out := slices.Concat(lengthsOf(shape, before), common, lengthsOf(shape, after))
	// The axes behind all lists are runs.
	run := 1
	for k := len(shape) - 1; k >= 0 && lists[k].shape == nil; k-- {
		run *= shape[k]
		after = after[:len(after)-1]
	}
	pre, post := offsets(shape, stride, before), offsets(shape, stride, after)
	p := pick{index: make([]int, 0, len(pre)*len(base)*len(post)), run: run, shape: out}
	if p.shape == nil {
		p.shape = []int{}
	}
	for _, a := range pre {
		for _, b := range base {
			for _, c := range post {
				p.index = append(p.index, a+b+c)
			}
		}
	}
	return p
}

// offsets returns the offsets of all elements along some axes.
func offsets(shape, stride, axes []int) []int {
	off := []int{0}
	for _, a := range axes {
		next := make([]int, 0, len(off)*shape[a])
		for _, o := range off {
			for i := range shape[a] {
				next = append(next, o+i*stride[a])
			}
		}
		off = next
	}
	return off
}

// lengthsOf returns the lengths of some axes.
func lengthsOf(shape, axes []int) []int {
	var out []int
	for _, a := range axes {
		out = append(out, shape[a])
	}
	return out
}
