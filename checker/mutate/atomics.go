package mutate

import (
	"fmt"
	"go/ast"
	"strings"
)

var atomicOperators = []Operator{
	{"atomic-split", "loads and stores, where it was one atomic step", atomicSplit},
	{"cas-weakened", "compares and then stores, in two steps", casWeakened},
	{"cas-not-compared", "stores without comparing", casNotCompared},
	{"cas-ignored", "takes a CompareAndSwap that had no success for one that had", casIgnored},
}

// atomics yields the calls of the methods of package sync/atomic, with x as the
// variable is written and t its type.
func (p *program) atomics(yield func(c call, x, t string)) {
	for e := range each[*ast.CallExpr](p) {
		c, ok := p.callOf(e)
		if ok && strings.HasPrefix(c.method, "(*sync/atomic.") {
			yield(c, p.text(c.on), p.typeOf(e))
		}
	}
}

func (p *program) args(c *ast.CallExpr) []string {
	var out []string
	for _, a := range c.Args {
		out = append(out, p.text(a))
	}
	return out
}

func atomicSplit(p *program) {
	p.atomics(func(c call, x, t string) {
		args := p.args(c.CallExpr)
		switch c.name() {
		case "Add":
			p.emit(c, replace(c, fmt.Sprintf("func() %s {\nnext := %s.Load() + %s\n%s.Store(next)\nreturn next\n}()", t, x, args[0], x)))
		case "Swap":
			p.emit(c, replace(c, fmt.Sprintf("func() %s {\nlast := %s.Load()\n%s.Store(%s)\nreturn last\n}()", t, x, x, args[0])))
		}
	})
}

func casWeakened(p *program) {
	p.swaps(func(c call, x, old, new string) {
		p.emit(c, replace(c, fmt.Sprintf("func() bool {\nif %s.Load() != %s {\nreturn false\n}\n%s.Store(%s)\nreturn true\n}()", x, old, x, new)))
	})
}

func casNotCompared(p *program) {
	p.swaps(func(c call, x, _, new string) {
		p.emit(c, replace(c, fmt.Sprintf("func() bool {\n%s.Store(%s)\nreturn true\n}()", x, new)))
	})
}

func casIgnored(p *program) {
	p.swaps(func(c call, _, _, _ string) { p.emit(c, replace(c, "("+p.text(c)+" || true)")) })
}

// swaps yields the calls of CompareAndSwap.
func (p *program) swaps(yield func(c call, x, old, new string)) {
	p.atomics(func(c call, x, _ string) {
		if args := p.args(c.CallExpr); c.name() == "CompareAndSwap" {
			yield(c, x, args[0], args[1])
		}
	})
}
