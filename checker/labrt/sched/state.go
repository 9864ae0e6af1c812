package sched

import (
	"fmt"
	"reflect"

	"racelab/checker/labrt/rt"
)

var exploring = rt.Exploring

// initialisers repeat package initialisation, in the order of the packages.
var initialisers []func()

// Register is called by each instrumented package when it is initialised. reinit
// sets its variables to their initial values again.
func Register(reinit func()) { initialisers = append(initialisers, reinit) }

// Initialise gives every instrumented package fresh state.
func Initialise() {
	initialising(true)
	for _, reinit := range initialisers {
		reinit()
	}
	initialising(false)
}

//go:norace
func initialising(yes bool) {
	if s := active; s != nil {
		s.initialising = yes
	}
}

// Zero sets *p to its zero value.
func Zero[T any](p *T) {
	var zero T
	*p = zero
}

// describe formats a panic's value as the Go run-time prints it.
func describe(value any) string {
	switch v := value.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	switch reflect.TypeOf(value).Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Func, reflect.Chan, reflect.Array:
		return fmt.Sprintf("(%T) 0x0", value)
	}
	return fmt.Sprint(value)
}
