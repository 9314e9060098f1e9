//go:build !tapedebug

package reverse

const debugging = false
