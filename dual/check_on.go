//go:build dualcheck

package dual

const checking = true
