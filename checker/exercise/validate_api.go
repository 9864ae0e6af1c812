package exercise

import (
	"go/ast"
	"maps"
	"slices"
)

// sameAPI compares the exported names of the broken program and the reference. That
// a name has the same type in both is checked when the broken program runs against
// the reference.
func (a *audit) sameAPI() {
	broken, reference := map[string]bool{}, map[string]bool{}
	for _, name := range a.ex.Files {
		b, r := a.sources[a.inExercise(name)], a.sources[a.inSolution(name)]
		if b == nil || r == nil {
			return // already reported
		}
		maps.Copy(broken, exported(b.Syntax))
		maps.Copy(reference, exported(r.Syntax))
	}
	if len(a.ex.Files) == 0 {
		return
	}
	file := a.inSolution(a.ex.Files[0])
	for _, name := range slices.Sorted(maps.Keys(broken)) {
		if !reference[name] {
			a.add(file, 0, "does not export %s: keep the broken program's API", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(reference)) {
		if !broken[name] {
			a.add(file, 0, "exports %s, which the broken program does not: keep its API", name)
		}
	}
}

// exported names what a file exports: "New", "Account.Deposit", "Point.X".
func exported(file *ast.File) map[string]bool {
	names := map[string]bool{}
	add := func(prefix string, ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names[prefix+id.Name] = true
			}
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add("", d.Name)
			} else if recv := receiver(d); ast.IsExported(recv) {
				add(recv+".", d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.ValueSpec:
					add("", s.Names...)
				case *ast.TypeSpec:
					add("", s.Name)
					if s.Name.IsExported() {
						for _, field := range members(s.Type) {
							add(s.Name.Name+".", field.Names...)
						}
					}
				}
			}
		}
	}
	return names
}

// receiver is the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	if len(d.Recv.List) == 0 {
		return "" // "func () f()" parses, and nothing more
	}
	typ := d.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.ParenExpr:
			typ = t.X
		case *ast.IndexExpr: // of a generic type
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// members are the fields of a struct, the methods of an interface.
func members(typ ast.Expr) []*ast.Field {
	switch t := typ.(type) {
	case *ast.StructType:
		return t.Fields.List
	case *ast.InterfaceType:
		return t.Methods.List
	}
	return nil
}
