//go:build !linux

package main

import "time"

// clockName says what clock counts.
const clockName = "wall clock"

var start = time.Now()

func clock() time.Duration { return time.Since(start) }
