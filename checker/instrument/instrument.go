// Package instrument rewrites Go source so that it runs under racelab's
// run-time: source in, source out, and no line moves.
//
// Before each operation that orders goroutines the rewritten code calls the
// run-time (package sched), where in explore mode a goroutine waits for its
// turn. In the other modes the calls do what stood there before. Packages that
// synchronise by themselves, such as sync, are swapped for their stand-ins, and
// tests are renamed, so that a harness of ours can call them.
//
// Text is inserted or replaced within its line; what must move to another line
// is preceded by a line directive. So positions are those of the original,
// wherever they are seen, and generated code comes after the last line.
//
// # What it does not see
//
// Operations in code that is not rewritten: a goroutine that is started or woken
// by a library, unless the library has a stand-in. A method value of
// context.Context's Err. Channels of a type parameter that has no common element
// type, or one whose name means something else where it is used.
//
// Variables of packages are initialised once natively, when the process starts,
// in explore mode too. The rewritten code needs Go 1.18; before 1.22 a loop keeps
// its one variable.
package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strconv"
	"strings"

	"racelab/checker/source"

	"golang.org/x/tools/go/ast/astutil"
)

// The run-time's packages that rewritten code names itself.
const (
	runtimePath = "racelab/checker/labrt/rt"
	schedPath   = "racelab/checker/labrt/sched"
	pipePath    = "racelab/checker/labrt/pipe"
)

// Rewrite returns the rewritten files of a package and its tests, by name.
//
// The error is that of the parser or the type checker: only what compiles can
// be rewritten. Files that build constraints leave out are returned as they are.
func Rewrite(c source.Checked) (map[string][]byte, error) {
	if err := c.Err(); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, f := range c.Package.Files {
		out[f.Name] = f.Text
	}
	for _, typed := range c.Units {
		for _, f := range newUnit(typed).files {
			out[f.source.Name] = f.rewrite()
		}
	}
	return out, nil
}

// rewrite returns the file's new source.
func (f *file) rewrite() []byte {
	f.swapImports()
	if f.source.IsTest() {
		f.renameTests()
	}
	astutil.Apply(f.syntax, f.enter, f.leave)
	clause := f.offset(f.syntax.Name.End())
	before, after := f.render(0, clause), f.render(clause, len(f.src))+f.tail()
	return []byte(before + f.runtimeImports(after) + after)
}

// runtimeImports has every file import the run-time, so that it is initialised
// before any code of the submission runs, and what else of it the code uses.
func (f *file) runtimeImports(code string) string {
	text := fmt.Sprintf("; import _ %q", runtimePath)
	for _, path := range []string{schedPath, pipePath} {
		if name := f.runtimeName(path); strings.Contains(code, name+".") {
			text += fmt.Sprintf("; import %s %q", name, path)
		}
	}
	return text
}

// enter notes which operations are rewritten by the statement around them.
func (f *file) enter(c *astutil.Cursor) bool {
	switch n := c.Node().(type) {
	case *ast.GoStmt:
		f.kept[n.Call] = true
	case *ast.CommClause:
		f.kept[communication(n).op] = true
	case *ast.AssignStmt:
		f.noteOK(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		f.noteOKs(n)
	case *ast.ImportSpec:
		return false
	}
	return true
}

// leave rewrites what is within before what is around it.
func (f *file) leave(c *astutil.Cursor) bool {
	if f.kept[c.Node()] {
		return true
	}
	switch n := c.Node().(type) {
	case *ast.SendStmt:
		f.send(n)
	case *ast.UnaryExpr:
		f.receive(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.RangeStmt:
		f.rangeOver(n)
	case *ast.SelectStmt:
		f.selects(n)
	case *ast.GoStmt:
		f.start(n)
	case *ast.SelectorExpr:
		f.qualified(n)
	case *ast.Ident:
		if c.Name() != "Sel" {
			f.unqualified(n)
		}
	case *ast.FuncDecl:
		f.initFunction(n)
	}
	return true
}

// sched names something of package sched.
func (f *file) sched(name string) string { return f.runtimeName(schedPath) + "." + name }

// runtimeName is what the file calls a package of the run-time's.
func (f *file) runtimeName(importPath string) string { return f.made(path.Base(importPath)) }

// made is a name of the rewriting's own.
func (f *file) made(name string) string { return f.unit.prefix + name }

// before, after and over record edits by position.
func (f *file) before(pos token.Pos, text string) {
	f.insertBefore(f.offset(pos), text)
}

func (f *file) after(pos token.Pos, text string) { f.insertAfter(f.offset(pos), text) }

// over puts text in the place of what stands between two positions.
func (f *file) over(start, end token.Pos, text string) {
	if f.broken(f.offset(start), f.offset(end)) {
		text += f.at(end)
	}
	f.replace(f.offset(start), f.offset(end), text)
}

// text is the new text of n, to be put in another place: behind what stood at
// pos.
func (f *file) text(n ast.Node, pos token.Pos) string {
	text := f.render(f.offset(n.Pos()), f.offset(n.End()))
	if f.line(n.Pos()) != f.line(pos) {
		return f.at(n.Pos()) + text
	}
	return text
}

// at is a directive that says that what follows stands at pos.
func (f *file) at(pos token.Pos) string {
	p := f.unit.fset.Position(pos)
	return "/*line :" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + "*/"
}

func (f *file) offset(pos token.Pos) int { return f.unit.fset.PositionFor(pos, false).Offset }

func (f *file) line(pos token.Pos) int { return f.unit.fset.Position(pos).Line }
