package numpy

// A choice is the arguments of a function by which it is differentiated.
type choice struct {
	index []int   // of the arguments that vary
	all   []Array // all arguments
	vary  []Array // those that vary
}

// choose checks and sorts out the arguments. Without argnums all vary.
func choose(name string, argnums []int, args []Array) *choice {
	c := &choice{all: args}
	if len(argnums) == 0 {
		for i := range args {
			c.index = append(c.index, i)
		}
	}
	seen := make([]bool, len(args))
	for _, a := range argnums {
		i := a
		if i < 0 {
			i += len(args)
		}
		if i < 0 || i >= len(args) {
			fail("%s: argument %d of a call with %d", name, a, len(args))
		}
		if seen[i] {
			fail("%s: argument %d twice", name, a)
		}
		seen[i] = true
		c.index = append(c.index, i)
	}
	for _, i := range c.index {
		c.vary = append(c.vary, args[i])
	}
	return c
}

// bind makes f a function of the arguments that vary.
func (c *choice) bind(f func(...Array) Array) func([]Array) []Array {
	return func(xs []Array) []Array {
		args := append([]Array(nil), c.all...)
		for k, i := range c.index {
			args[i] = xs[k]
		}
		return []Array{f(args...)}
	}
}

// GradArgs is [Grad] for a function of several arguments. It returns the
// gradients by the arguments with the numbers argnums, in their order, or by
// all if there are none. A negative number counts from the end. This goes for
// all functions with names in Args. They panic with an [Error] if the call has
// no such argument.
func GradArgs(f func(...Array) Array, argnums ...int) func(...Array) []Array {
	return func(args ...Array) []Array {
		c := choose("GradArgs", argnums, args)
		_, gs := gradients("GradArgs", c.bind(f), c.vary)
		return gs
	}
}

// ValueAndGradArgs is [ValueAndGrad] for a function of several arguments; see
// [GradArgs].
func ValueAndGradArgs(f func(...Array) Array, argnums ...int) func(...Array) (value Array, grads []Array) {
	return func(args ...Array) (Array, []Array) {
		c := choose("ValueAndGradArgs", argnums, args)
		ys, gs := gradients("ValueAndGradArgs", c.bind(f), c.vary)
		return ys[0], gs
	}
}

// JacobianArgs is [Jacobian] for a function of several arguments; see
// [GradArgs].
func JacobianArgs(f func(...Array) Array, argnums ...int) func(...Array) []Array {
	return func(args ...Array) []Array {
		c := choose("JacobianArgs", argnums, args)
		return newLinear(c.bind(f), c.vary).jacobians()
	}
}

// HessianArgs returns the second derivatives of a function of several
// arguments, whose value must be a single real number: element i, j of the
// result, an array of the shapes of arguments i and j, is by both of them. See
// [GradArgs] for the choice of arguments.
func HessianArgs(f func(...Array) Array, argnums ...int) func(...Array) [][]Array {
	return func(args ...Array) [][]Array {
		c := choose("HessianArgs", argnums, args)
		return hessians("HessianArgs", c.bind(f), c.vary)
	}
}

// hessians returns the blocks of the Hessian of f.
func hessians(name string, f func([]Array) []Array, xs []Array) [][]Array {
	_, _, push := hvpProgram(name, f, xs)
	blocks := make([][]Array, len(xs))
	for i, x := range xs {
		blocks[i] = push.manyOf(i, x.Size(), xs, xs, func(lo, hi int) Array { return identity(x, lo, hi) })
		for j, y := range xs {
			blocks[i][j] = Reshape(blocks[i][j], concat(x.Shape(), y.Shape())...)
		}
	}
	return blocks
}

// HVPArgs is [HVP] for a function of several arguments: it maps all arguments
// and a direction for each of those chosen to the products of the Hessian by
// them and the directions; see [GradArgs].
func HVPArgs(f func(...Array) Array, argnums ...int) func(args, vs []Array) []Array {
	return func(args, vs []Array) []Array {
		c := choose("HVPArgs", argnums, args)
		checkLikeAll("HVPArgs", "direction", vs, c.vary)
		return hvp("HVPArgs", c.bind(f), c.vary, vs)
	}
}

// JVPArgs is [JVP] for a function of several arguments: it maps all arguments
// and a tangent for each of those chosen to the value and its derivative; see
// [GradArgs].
func JVPArgs(f func(...Array) Array, argnums ...int) func(args, vs []Array) (y, dot Array) {
	return func(args, vs []Array) (Array, Array) {
		c := choose("JVPArgs", argnums, args)
		checkLikeAll("JVPArgs", "tangent", vs, c.vary)
		ys, dots := jvp(c.bind(f), c.vary, vs)
		return ys[0], like(dots[0], ys[0])
	}
}

// VJPArgs is [VJP] for a function of several arguments; see [GradArgs].
func VJPArgs(f func(...Array) Array, argnums ...int) func(args ...Array) (y Array, pull func(w Array) []Array) {
	return func(args ...Array) (Array, func(Array) []Array) {
		c := choose("VJPArgs", argnums, args)
		p, ys := vjp(c.bind(f), c.vary)
		return ys[0], func(w Array) []Array {
			checkLike("VJPArgs", "cotangent", w, ys[0])
			return likeAll(p([]Array{w}), c.vary)
		}
	}
}

// LinearizeArgs is [Linearize] for a function of several arguments; see
// [GradArgs].
func LinearizeArgs(f func(...Array) Array, argnums ...int) func(args ...Array) (y Array, push func(vs ...Array) Array) {
	return func(args ...Array) (Array, func(...Array) Array) {
		c := choose("LinearizeArgs", argnums, args)
		ys, p := linearize(c.bind(f), c.vary)
		return ys[0], func(vs ...Array) Array {
			checkLikeAll("LinearizeArgs", "tangent", vs, c.vary)
			return like(p.run(orZerosAll(vs, c.vary))[0], ys[0])
		}
	}
}

// HVPFuncArgs is [HVPFunc] for a function of several arguments: the products
// want a direction for each of those chosen; see [GradArgs].
func HVPFuncArgs(f func(...Array) Array, argnums ...int) func(args ...Array) (value Array, grads []Array, hvp func(vs ...Array) []Array) {
	return func(args ...Array) (Array, []Array, func(...Array) []Array) {
		c := choose("HVPFuncArgs", argnums, args)
		value, grads, push := hvpProgram("HVPFuncArgs", c.bind(f), c.vary)
		return value, grads, func(vs ...Array) []Array {
			checkLikeAll("HVPFuncArgs", "direction", vs, c.vary)
			return likeAll(push.run(orZerosAll(vs, c.vary)), c.vary)
		}
	}
}
