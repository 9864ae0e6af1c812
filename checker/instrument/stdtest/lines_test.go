//go:build stdtest

package stdtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// A place is a name in a file of the original's.
type place struct {
	file string
	line int
	name string
}

// What is on a line stays on it, as often as it was there.
func TestLines(t *testing.T) {
	l := open(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			for name, src := range l.was[s.name] {
				was, is := places(t, name, src), places(t, name, l.is[s.name][name])
				for p, n := range was {
					if is[p] < n && !swapped(p.name) {
						t.Errorf("%s:%d: there were %d %s, there are %d", p.file, p.line, n, p.name, is[p])
					}
				}
				for p := range is {
					if p.file == name && was[p] == 0 && !made(p.name) {
						t.Errorf("%s:%d: %s was not there", p.file, p.line, p.name)
					}
				}
			}
		})
	}
}

// swapped reports whether the rewriting puts something else in a name's place.
func swapped(name string) bool {
	switch name {
	case "close", "len", "time", "Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick",
		"runtime", "Gosched", "NumCPU", "GOMAXPROCS", "context", "io", "Pipe", "PipeReader", "PipeWriter", "Err", "init",
		"rand", "NewSource", "Int", "Intn", "Int63", "Int63n",
		"_": // the element of a map, whose order the schedule decides
		return true
	}
	return strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "With")
}

// made reports whether the rewriting may put a name where it was not.
func made(name string) bool {
	return strings.HasPrefix(name, "racelab") || name == "_" || name == "init" || name == "true" || name == "false"
}

// places counts the names in a file by what its line directives say.
func places(t *testing.T, name string, src []byte) map[place]int {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[place]int{}
	ours := map[*ast.Ident]bool{} // x.Name of a package of the run-time's
	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && strings.HasPrefix(x.Name, "racelab") {
				ours[n.Sel] = true
			}
		case *ast.Ident:
			if at := fset.Position(n.Pos()); !ours[n] {
				found[place{at.Filename, at.Line, n.Name}]++
			}
		}
		return true
	})
	return found
}
