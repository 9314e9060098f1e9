//go:build !dualcheck

package dual

const checking = false
