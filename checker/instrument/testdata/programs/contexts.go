package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type request struct {
	context.Context
	id int
}

type deep struct {
	*request
	name string
}

type wider interface {
	context.Context
	Name() string
}

func (d deep) Name() string { return d.name }

type failing struct{}

func (failing) Err() error { return errors.New("not a context's") }

func contexts() {
	ctx, cancel := context.WithCancelCause(context.Background())
	r := request{ctx, 1}
	d := deep{&r, "deep"}
	var w wider = d
	fmt.Println(ctx.Err(), r.Err(), d.Err(), w.Err(), (ctx.Err)(), failing{}.Err())
	stop := context.AfterFunc(ctx, func() { step <- "after" })
	cancel(errors.New("cause"))
	await(1)
	fmt.Println(stop(), ctx.
		Err(), r.Err(), d.Err(), w.Err(), d.request.Context.Err(), context.Cause(ctx))
	err := ctx.Err
	fmt.Println(err() == ctx.Err())
	go ctx.Err()
	defer ctx.Err()
	for _, with := range []func() (context.Context, context.CancelFunc){
		func() (context.Context, context.CancelFunc) { return context.WithTimeout(ctx, time.Hour) },
		func() (context.Context, context.CancelFunc) { return context.WithDeadline(ctx, time.Now()) },
		func() (context.Context, context.CancelFunc) {
			return context.WithTimeoutCause(context.Background(), time.Nanosecond, errors.New("slow"))
		},
		func() (context.Context, context.CancelFunc) {
			return context.WithDeadlineCause(context.Background(), time.Now(), errors.New("over"))
		},
	} {
		ctx, cancel := with()
		<-ctx.Done()
		cancel()
		fmt.Println(ctx.Err(), context.Cause(ctx))
	}
	var cancels []context.CancelFunc
	make := context.WithCancel
	_, stopIt := make(ctx)
	cancels = append(cancels, stopIt)
	cancels[0]()
	if e, ok := errOf(ctx); ok {
		fmt.Println(e)
	}
}

func errOf[C context.Context](c C) (error, bool) { return c.Err(), c.Err() != nil }
