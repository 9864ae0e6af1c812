package sched

import (
	"fmt"
	"reflect"
	"strconv"

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

// maxShown bounds a value in a trace, in bytes.
const maxShown = 40

// Text formats a value for a trace. Of a pointer, a struct or another composite
// value it gives only the type: another goroutine may be writing to what it holds.
// (Package fmt shares buffers, and would add happens-before edges.)
func Text(value any) string {
	text := ""
	switch v := reflect.ValueOf(value); {
	case !v.IsValid():
		text = "nil"
	case v.Kind() == reflect.Bool:
		text = strconv.FormatBool(v.Bool())
	case v.Kind() == reflect.String:
		text = strconv.Quote(v.String())
	case v.CanInt():
		text = strconv.FormatInt(v.Int(), 10)
	case v.CanUint():
		text = strconv.FormatUint(v.Uint(), 10)
	case v.CanFloat():
		text = strconv.FormatFloat(v.Float(), 'g', -1, 64)
	default:
		text = v.Type().String()
	}
	if len(text) > maxShown {
		text = text[:maxShown] + "…"
	}
	return text
}
