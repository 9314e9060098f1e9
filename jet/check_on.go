//go:build dualcheck

package jet

const checking = true
