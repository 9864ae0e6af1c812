package sched

import (
	"reflect"
	"runtime"

	"racelab/checker/labrt/wire"
)

// Recovered is told what recover has returned, and returns it. With Detail a panic that
// somebody has recovered from is an event: what it left behind, such as a lock, may stop
// others later.
//
//go:norace
func Recovered(value any) any {
	if value == nil || !Detailed() {
		return value
	}
	text := quietly(value)
	s, g := current()
	hide()
	s.mu.Lock()
	m := s.note(g, wire.OpRecover, nil)
	m.text = text
	m.underPanic()
	s.mu.Unlock()
	show()
	return value
}

// underPanic makes the place that of the panic, not that of the deferred function.
//
//go:norace
func (p *place) underPanic() {
	for i, pc := range p.stack[:p.depth] {
		if f := runtime.FuncForPC(pc); f != nil && f.Name() == "runtime.gopanic" {
			above := i + 1
			for j := above; j < p.depth; j++ {
				p.stack[j-above] = p.stack[j]
			}
			p.depth -= above
			return
		}
	}
}

// quietly formats a panic's value without a call of the program's own methods: they may
// be steps, and there must be none that only Detail has.
func quietly(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case runtime.Error:
		return v.Error()
	case error:
		if t := reflect.TypeOf(v); t.Kind() == reflect.Pointer && (t.Elem().PkgPath() == "errors" || t.Elem().PkgPath() == "fmt") {
			return v.Error()
		}
	}
	return Text(value)
}
