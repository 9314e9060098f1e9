//go:build !race

package jet_test

const raceEnabled = false
