package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strconv"
)

// A standIn is the run-time's version of an exported function or type.
type standIn struct {
	path, name string // package of the run-time, and name in it
	anchor     string // another name of the original package, to keep its import used
}

// named are the functions and types that have a stand-in, by package and name.
var named = map[string]map[string]standIn{
	"time": {
		"Now":       {schedPath, "Now", "Sleep"},
		"Since":     {schedPath, "Since", "Sleep"},
		"Until":     {schedPath, "Until", "Sleep"},
		"Sleep":     {schedPath, "Sleep", "Sleep"},
		"After":     {schedPath, "After", "Sleep"},
		"AfterFunc": {schedPath, "AfterFunc", "Sleep"},
		"NewTimer":  {schedPath, "NewTimer", "Sleep"},
		"NewTicker": {schedPath, "NewTicker", "Sleep"},
		"Tick":      {schedPath, "Tick", "Sleep"},
	},
	"runtime": {
		"GOMAXPROCS": {schedPath, "GOMAXPROCS", "Gosched"},
		"Gosched":    {schedPath, "Gosched", "Gosched"},
		"NumCPU":     {schedPath, "NumCPU", "Gosched"},
	},
	"context": {
		"WithCancel":        {schedPath, "WithCancel", "WithCancel"},
		"WithCancelCause":   {schedPath, "WithCancelCause", "WithCancel"},
		"WithTimeout":       {schedPath, "WithTimeout", "WithCancel"},
		"WithTimeoutCause":  {schedPath, "WithTimeoutCause", "WithCancel"},
		"WithDeadline":      {schedPath, "WithDeadline", "WithCancel"},
		"WithDeadlineCause": {schedPath, "WithDeadlineCause", "WithCancel"},
		"AfterFunc":         {schedPath, "ContextAfterFunc", "WithCancel"},
	},
	"io": {
		"Pipe":       {pipePath, "Pipe", "Pipe"},
		"PipeReader": {pipePath, "PipeReader", "Pipe"},
		"PipeWriter": {pipePath, "PipeWriter", "Pipe"},
	},
	"math/rand": random(
		"ExpFloat64", "Float32", "Float64", "Int", "Int31", "Int31n", "Int63", "Int63n", "Intn", "NewSource", "NormFloat64",
		"Perm", "Read", "Shuffle", "Uint32", "Uint64",
	),
	"math/rand/v2": random(
		"ExpFloat64", "Float32", "Float64", "Int", "Int32", "Int32N", "Int64", "Int64N", "IntN", "N", "NewChaCha8", "NewPCG",
		"NormFloat64", "Perm", "Shuffle", "Uint", "Uint32", "Uint32N", "Uint64", "Uint64N", "UintN",
	),
}

// random are functions that draw random numbers.
func random(names ...string) map[string]standIn {
	out := map[string]standIn{}
	for _, name := range names {
		out[name] = standIn{randPath, name, "Int"}
	}
	return out
}

// packages have a stand-in for the whole package, by import path. It has the
// original's name, so that only the import path changes.
var packages = map[string]string{
	"sync":                        "racelab/checker/labrt/sync",
	"sync/atomic":                 "racelab/checker/labrt/sync/atomic",
	"maps":                        "racelab/checker/labrt/maps",
	"hash/maphash":                "racelab/checker/labrt/maphash",
	"golang.org/x/sync/errgroup":  "racelab/checker/labrt/errgroup",
	"golang.org/x/sync/semaphore": "racelab/checker/labrt/semaphore",
}

// testPackages are replaced in test files only.
var testPackages = map[string]string{
	"testing": "racelab/checker/labrt/testing",
}

func (f *file) swapImports() {
	for _, spec := range f.syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		to, ok := packages[path]
		if !ok && f.source.IsTest() {
			to, ok = testPackages[path]
		}
		if ok {
			f.over(spec.Path.Pos(), spec.Path.End(), strconv.Quote(to))
		}
	}
}

// qualified replaces time.Sleep and other qualified names that have a stand-in.
func (f *file) qualified(n *ast.SelectorExpr) {
	x, ok := n.X.(*ast.Ident)
	if !ok {
		return
	}
	if _, ok := f.unit.info.Uses[x].(*types.PkgName); !ok {
		return
	}
	if to, ok := f.standIn(n.Sel); ok {
		f.anchors[x.Name+"."+to.anchor] = true
		f.over(x.Pos(), x.End(), f.runtimeName(to.path))
		f.over(n.Sel.Pos(), n.Sel.End(), to.name)
	}
}

// unqualified replaces names from a dot import that have a stand-in.
func (f *file) unqualified(n *ast.Ident) {
	if to, ok := f.standIn(n); ok {
		f.anchors[to.anchor] = true
		f.over(n.Pos(), n.End(), f.runtimeName(to.path)+"."+to.name)
	}
}

func (f *file) standIn(id *ast.Ident) (to standIn, ok bool) {
	obj := f.unit.info.Uses[id]
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return to, false
	}
	to, ok = named[obj.Pkg().Path()][obj.Name()]
	return to, ok
}

// anchored are declarations that use each import of which the rewriting may have
// removed the last use.
func (f *file) anchored() string {
	text := ""
	for _, use := range slices.Sorted(maps.Keys(f.anchors)) {
		text += fmt.Sprintf("var _ = %s\n", use)
	}
	return text
}
