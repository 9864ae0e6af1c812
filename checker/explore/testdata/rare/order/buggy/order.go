// Rare: wrong-result
// Native: 1 of 100 runs.
// Ship asks whether the order is cancelled, and then ships. Cancel asks whether
// it is shipped, and then cancels. When both ask first, both are told no: the
// order is shipped and cancelled.

// Package order is about orders that can be cancelled until they are shipped.
package order

import (
	"context"
	"sync/atomic"
)

// Order is one order.
type Order struct {
	ctx     context.Context
	cancel  context.CancelFunc
	shipped atomic.Bool
}

// New returns an order that is neither shipped nor cancelled.
func New(ctx context.Context) *Order {
	o := &Order{}
	o.ctx, o.cancel = context.WithCancel(ctx)
	return o
}

// Ship ships the order unless it is cancelled.
func (o *Order) Ship() bool {
	if o.ctx.Err() != nil {
		return false
	}
	o.shipped.Store(true)
	return true
}

// Cancel cancels the order unless it is shipped.
func (o *Order) Cancel() bool {
	if o.shipped.Load() {
		return false
	}
	o.cancel()
	return true
}
