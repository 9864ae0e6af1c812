package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Package variables are initialised, and init functions run, once in a process, but
// every schedule needs the initial state. So each file gets, after its last line, a
// function for each of its initialisers. The last file of the unit registers a
// function that calls them all, in the order that the language defines.

// numberInits gives each init function its number.
func (u *unit) numberInits() {
	count := 0
	for _, f := range u.files {
		for _, decl := range f.syntax.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				f.inits[fn] = count
				count++
			}
		}
	}
}

// initFunction rewrites
//
//	func init() { body }
//	func init() { if racelab_sched.Native() { racelab_init_0() } }; func racelab_init_0() { body }
func (f *file) initFunction(n *ast.FuncDecl) {
	index, ok := f.inits[n]
	if !ok {
		return
	}
	name := f.initName(index)
	f.over(n.Name.Pos(), n.Name.End(), fmt.Sprintf("init() { if %s() { %s() } }; func %s", f.sched("Native"), name, name))
}

func (f *file) initName(index int) string { return f.made(fmt.Sprintf("init_%d", index)) }
func (f *file) varName(index int) string  { return f.made(fmt.Sprintf("init_v%d", index)) }

// tail is the code that is generated after the file's last line.
func (f *file) tail() string {
	text := f.initialisers()
	var rest strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f.shared)) {
		rest.WriteString("func " + name + f.shared[name] + "\n")
	}
	rest.WriteString(f.anchored())
	if f.index == len(f.unit.files)-1 {
		rest.WriteString(f.registration())
	}
	if rest.Len() > 0 {
		text += "//line racelab/generated.go:1\n" + rest.String()
	}
	if text == "" {
		return ""
	}
	return "\n" + text
}

// share adds a generated function to the file, once, and returns its name. text is
// the function without the keyword and the name.
func (f *file) share(name, text string) string {
	name = fmt.Sprintf("%s_%d", f.made(name), f.index)
	f.shared[name] = text
	return name
}

// initialisers are functions that initialise the file's variables.
func (f *file) initialisers() string {
	var text strings.Builder
	specs := f.specs()
	for i, init := range f.unit.info.InitOrder {
		if spec := specs[init.Rhs]; spec != nil {
			fmt.Fprintf(&text, "func %s() { %s%s%s }\n", f.varName(i), f.at(spec.Pos()), f.assigned(init, spec), f.text(init.Rhs, spec.Pos()))
		}
	}
	return text.String()
}

// assigned is the beginning of the statement that initialises the variables of init.
func (f *file) assigned(init *types.Initializer, spec *ast.ValueSpec) string {
	var names []string
	blank := true
	for _, v := range init.Lhs {
		names = append(names, v.Name())
		blank = blank && v.Name() == "_"
	}
	if blank && spec.Type != nil { // the value is converted to the type
		return "var " + strings.Join(names, ", ") + " " + f.text(spec.Type, spec.Pos()) + " = "
	}
	return strings.Join(names, ", ") + " = "
}

// specs are the declarations of the file's variables, by initial value.
func (f *file) specs() map[ast.Expr]*ast.ValueSpec {
	out := map[ast.Expr]*ast.ValueSpec{}
	for _, decl := range f.syntax.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.VAR {
			for _, spec := range decl.Specs {
				for _, value := range spec.(*ast.ValueSpec).Values {
					out[value] = spec.(*ast.ValueSpec)
				}
			}
		}
	}
	return out
}

// registration registers a function that restores the unit's initial state. It
// zeroes variables without an initial value, initialises the others, and calls the
// init functions.
func (f *file) registration() string {
	var steps []string
	for _, other := range f.unit.files {
		for _, name := range other.zeroed() {
			steps = append(steps, f.sched("Zero")+"(&"+name+")")
		}
	}
	for i := range f.unit.info.InitOrder {
		steps = append(steps, f.varName(i)+"()")
	}
	inits := 0
	for _, other := range f.unit.files {
		inits += len(other.inits)
	}
	for i := range inits {
		steps = append(steps, f.initName(i)+"()")
	}
	if len(steps) == 0 {
		return ""
	}
	return fmt.Sprintf("func init() { %s(func() { %s }) }\n", f.sched("Register"), strings.Join(steps, "; "))
}

// zeroed lists the variables whose initial value is the zero value.
func (f *file) zeroed() []string {
	var names []string
	for _, decl := range f.syntax.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.VAR {
			continue
		}
		for _, spec := range decl.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Values) > 0 || embeds(decl.Doc) || embeds(spec.Doc) {
				continue
			}
			for _, name := range spec.Names {
				if name.Name != "_" {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// embeds reports whether a variable gets its value from go:embed.
func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:embed ")
	})
}
