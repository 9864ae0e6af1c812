package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *file) typeOf(e ast.Expr) types.Type {
	if id, ok := e.(*ast.Ident); ok { // one that is declared has no entry in Types
		if obj := f.unit.info.ObjectOf(id); obj != nil {
			return obj.Type()
		}
	}
	return f.unit.info.TypeOf(e)
}

// channelOf returns the channel type t, or the one that all types of the type
// parameter t have in common, or nil.
func channelOf(t types.Type) *types.Chan {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return u
	case *types.Interface:
		for embedded := range u.EmbeddedTypes() {
			if c := channelOf(embedded); c != nil {
				return c
			}
		}
	case *types.Union:
		return channelOfTerms(u)
	}
	return nil
}

func channelOfTerms(u *types.Union) (common *types.Chan) {
	for term := range u.Terms() {
		c := channelOf(term.Type())
		switch {
		case c == nil || common != nil && !types.Identical(c.Elem(), common.Elem()):
			return nil
		case common == nil || common.Dir() == types.SendRecv:
			common = c
		}
	}
	return common
}

// element returns the type arguments with which a generic function of a channel is
// called with ch: "" where the compiler infers them. It returns false when ch is no
// channel, or its element type cannot be written there.
func (f *file) element(ch ast.Expr) (of string, ok bool) {
	t := f.typeOf(ch)
	c := channelOf(t)
	if c == nil {
		return "", false
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
		return "", !types.IsInterface(t)
	}
	text, ok := f.typeText(c.Elem(), ch.Pos())
	return "[" + text + "]", ok
}

// typeText returns t as it is written at pos. It returns false when it cannot be
// written there: it is not imported, not exported, or another declaration of the
// same name hides it.
func (f *file) typeText(t types.Type, pos token.Pos) (string, bool) {
	text := types.TypeString(t, func(p *types.Package) string {
		if p == f.unit.types {
			return ""
		}
		return f.importName(p)
	})
	found, err := types.Eval(f.unit.fset, f.unit.types, pos, text)
	if err != nil || !found.IsType() || !types.Identical(found.Type, t) {
		return "", false
	}
	return strings.TrimPrefix(text, "."), true
}

// importName is the name of package p in the file.
func (f *file) importName(p *types.Package) string {
	for _, spec := range f.syntax.Imports {
		obj := f.unit.info.Implicits[spec]
		if spec.Name != nil {
			obj = f.unit.info.Defs[spec.Name]
		}
		if name, ok := obj.(*types.PkgName); ok && name.Imported() == p {
			if name.Name() == "." {
				return ""
			}
			return name.Name()
		}
	}
	return p.Name()
}

// instantiate writes out the type arguments of a generic function that the call
// infers, so that it becomes a function value. It returns false when they cannot be
// written there.
func (f *file) instantiate(fun ast.Expr) bool {
	generic, explicit := genericPart(fun)
	args := f.typeArgs(generic)
	if args.Len() == explicit {
		return true
	}
	var texts []string
	for t := range args.Types() {
		text, ok := f.typeText(t, fun.Pos())
		if !ok {
			return false
		}
		texts = append(texts, text)
	}
	list := "[" + strings.Join(texts, ", ") + "]"
	if explicit == 0 {
		f.after(generic.End(), list)
	} else {
		f.over(generic.End(), ast.Unparen(fun).End(), list)
	}
	return true
}

// genericPart splits f[A, B] into f and the number of type arguments.
func genericPart(fun ast.Expr) (generic ast.Expr, explicit int) {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.IndexExpr:
		return fun.X, 1
	case *ast.IndexListExpr:
		return fun.X, len(fun.Indices)
	default:
		return fun, 0
	}
}

// typeArgs are the type arguments of a generic function, nil for other expressions.
func (f *file) typeArgs(fun ast.Expr) *types.TypeList {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f.unit.info.Instances[fun].TypeArgs
	case *ast.SelectorExpr:
		return f.unit.info.Instances[fun.Sel].TypeArgs
	}
	return nil
}
