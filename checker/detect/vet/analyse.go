package vet

import (
	"fmt"
	"go/types"
	"reflect"

	"racelab/checker/source"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
)

// analyzers are those of go vet that are about concurrency, but for the one that
// looks at tests.
var analyzers = []*analysis.Analyzer{
	atomic.Analyzer, copylock.Analyzer, loopclosure.Analyzer, lostcancel.Analyzer, waitgroup.Analyzer,
}

// Analyse returns what the analyzers say, in no particular order: nothing of what
// does not type-check. The error is an analyzer's own.
func Analyse(checked *source.Typed) ([]Diagnostic, error) {
	if checked.Err != nil {
		return nil, nil
	}
	u := &unit{Typed: checked, results: map[*analysis.Analyzer]any{}, facts: map[fact]analysis.Fact{}}
	for _, a := range analyzers {
		if _, err := u.run(a); err != nil {
			return nil, err
		}
	}
	return u.found, nil
}

// A unit is a package that is being analysed.
type unit struct {
	*source.Typed
	results map[*analysis.Analyzer]any
	facts   map[fact]analysis.Fact
	found   []Diagnostic
}

// A fact is known of an object or, where that is nil, of the package.
type fact struct {
	object types.Object
	kind   reflect.Type
}

// run runs an analyzer, those before it that it needs the results of, and none
// twice.
func (u *unit) run(a *analysis.Analyzer) (any, error) {
	if result, ok := u.results[a]; ok {
		return result, nil
	}
	needed := map[*analysis.Analyzer]any{}
	for _, r := range a.Requires {
		result, err := u.run(r)
		if err != nil {
			return nil, err
		}
		needed[r] = result
	}
	result, err := a.Run(u.pass(a, needed))
	if err != nil {
		return nil, fmt.Errorf("go vet's analyzer %s: %w", a.Name, err)
	}
	u.results[a] = result
	return result, nil
}

func (u *unit) pass(a *analysis.Analyzer, needed map[*analysis.Analyzer]any) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: u.Fset, Files: u.Syntax(), Pkg: u.Types, TypesInfo: u.Info, TypesSizes: u.Sizes,
		ResultOf: needed,
		Report:   func(d analysis.Diagnostic) { u.report(a, d) },

		ImportObjectFact:  u.known,
		ExportObjectFact:  func(obj types.Object, f analysis.Fact) { u.facts[fact{obj, reflect.TypeOf(f)}] = f },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
}

func (u *unit) report(a *analysis.Analyzer, d analysis.Diagnostic) {
	at := u.Fset.Position(d.Pos)
	u.found = append(u.found, Diagnostic{
		Package: u.Types.Path(), Analyzer: a.Name,
		File: at.Filename, Line: at.Line, Column: at.Column, Message: d.Message,
	})
}

// known reports whether f is known of obj. That is in the package itself what an
// analyzer has found out; of other packages, which are not analysed, that some
// functions of those that a submission may import never return.
func (u *unit) known(obj types.Object, f analysis.Fact) bool {
	if known, ok := u.facts[fact{obj, reflect.TypeOf(f)}]; ok {
		reflect.ValueOf(f).Elem().Set(reflect.ValueOf(known).Elem())
		return true
	}
	fn, ok := obj.(*types.Func)
	return ok && fmt.Sprint(f) == "noReturn" && neverReturn[fn.FullName()]
}

var neverReturn = map[string]bool{
	"log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true,
	"log.Panic": true, "log.Panicf": true, "log.Panicln": true,
	"(*log.Logger).Fatal": true, "(*log.Logger).Fatalf": true, "(*log.Logger).Fatalln": true,
	"(*log.Logger).Panic": true, "(*log.Logger).Panicf": true, "(*log.Logger).Panicln": true,
	"os.Exit": true, "runtime.Goexit": true,
}
