// Right: asking and acting are one critical section, so of Ship and Cancel one
// comes first and the other is told so.

// Package order is about orders that can be cancelled until they are shipped.
package order

import (
	"context"
	"sync"
)

// Order is one order.
type Order struct {
	mu      sync.Mutex
	ctx     context.Context
	cancel  context.CancelFunc
	shipped bool
}

// New returns an order that is neither shipped nor cancelled.
func New(ctx context.Context) *Order {
	o := &Order{}
	o.ctx, o.cancel = context.WithCancel(ctx)
	return o
}

// Ship ships the order unless it is cancelled.
func (o *Order) Ship() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ctx.Err() != nil {
		return false
	}
	o.shipped = true
	return true
}

// Cancel cancels the order unless it is shipped.
func (o *Order) Cancel() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shipped {
		return false
	}
	o.cancel()
	return true
}
