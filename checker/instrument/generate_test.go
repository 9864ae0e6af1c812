package instrument

import (
	"fmt"
	"strings"
)

// A generator makes programs that compile. What it makes is chosen by the bytes
// it is given, so that a fuzzer can steer it.
type generator struct {
	choices []byte
	depth   int
	literal int // each is another number, to be found again
	label   int
}

const maxGenerated = 6 // depth

// program returns package a.
func (g *generator) program() string {
	return `package a

import "time"

type B bool

var (
	c, d = make(chan int, 9), make(chan<- int, 9)
	cc chan chan int
	x int
	b B
	y = ` + g.number() + `
)

func f(ns ...int) int { return len(ns) }
func two(n int) (int, int) { return n, n }
func of[T any](v T, c chan T) T { return v }

func init() {
` + g.block() + `}

func g[C ~chan int](c C, d chan<- int) (x int, b B) {
	cc := cc
	_ = cc
` + g.block() + `	time.Sleep(time.Duration(` + g.number() + `))
	return ` + g.number() + `, b
}
`
}

// next chooses one of n.
func (g *generator) next(n int) int {
	if len(g.choices) == 0 || g.depth > maxGenerated {
		return 0
	}
	choice := int(g.choices[0]) % n
	g.choices = g.choices[1:]
	return choice
}

// nl is a line break, or not, where one may be.
func (g *generator) nl() string { return []string{"", "\n", " // comment\n", "/* c */"}[g.next(4)] }

func (g *generator) block() string {
	var b strings.Builder
	g.depth++
	for range g.next(4) {
		b.WriteString(g.statement() + "\n")
	}
	g.depth--
	return b.String()
}

func (g *generator) body() string { return "{" + g.nl() + "\n" + g.block() + "}" }

func (g *generator) statement() string {
	g.depth++
	defer func() { g.depth-- }()
	switch g.next(17) {
	case 1:
		return g.channel() + " <- " + g.nl() + g.number()
	case 2:
		return "for v := range " + g.channel() + " {\n_ = v\n" + g.block() + "}"
	case 3:
		return "for x = range " + g.nl() + g.channel() + g.body()
	case 4:
		return "for range " + g.channel() + g.body()
	case 5:
		return g.selects()
	case 6:
		return "go func(n int, _ ...any) " + g.body() + "(" + g.nl() + g.number() + ")"
	case 7:
		return "go func(n int) " + g.body() + "(" + g.nl() + g.number() + ")"
	case 8:
		return "go func() " + g.body() + "()"
	case 9:
		return "go f(" + g.nl() + g.number() + ", " + g.nl() + g.number() + "," + g.nl() + ")"
	case 10:
		return "go close(" + g.nl() + g.channel() + ")"
	case 11:
		return "go of(" + g.number() + ", " + g.channel() + ")"
	case 12:
		return "defer close(" + g.channel() + ")"
	case 13:
		return "if v, ok := <-" + g.nl() + g.channel() + "; ok && v > " + g.number() + g.body() + " else " + g.body()
	case 14:
		return "x, b = <-" + g.channel()
	case 15:
		channel, block := g.channel(), g.block()
		g.label++
		return fmt.Sprintf("l%d:\nfor v := range %s {\nswitch {\ncase v > 0:\ncontinue l%[1]d\ncase v < 0:\nbreak l%[1]d\n}\n%[3]s}", g.label, channel, block)
	case 16:
		return "f(two(" + g.nl() + g.number() + "))"
	}
	return "x = " + g.number()
}

func (g *generator) selects() string {
	var b strings.Builder
	b.WriteString("select {\n")
	for range g.next(4) {
		switch g.next(7) {
		case 0:
			b.WriteString("case <-" + g.channel())
		case 1:
			b.WriteString("case " + g.channel() + " <- " + g.nl() + g.number())
		case 2:
			b.WriteString("case d <- " + g.number())
		case 3:
			b.WriteString("case v := <-" + g.nl() + g.channel() + ":\n_ = v\nif false {\nbreak\n}\ncase <-c")
		case 4:
			b.WriteString("case x, b = <-" + g.channel())
		case 5:
			b.WriteString("case []int{" + g.nl() + g.number() + "}[f(" + g.number() + ")] = <-" + g.channel())
		case 6:
			b.WriteString("case _, ok := (<-" + g.channel() + "):\nx = map[bool]int{ok: " + g.number() + "}[true]\ncase <-cc")
		}
		b.WriteString(":\n" + g.block())
	}
	if g.next(2) == 0 {
		b.WriteString("default:\n" + g.block())
	}
	return b.String() + "}"
}

func (g *generator) number() string {
	g.depth++
	defer func() { g.depth-- }()
	switch g.next(8) {
	case 1:
		return "<-" + g.nl() + g.channel()
	case 2:
		return "len(" + g.nl() + g.channel() + ")"
	case 3:
		return "f(" + g.nl() + g.number() + ")"
	case 4:
		return "func() int {\n" + g.block() + "return " + g.number() + "\n}()"
	case 5:
		return "(" + g.number() + " +" + g.nl() + g.number() + ")"
	case 6:
		return "x"
	case 7:
		return "len(" + g.nl() + "d)"
	}
	g.literal++
	return fmt.Sprint(1000 + g.literal)
}

func (g *generator) channel() string {
	g.depth++
	defer func() { g.depth-- }()
	switch g.next(5) {
	case 1:
		return "(<-" + g.nl() + "cc)"
	case 2:
		return "make(chan int, " + g.nl() + g.number() + ")"
	case 3:
		return "(func() chan int {\n" + g.block() + "return nil\n})()"
	case 4:
		return "(" + g.channel() + ")"
	}
	return "c"
}
