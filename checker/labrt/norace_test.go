package labrt_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// watched are the functions of package sched that are not go:norace.
var watched = []struct {
	why   string
	names []string
}{
	{"they are the program's operations: the race detector has to see them, and they touch no data of the scheduler", []string{
		"After", "AfterFunc", "Canceling", "Close", "ContextAfterFunc", "CtxErr", "Gosched", "Len", "LenS", "Library", "LibraryCall", "LibraryOn", "World", "NewTicker", "NewTimer",
		"Now", "Since", "Until", "readsClock", "RaceRead", "RaceWrite", "Recv", "Recv2", "RecvC.Val", "RecvC.Val2", "RecvC.channel", "RecvC.shows", "RecvC.signals",
		"RecvC.timed", "RecvC.took", "RecvC.try", "RecvC.waiting", "RecvCase", "Resets", "ResetsTicker", "Rest", "Settle", "rest", "Select", "SendCase", "Sender", "Sleep",
		"Made", "Tick", "Read", "Reads", "Writes", "WithCancel", "WithCancelCause", "WithDeadline", "WithDeadlineCause",
		"WithTimeout", "WithTimeoutCause", "callback", "cancels", "choose", "derives", "nativeGosched", "send", "sendC.channel", "sendC.shows",
		"sendC.signals", "sendC.timed", "sendC.took", "sendC.try", "sendC.waiting",
	}},
	{"they read a value of the program", []string{"Text", "appendText", "appendAll", "isWhole", "isPlain", "shorten", "Zero", "describe", "quietly", "received", "schedule.tellErr"}},
	{"they read what never changes", []string{"GOMAXPROCS", "Initialise", "Native", "NumCPU"}},
	{"no schedule is running", []string{"Register", "Run", "schedule.inBubble", "collection.reset"}},
}

// after are functions that are called when the schedule has ended, by the only
// goroutine that still runs, or of what only the scheduler writes.
var after = []string{"schedule.ending", "schedule.events", "schedule.waits", "event.frames", "place.frames", "collection.events"}

// TestNoRace keeps what the doc comment of package sched says about the race
// detector, and what the tests' state in package testing says.
func TestNoRace(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("sched", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, filepath.Join("testing", "state.go"))
	found := map[string]bool{}
	for _, name := range files {
		if filepath.Base(name) == "norace.go" {
			continue // for builds without the race detector
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				found[nameOf(fn)] = true
				checkNoRace(t, fn)
			}
		}
	}
	for _, w := range watched {
		for _, name := range w.names {
			if !found[name] {
				t.Errorf("there is no %s any more", name)
			}
		}
	}
}

func checkNoRace(t *testing.T, fn *ast.FuncDecl) {
	t.Helper()
	name := nameOf(fn)
	excepted := false
	for _, w := range watched {
		excepted = excepted || slices.Contains(w.names, name)
	}
	if fn.Body == nil {
		return // it is the Go run-time's
	}
	marked := fn.Doc != nil && slices.ContainsFunc(fn.Doc.List, func(c *ast.Comment) bool { return c.Text == "//go:norace" })
	switch {
	case marked && excepted:
		t.Errorf("%s is go:norace and need not be excepted", name)
	case excepted || slices.Contains(after, name):
	case !marked:
		t.Errorf("%s is not go:norace", name)
	default:
		for _, what := range seen(fn.Body) {
			t.Errorf("%s has %s, of which the race detector is told", name, what)
		}
	}
}

// nameOf is the name of a function, with its receiver's type.
func nameOf(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	return typ.(*ast.Ident).Name + "." + fn.Name.Name
}

// seen lists what the race detector sees in a body in spite of go:norace. The
// function of a go statement belongs to the program.
func seen(body *ast.BlockStmt) []string {
	var found []string
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			return false
		case *ast.MapType:
			found = append(found, "a map")
		case *ast.FuncLit:
			found = append(found, "a function literal")
		case *ast.CallExpr:
			if _, ok := n.Fun.(*ast.ArrayType); ok {
				found = append(found, "a conversion to a slice")
			}
			if f, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"append", "copy", "string", "delete", "clear"}, f.Name) {
				found = append(found, f.Name)
			}
		}
		return true
	})
	return found
}
