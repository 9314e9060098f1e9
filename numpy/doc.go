// Package numpy computes with n-dimensional arrays that differentiate: what
// autograd is to NumPy, this is to Go.
//
//	f := func(x np.Array) np.Array { return np.Sum(np.Tanh(np.Mul(x, x))) }
//	x := np.FromSlice([]float64{-1, 0, 1})
//	fmt.Println(np.Grad(f)(x))  // the gradient, an array like x
//	h := np.Grad(func(x np.Array) np.Array { return np.Sum(np.Grad(f)(x)) })
//
// The package is meant to be imported as np:
//
//	import np "github.com/dualjet/dualjet/numpy"
package numpy
