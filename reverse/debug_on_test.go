//go:build tapedebug

package reverse_test

const debugEnabled = true
