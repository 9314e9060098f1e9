//go:build !dualcheck

package dual_test

const checkEnabled = false
