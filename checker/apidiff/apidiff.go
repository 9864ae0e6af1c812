// Package apidiff compares what two versions of a package export. A fix may add to
// the API and may change everything behind it; what was there must stay.
package apidiff

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/instrument"
)

// A Package is parsed source, ready to be type-checked.
type Package struct {
	fset  *token.FileSet
	files []*ast.File
	names []string
}

// Parse parses the files of one package, whose contents are given by name.
func Parse(files map[string][]byte) (*Package, error) {
	p := &Package{fset: token.NewFileSet()}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := parser.ParseFile(p.fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, file)
		p.names = append(p.names, name)
	}
	return p, nil
}

// Compare reports what want exports and got does not, or exports otherwise.
// exports has the files with export data of all imports, by path. What does not
// type-check in got is left to the compiler, which says it better.
func Compare(want, got *Package, exports map[string]string) ([]finding.Finding, error) {
	wantTypes, err := want.check(exports)
	if err != nil {
		return nil, fmt.Errorf("type-check the reference: %w", err)
	}
	gotTypes, err := got.check(exports)
	if err != nil {
		return nil, nil
	}
	var findings []finding.Finding
	for _, name := range wantTypes.Scope().Names() {
		w := wantTypes.Scope().Lookup(name)
		if !w.Exported() {
			continue
		}
		g := gotTypes.Scope().Lookup(name)
		if change := compareObjects(w, g); change != nil {
			findings = append(findings, got.finding(g, change))
		}
	}
	return findings, nil
}

func (p *Package) check(exports map[string]string) (*types.Package, error) {
	conf := types.Config{Importer: instrument.Exported(exports), FakeImportC: true}
	// Both versions get one path, so that their types print alike.
	return conf.Check("exercise", p.fset, p.files, nil)
}

func (p *Package) finding(obj types.Object, change *finding.APIChange) finding.Finding {
	loc := finding.Location{File: p.names[0]}
	if obj != nil {
		pos := p.fset.PositionFor(obj.Pos(), false)
		loc.File, loc.Line = pos.Filename, pos.Line
	}
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleAPI, Name: loc.File, API: change}},
		Location: loc,
	}
}

// compareObjects says how g differs from w, nil if it will do.
func compareObjects(w, g types.Object) *finding.APIChange {
	if g == nil {
		return &finding.APIChange{Thing: finding.APIObject, Was: describe(w)}
	}
	if _, ok := w.(*types.TypeName); ok {
		if _, ok := g.(*types.TypeName); !ok {
			return &finding.APIChange{Thing: finding.APIType, Name: w.Name(), NotType: true}
		}
		return compareTypes(w, g)
	}
	if describe(w) != describe(g) {
		return &finding.APIChange{Thing: finding.APIObject, Was: describe(w), Now: describe(g)}
	}
	return nil
}

// compareTypes demands of a named type the exported fields and methods of w.
// Whether a method has a pointer receiver may change: it often must.
func compareTypes(w, g types.Object) *finding.APIChange {
	wm, gm := methods(w.Type()), methods(g.Type())
	for _, name := range slices.Sorted(maps.Keys(wm)) {
		switch got, ok := gm[name]; {
		case !ok:
			return &finding.APIChange{Thing: finding.APIMethod, Name: w.Name() + "." + name, Was: wm[name]}
		case got != wm[name]:
			return &finding.APIChange{Thing: finding.APIMethod, Name: w.Name() + "." + name, Was: wm[name], Now: got}
		}
	}
	ws, wok := w.Type().Underlying().(*types.Struct)
	gs, gok := g.Type().Underlying().(*types.Struct)
	switch {
	case wok && gok:
		return compareFields(w.Name(), fields(ws), fields(gs))
	case wok && len(fields(ws)) == 0:
		return nil // opaque: anything else may take its place
	}
	if a, b := show(w.Type().Underlying()), show(g.Type().Underlying()); a != b {
		return &finding.APIChange{Thing: finding.APIType, Name: w.Name(), Was: a, Now: b}
	}
	return nil
}

func compareFields(typeName string, want, got map[string]string) *finding.APIChange {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch g, ok := got[name]; {
		case !ok:
			return &finding.APIChange{Thing: finding.APIField, Name: typeName + "." + name, Was: want[name]}
		case g != want[name]:
			return &finding.APIChange{Thing: finding.APIField, Name: typeName + "." + name, Was: want[name], Now: g}
		}
	}
	return nil
}

// methods returns the exported methods of *T, which include T's.
func methods(t types.Type) map[string]string {
	out := map[string]string{}
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for sel := range set.Methods() {
		if sel.Obj().Exported() {
			out[sel.Obj().Name()] = show(sel.Type())
		}
	}
	return out
}

func fields(s *types.Struct) map[string]string {
	out := map[string]string{}
	for f := range s.Fields() {
		if f.Exported() {
			out[f.Name()] = show(f.Type())
		}
	}
	return out
}

func describe(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		return "func " + o.Name() + signature(o.Type())
	case *types.Var:
		return "var " + o.Name() + " " + show(o.Type())
	case *types.Const:
		return "const " + o.Name() + " " + show(o.Type()) + " = " + o.Val().ExactString()
	}
	return "type " + o.Name()
}

func signature(t types.Type) string { return show(t)[len("func"):] }

// show prints a type without the names of parameters, which are no part of an API.
func show(t types.Type) string {
	return types.TypeString(withoutNames(t), func(p *types.Package) string {
		if p.Path() == "exercise" {
			return ""
		}
		return p.Name()
	})
}

// withoutNames strips the names of parameters, also of functions within t. A
// named type stays itself: its own shape is compared where it is declared.
func withoutNames(t types.Type) types.Type {
	switch t := t.(type) {
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, unnamed(t.Params()), unnamed(t.Results()), t.Variadic())
	case *types.Pointer:
		return types.NewPointer(withoutNames(t.Elem()))
	case *types.Slice:
		return types.NewSlice(withoutNames(t.Elem()))
	case *types.Array:
		return types.NewArray(withoutNames(t.Elem()), t.Len())
	case *types.Chan:
		return types.NewChan(t.Dir(), withoutNames(t.Elem()))
	case *types.Map:
		return types.NewMap(withoutNames(t.Key()), withoutNames(t.Elem()))
	case *types.Interface:
		var methods []*types.Func
		for m := range t.ExplicitMethods() {
			methods = append(methods, types.NewFunc(token.NoPos, m.Pkg(), m.Name(), withoutNames(m.Type()).(*types.Signature)))
		}
		return types.NewInterfaceType(methods, slices.Collect(t.EmbeddedTypes()))
	}
	return t
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewParam(token.NoPos, nil, "", withoutNames(v.Type())))
	}
	return types.NewTuple(vars...)
}
