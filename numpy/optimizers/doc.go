// Package optimizers minimises functions of trees of arrays by their
// gradients: SGD with momentum, RMSProp and Adam, step by step or as a whole,
// and a bridge to the methods of gonum's package optimize.
//
//	loss := func(p Params) np.Array { … }
//	p = optimizers.Minimize(optimizers.NewAdam(0.01), optimizers.Full(loss), p, 1000, nil)
//
// A tree is what [np.GradTree] takes: a value of any type that holds arrays.
package optimizers
