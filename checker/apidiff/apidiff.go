// Package apidiff compares the exported API of two versions of a package. A fix may
// add to the API and may change its implementation. It may not remove or change what
// is exported.
package apidiff

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/source"
)

// Compare reports what want exports and got lacks or exports with another type. Both
// have the same import path. It reports nothing when got does not type-check: the
// compiler's messages explain that better.
func Compare(want, got *source.Typed) ([]finding.Finding, error) {
	switch {
	case want.Err != nil:
		return nil, fmt.Errorf("type-check the reference: %w", want.Err)
	case got.Err != nil:
		return nil, nil
	}
	a := api(want.Path)
	var findings []finding.Finding
	for _, name := range want.Types.Scope().Names() {
		w := want.Types.Scope().Lookup(name)
		if !w.Exported() {
			continue
		}
		g := got.Types.Scope().Lookup(name)
		if change := a.compareObjects(w, g); change != nil {
			findings = append(findings, changed(got, g, change))
		}
	}
	return findings, nil
}

// changed is the finding that obj of got is not what it was; obj is nil when it is
// gone.
func changed(got *source.Typed, obj types.Object, change *finding.APIChange) finding.Finding {
	loc := finding.Location{File: got.Files[0].Name}
	if obj != nil {
		pos := got.Fset.PositionFor(obj.Pos(), false)
		loc.File, loc.Line = pos.Filename, pos.Line
	}
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleAPI, Name: loc.File, API: change}},
		Location: loc,
	}
}

// An api compares and prints what a package exports. It is the package's import
// path: types of the package itself are printed without it.
type api string

// compareObjects says how g differs from w, nil if g can replace w.
func (a api) compareObjects(w, g types.Object) *finding.APIChange {
	if g == nil {
		return &finding.APIChange{Thing: finding.APIObject, Was: a.describe(w)}
	}
	if _, ok := w.(*types.TypeName); ok {
		if _, ok := g.(*types.TypeName); !ok {
			return &finding.APIChange{Thing: finding.APIType, Name: w.Name(), NotType: true}
		}
		return a.compareTypes(w, g)
	}
	if a.describe(w) != a.describe(g) {
		return &finding.APIChange{Thing: finding.APIObject, Was: a.describe(w), Now: a.describe(g)}
	}
	return nil
}

// compareTypes compares the exported fields and methods of named types. A method may
// get a pointer receiver or lose it: a fix often has to change that.
func (a api) compareTypes(w, g types.Object) *finding.APIChange {
	wm, gm := a.methods(w.Type()), a.methods(g.Type())
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
		return compareFields(w.Name(), a.fields(ws), a.fields(gs))
	case wok && len(a.fields(ws)) == 0:
		return nil // nothing of it is exported: any other type can replace it
	}
	if was, now := a.show(w.Type().Underlying()), a.show(g.Type().Underlying()); was != now {
		return &finding.APIChange{Thing: finding.APIType, Name: w.Name(), Was: was, Now: now}
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
func (a api) methods(t types.Type) map[string]string {
	out := map[string]string{}
	if !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for sel := range set.Methods() {
		if sel.Obj().Exported() {
			out[sel.Obj().Name()] = a.show(sel.Type())
		}
	}
	return out
}

func (a api) fields(s *types.Struct) map[string]string {
	out := map[string]string{}
	for f := range s.Fields() {
		if f.Exported() {
			out[f.Name()] = a.show(f.Type())
		}
	}
	return out
}

func (a api) describe(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		return "func " + o.Name() + a.signature(o.Type())
	case *types.Var:
		return "var " + o.Name() + " " + a.show(o.Type())
	case *types.Const:
		return "const " + o.Name() + " " + a.show(o.Type()) + " = " + o.Val().ExactString()
	}
	return "type " + o.Name()
}

func (a api) signature(t types.Type) string { return a.show(t)[len("func"):] }

// show prints a type without the names of parameters, which are no part of an API.
func (a api) show(t types.Type) string {
	return types.TypeString(withoutNames(t), func(p *types.Package) string {
		if p.Path() == string(a) {
			return ""
		}
		return p.Name()
	})
}

// withoutNames removes the names of parameters, also of functions within t. A named
// type stays as it is: it is compared where it is declared.
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
