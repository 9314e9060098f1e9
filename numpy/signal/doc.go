// Package signal has convolutions of arrays of any dimension and the pooling
// of images, with derivatives: what convolutional networks are made of.
package signal
