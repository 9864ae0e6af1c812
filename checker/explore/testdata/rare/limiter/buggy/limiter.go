// Rare: wrong-result
// Native: 0 of 100 runs.
// Refill reads the number of tokens, and writes it back a moment later: a token
// that was taken in between is in the bucket again.

// Package limiter limits a rate with a bucket of tokens.
package limiter

import "sync/atomic"

// Bucket holds at most size tokens.
type Bucket struct {
	size   int64
	tokens atomic.Int64
}

// New returns a bucket of a size with some tokens in it.
func New(size, tokens int64) *Bucket {
	b := &Bucket{size: size}
	b.tokens.Store(tokens)
	return b
}

// Take takes one token and reports whether there was one.
func (b *Bucket) Take() bool {
	for {
		n := b.tokens.Load()
		if n == 0 {
			return false
		}
		if b.tokens.CompareAndSwap(n, n-1) {
			return true
		}
	}
}

// Refill puts n tokens in; what does not fit is lost.
func (b *Bucket) Refill(n int64) {
	b.tokens.Store(min(b.tokens.Load()+n, b.size))
}

// Left is how many tokens are in the bucket.
func (b *Bucket) Left() int64 {
	return b.tokens.Load()
}
