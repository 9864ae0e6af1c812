// Package instrument rewrites Go source so that it runs under racelab's
// run-time. No line moves.
//
// Before each operation that orders goroutines, the rewritten code calls the
// run-time (package sched). In explore mode that is a yield point: the goroutine
// waits until the scheduler chooses it. In the other modes the call does what the
// original operation does. Imports of packages that synchronise, such as sync, are
// replaced by imports of their stand-ins. Tests are renamed, so that racelab's own
// harness can call them.
//
// Text is inserted or replaced within its line. Text that must move to another line
// gets a line directive. So compilers, stacks and race reports show the positions of
// the original. Generated code comes after the last line.
//
// # What it does not see
//
//   - Operations in code that is not rewritten: a goroutine that a library starts
//     or wakes, unless the library has a stand-in.
//   - A method value of context.Context's Err.
//   - Loops over maps by package reflect. Maps that such code fills with pointers as
//     keys: in which order these come is not determined.
//   - What a call into such code calls in turn: a yield point comes before the call,
//     as package library has it, and none within. Where a function of such code is a
//     value, the caller that it sees is generated code.
//   - Channels whose type is a type parameter without a common element type, or
//     with an element type whose name means another type where the channel is used.
//
// In explore mode, too, package variables are first initialised when the process
// starts. The rewritten code needs Go 1.18. The variable of a loop is one for all
// iterations before Go 1.22, as in the original.
package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/schedule"
	"racelab/checker/source"

	"golang.org/x/tools/go/ast/astutil"
)

// The run-time's packages that rewritten code names itself.
const (
	runtimePath = "racelab/checker/labrt/rt"
	schedPath   = "racelab/checker/labrt/sched"
	pipePath    = "racelab/checker/labrt/pipe"
	mapsPath    = "racelab/checker/labrt/maps"
	randPath    = "racelab/checker/labrt/rand"
)

// Rewrite returns the rewritten files of a package and its tests, by name.
//
// Plain accesses on the lines of racing, which are grouped by what races with what, become
// yield points, too.
//
// The error is that of the parser or the type checker: only what compiles can
// be rewritten. Files that build constraints leave out are returned as they are.
func Rewrite(c source.Checked, racing [][]schedule.Line) (map[string][]byte, error) {
	if err := c.Err(); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, f := range c.Package.Files {
		out[f.Name] = f.Text
	}
	for _, typed := range c.Units {
		u := newUnit(typed)
		for _, f := range u.files {
			f.racing = racingLines(racing, slices.Index(c.Package.Files, f.source))
		}
		u.noteChanges()
		for _, f := range u.files {
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

// runtimeImports are the imports that the file needs in addition. Every file imports
// the run-time, so that it is initialised before any code of the submission runs.
func (f *file) runtimeImports(code string) string {
	text := fmt.Sprintf("; import _ %q", runtimePath)
	for _, path := range []string{schedPath, pipePath, mapsPath, randPath} {
		if name := f.runtimeName(path); strings.Contains(code, name) {
			text += fmt.Sprintf("; import %s %q", name, path)
		}
	}
	return text
}

// enter notes the operations that are rewritten together with the statement around
// them.
func (f *file) enter(c *astutil.Cursor) bool {
	switch n := c.Node().(type) {
	case *ast.GoStmt:
		f.kept[n.Call] = true
	case *ast.DeferStmt:
		f.later[n.Call] = true
	case *ast.CallExpr:
		generic, _ := genericPart(n.Fun)
		f.called[generic] = !f.kept[n]
	case *ast.AssignStmt:
		f.noteOK(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		f.noteOKs(n)
	case *ast.BlockStmt:
		f.noteReads(n.List)
	case *ast.CaseClause:
		f.noteReads(n.Body)
	case *ast.CommClause:
		f.kept[communication(n).op] = true
		f.noteReads(n.Body)
	case *ast.ImportSpec:
		return false
	}
	return true
}

// leave rewrites a node after the nodes within it.
func (f *file) leave(c *astutil.Cursor) bool {
	if f.kept[c.Node()] {
		return true
	}
	f.rewriteNode(c)
	if e, ok := c.Node().(ast.Expr); ok && f.told[e] {
		f.wrap(e, f.sched("Read")+"(")
	}
	return true
}

func (f *file) rewriteNode(c *astutil.Cursor) {
	switch n := c.Node().(type) {
	case *ast.SendStmt:
		f.send(n)
	case *ast.UnaryExpr:
		f.receive(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.RangeStmt:
		f.rangeOver(n)
		f.rangeOverMap(n)
	case *ast.IndexExpr:
		f.mapIndex(n)
	case *ast.CompositeLit:
		f.mapLiteral(n)
	case *ast.SelectStmt:
		f.selects(n)
	case *ast.GoStmt:
		f.start(n)
	case *ast.DeferStmt:
		f.deferred(n)
	case *ast.SelectorExpr:
		f.qualified(n)
		f.value(n)
	case *ast.Ident:
		if c.Name() != "Sel" {
			f.unqualified(n)
			f.value(n)
		}
	case *ast.FuncDecl:
		f.initFunction(n)
	case *ast.BlockStmt:
		f.accesses(n.List)
	case *ast.CaseClause:
		f.accesses(n.Body)
	case *ast.CommClause:
		f.accesses(n.Body)
	}
}

// sched is the qualified name of an identifier of package sched.
func (f *file) sched(name string) string { return f.runtimeName(schedPath) + "." + name }

// runtimeName is the name under which the file imports a package of the run-time.
func (f *file) runtimeName(importPath string) string { return f.made(path.Base(importPath)) }

// made is a name that the rewriting makes up.
func (f *file) made(name string) string { return f.unit.prefix + name }

// before, after and over record edits by position.
func (f *file) before(pos token.Pos, text string) {
	f.insertBefore(f.offset(pos), text)
}

func (f *file) after(pos token.Pos, text string) { f.insertAfter(f.offset(pos), text) }

// over replaces the text between two positions.
func (f *file) over(start, end token.Pos, text string) {
	if f.broken(f.offset(start), f.offset(end)) {
		text += f.at(end)
	}
	f.replace(f.offset(start), f.offset(end), text)
}

// text is the new text of n, for insertion elsewhere: after code that is at pos in
// the original.
func (f *file) text(n ast.Node, pos token.Pos) string {
	text := f.render(f.offset(n.Pos()), f.offset(n.End()))
	if f.line(n.Pos()) != f.line(pos) {
		return f.at(n.Pos()) + text
	}
	return text
}

// at is a line directive: the code after it has the position pos.
func (f *file) at(pos token.Pos) string {
	p := f.unit.fset.Position(pos)
	return "/*line :" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + "*/"
}

func (f *file) offset(pos token.Pos) int { return f.unit.fset.PositionFor(pos, false).Offset }

func (f *file) line(pos token.Pos) int { return f.unit.fset.Position(pos).Line }
