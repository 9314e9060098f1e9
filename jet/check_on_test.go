//go:build dualcheck

package jet_test

const checkEnabled = true
