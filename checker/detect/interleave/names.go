package interleave

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/source"
)

// Names are what the program calls the objects of a schedule, by their number.
type Names map[int]string

// Of is the name of an object; "" where there is none.
func (n Names) Of(object int) string { return n[object] }

// A Namer finds in the sources what the program calls the objects that it
// operates on.
type Namer struct {
	src   finding.Sources
	files map[string]*lines
	uses  map[string]map[int]*lineUse
}

// lines are the operations on each line of a file.
type lines map[int][]operand

// An operand is what an operation of the source works on.
type operand struct {
	ops  []wire.Op
	text string
}

// NewNamer takes the files of an exercise, as the learner wrote them.
func NewNamer(src finding.Sources, files []*source.File) *Namer {
	n := &Namer{src: src, files: map[string]*lines{}, uses: map[string]map[int]*lineUse{}}
	for _, f := range files {
		n.files[f.Name] = operands(f)
		n.uses[f.Name] = usesOf(f)
	}
	return n
}

// Names names the objects of a record. An object is called as it was when it was
// first used; objects that are called the same are numbered. One that is several variables has
// no name: see NameAccesses.
func (n *Namer) Names(r Record) Names {
	names := Names{}
	order := []int{}
	for _, steps := range [][]wire.Explored{r.Steps, r.Waits} {
		for _, e := range steps {
			if e.Object == 0 || names[e.Object] != "" {
				continue
			}
			if text := n.operand(e); text != "" {
				names[e.Object] = text
				order = append(order, e.Object)
			}
		}
	}
	for object, keys := range n.changed(r) {
		if len(keys) > 1 {
			names[object] = ""
			order = slices.DeleteFunc(order, func(o int) bool { return o == object })
		}
	}
	number(names, order)
	return names
}

// number tells objects apart that are called the same.
func number(names Names, order []int) {
	same := map[string][]int{}
	for _, o := range order {
		same[names[o]] = append(same[names[o]], o)
	}
	for text, objects := range same {
		for i, o := range objects {
			if len(objects) > 1 {
				names[o] = fmt.Sprintf("%s #%d", text, i+1)
			}
		}
	}
}

// operand is what the innermost frame of the exercise that operates on something
// calls it.
func (n *Namer) operand(e wire.Explored) string {
	for _, f := range e.Stack {
		rel, ok := n.src.Rel(f.File)
		if !ok || n.files[rel] == nil {
			continue
		}
		for _, o := range (*n.files[rel])[f.Line] {
			if slices.Contains(o.ops, e.Op) {
				return o.text
			}
		}
		return ""
	}
	return ""
}

// methods are the operations behind the names of methods. What they are methods
// of is not looked at: the scheduler knows that it was such an operation.
var methods = map[string][]wire.Op{
	"Lock": {wire.OpLock, wire.OpLockWait}, "Unlock": {wire.OpUnlock}, "TryLock": {wire.OpTryLock},
	"RLock": {wire.OpRLock}, "RUnlock": {wire.OpRUnlock}, "TryRLock": {wire.OpTryRLock},
	"Add": {wire.OpAdd, wire.OpDone, wire.OpSwap}, "Done": {wire.OpDone}, "Go": {wire.OpAdd, wire.OpGo},
	"Wait": {wire.OpWait, wire.OpCondWait}, "Do": {wire.OpOnce}, "Signal": {wire.OpSignal}, "Broadcast": {wire.OpBroadcast},
	"Load": {wire.OpLoad, wire.OpMapRead}, "Store": {wire.OpStore, wire.OpMapWrite}, "Swap": {wire.OpSwap, wire.OpMapWrite},
	"CompareAndSwap": {wire.OpSwap}, "And": {wire.OpSwap}, "Or": {wire.OpSwap}, "Range": {wire.OpMapRead},
	"LoadOrStore": {wire.OpSwap}, "LoadAndDelete": {wire.OpSwap}, "Delete": {wire.OpMapWrite}, "Clear": {wire.OpMapWrite},
	"CompareAndDelete": {wire.OpSwap}, "Get": {wire.OpPool}, "Put": {wire.OpPool},
}

// operands finds the operations of a file.
func operands(f *source.File) *lines {
	found := lines{}
	if f.Err != nil {
		return &found
	}
	add := func(at token.Pos, x ast.Expr, ops ...wire.Op) {
		line := f.Position(at).Line
		found[line] = append(found[line], operand{ops, written(f.Fset, x)})
	}
	ast.Inspect(f.Syntax, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SendStmt:
			add(node.Pos(), node.Chan, wire.OpSend, wire.OpSelect)
		case *ast.UnaryExpr:
			if node.Op == token.ARROW {
				add(node.Pos(), node.X, wire.OpRecv, wire.OpSelect)
			}
		case *ast.RangeStmt:
			add(node.Pos(), node.X, wire.OpRecv)
		case *ast.AssignStmt:
			if node.Tok != token.DEFINE { // what is new does not race
				add(node.Pos(), node.Lhs[0], wire.OpRead, wire.OpWrite)
			}
		case *ast.IncDecStmt:
			add(node.Pos(), node.X, wire.OpRead, wire.OpWrite)
		case *ast.CallExpr:
			addCall(node, add)
		}
		return true
	})
	return &found
}

func addCall(call *ast.CallExpr, add func(token.Pos, ast.Expr, ...wire.Op)) {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		if len(call.Args) == 1 && (fun.Name == "close" || fun.Name == "len") {
			add(call.Pos(), call.Args[0], wire.OpClose, wire.OpLen)
		}
	case *ast.SelectorExpr:
		if ops := methods[fun.Sel.Name]; ops != nil {
			add(fun.Sel.Pos(), fun.X, ops...)
		}
		if len(call.Args) > 0 { // atomic.AddInt64(&n, 1)
			if at, ok := call.Args[0].(*ast.UnaryExpr); ok && at.Op == token.AND {
				add(fun.Sel.Pos(), at.X, wire.OpLoad, wire.OpStore, wire.OpSwap)
			}
		}
	}
}

// maxName bounds a name, in bytes.
const maxName = 30

// written is an expression as it is written, "" if that is no good name.
func written(fset *token.FileSet, x ast.Expr) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, fset, x); err != nil || b.Len() > maxName || bytes.ContainsRune(b.Bytes(), '\n') {
		return ""
	}
	return b.String()
}
