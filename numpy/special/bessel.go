package special

import (
	np "github.com/dualjet/dualjet/numpy"
)

// J0 returns the Bessel function of the first kind J₀(x).
func J0(x np.Array) np.Array { return x.BesselJ(0) }

// J1 returns the Bessel function of the first kind J₁(x).
func J1(x np.Array) np.Array { return x.BesselJ(1) }

// Jn returns the Bessel function of the first kind of integer order n.
func Jn(n int, x np.Array) np.Array { return x.BesselJ(n) }

// Y0 returns the Bessel function of the second kind Y₀(x).
func Y0(x np.Array) np.Array { return x.BesselY(0) }

// Y1 returns the Bessel function of the second kind Y₁(x).
func Y1(x np.Array) np.Array { return x.BesselY(1) }

// Yn returns the Bessel function of the second kind of integer order n.
func Yn(n int, x np.Array) np.Array { return x.BesselY(n) }

// I0 returns the modified Bessel function of the first kind I₀(x).
func I0(x np.Array) np.Array { return x.BesselI(0) }

// I1 returns the modified Bessel function of the first kind I₁(x).
func I1(x np.Array) np.Array { return x.BesselI(1) }

// I0e returns exp(-|x|)·I₀(x).
func I0e(x np.Array) np.Array { return Ive(np.Scalar(0), x) }

// I1e returns exp(-|x|)·I₁(x).
func I1e(x np.Array) np.Array { return Ive(np.Scalar(1), x) }

// K0 returns the modified Bessel function of the second kind K₀(x).
func K0(x np.Array) np.Array { return x.BesselK(0) }

// K1 returns the modified Bessel function of the second kind K₁(x).
func K1(x np.Array) np.Array { return x.BesselK(1) }

// Kn returns the modified Bessel function of the second kind of integer order
// n.
func Kn(n int, x np.Array) np.Array { return x.BesselK(n) }
