//go:build !dualcheck

package jet

const checking = false
