package mutate

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strings"

	"racelab/checker/source"

	"github.com/rogpeppe/go-internal/diff"
)

// An edit puts text in the place of what stands between two positions.
type edit struct {
	from, to token.Pos
	text     string
}

func replace(n ast.Node, text string) edit     { return edit{n.Pos(), n.End(), text} }
func drop(n ast.Node) edit                     { return replace(n, "") }
func insert(at token.Pos, text string) edit    { return edit{at, at, text} }
func before(s ast.Node, statement string) edit { return insert(s.Pos(), statement+"\n") }
func after(s ast.Node, statement string) edit  { return insert(s.End(), "\n"+statement) }
func atTop(b *ast.BlockStmt, text string) edit { return insert(b.Lbrace+1, "\n"+text+"\n") }
func atEnd(b *ast.BlockStmt, text string) edit { return insert(b.Rbrace, "\n"+text+"\n") }
func declare(f *source.File, text string) edit { return insert(f.Syntax.FileEnd, "\n"+text+"\n") }
func wrap(n ast.Node, left, right string) []edit {
	return []edit{insert(n.Pos(), left), insert(n.End(), right)}
}

// between is what is written between two positions.
func between(f *source.File, from, to token.Pos) []byte {
	offset := func(p token.Pos) int { return f.Fset.PositionFor(p, false).Offset }
	return f.Text[offset(from):offset(to)]
}

// applied is the text of a file after the edits, unless two of them overlap.
func applied(f *source.File, edits []edit) ([]byte, bool) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	offset := func(p token.Pos) int { return f.Fset.PositionFor(p, false).Offset }
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		from, to := offset(e.from), offset(e.to)
		if e.text == "" {
			from, to = wholeLine(f.Text, from, to)
		}
		if from < at {
			return nil, false
		}
		out.Write(f.Text[at:from])
		out.WriteString(e.text)
		at = to
	}
	out.Write(f.Text[at:])
	return out.Bytes(), true
}

// wholeLine widens a range to the lines that it stands on when nothing else does, so
// that no empty line is left.
func wholeLine(text []byte, from, to int) (int, int) {
	line := bytes.LastIndexByte(text[:from], '\n') + 1
	end := bytes.IndexByte(text[to:], '\n')
	if end < 0 || len(bytes.TrimSpace(text[line:from])) > 0 || len(bytes.TrimSpace(text[to:to+end])) > 0 {
		return from, to
	}
	return line, to + end + 1
}

// ours are the packages that operators use, by the name before the dot.
var ours = map[string]string{"sync": "sync", "atomic": "sync/atomic", "time": "time", "runtime": "runtime"}

// withImports adds imports that an edit needs, and removes those that none uses any
// more. A text that cannot be parsed stays as it is.
func withImports(text []byte) []byte {
	f := source.ParseFile("", text)
	if f.Err != nil {
		return text
	}
	edits := unusedImports(f.Syntax)
	for name, path := range ours {
		if !slices.Contains(f.Imports(), path) && uses(f.Syntax, name) {
			edits = append(edits, insert(f.Syntax.Name.End(), "\n\nimport \""+path+"\""))
		}
	}
	text, _ = applied(f, edits)
	return text
}

// unusedImports removes them.
func unusedImports(f *ast.File) []edit {
	var edits []edit
	for _, decl := range f.Decls {
		if !isImport(decl) {
			continue
		}
		imports := decl.(*ast.GenDecl)
		var unused []edit
		for _, s := range imports.Specs {
			spec := s.(*ast.ImportSpec)
			if spec.Name == nil && !uses(f, path.Base(strings.Trim(spec.Path.Value, "`\""))) {
				unused = append(unused, drop(spec))
			}
		}
		if len(unused) == len(imports.Specs) {
			unused = []edit{drop(imports)}
		}
		edits = append(edits, unused...)
	}
	return edits
}

func isImport(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.IMPORT
}

// uses reports whether the file has name.Something of a name that it does not declare.
func uses(f *ast.File, name string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, ok := s.X.(*ast.Ident)
			found = found || ok && x.Name == name
		}
		return !found
	})
	return found
}

// meaning is the text without comments and layout.
func meaning(text []byte) string {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", fset.Base(), len(text)), text, func(token.Position, string) {}, 0)
	var out strings.Builder
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return out.String()
		case token.SEMICOLON: // written or implied: layout
			lit = ";"
		}
		out.WriteString(cmp.Or(lit, tok.String()) + " ")
	}
}

// changes is the difference between two texts as diff -u shows it, without its names
// of files.
func changes(old, new []byte) string {
	d := string(diff.Diff("", old, "", new))
	if at := strings.Index(d, "\n@@"); at >= 0 {
		d = d[at+1:]
	}
	return d
}
