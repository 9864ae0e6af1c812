// Package policy says what a submission may contain: syntax, imports and
// directives, before anything is compiled.
package policy

import (
	"errors"
	"go/ast"
	"go/scanner"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/source"
	"racelab/checker/submission"
)

// usualImports can be imported in every exercise. None of them gives access to the
// file system, the network, other processes, or run-time functions that the race
// detector does not see. "math/..." is math and all packages below it.
var usualImports = []string{
	"bufio", "bytes", "cmp", "container/...", "context", "encoding/...", "errors", "fmt", "hash/fnv", "hash/maphash",
	"io", "iter", "log", "log/slog", "maps", "math/...", "slices", "sort", "strconv", "strings", "sync", "sync/atomic",
	"time", "unicode/...", "unique",
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
}

// usualMembers are packages of which every exercise may use some functions, one of them
// with this argument alone: they give access to nothing, and fair spinning needs Gosched.
var usualMembers = map[string][]string{"runtime": {"Gosched", "NumCPU", "GOMAXPROCS(0)"}}

// Check checks the submitted files, which are parsed in pkg, against what the
// exercise allows. Findings of kind build are syntax errors; all others are policy.
func Check(ex exercise.Exercise, sub submission.Submission, pkg *source.Package) []finding.Finding {
	findings := slices.Clone(sub.Findings)
	for _, name := range ex.Files {
		if _, ok := sub.Files[name]; ok {
			findings = append(findings, checkFile(ex, pkg.File(name))...)
		}
	}
	return findings
}

func checkFile(ex exercise.Exercise, f *source.File) []finding.Finding {
	switch {
	case len(f.Text) == 0:
		return []finding.Finding{policy(f.Name, 0, finding.Breach{Rule: finding.RuleEmpty, Name: f.Name})}
	case !utf8.Valid(f.Text):
		return []finding.Finding{policy(f.Name, 0, finding.Breach{Rule: finding.RuleText, Name: f.Name})}
	case f.Err != nil:
		return syntaxErrors(f.Name, f.Err)
	}
	findings := append(checkDirectives(f), checkImports(ex, f)...)
	if want := packageName(ex, f.Name); want != "" && f.Clause() != want {
		findings = append(findings, policy(f.Name, f.Line(f.Syntax.Name.Pos()),
			finding.Breach{Rule: finding.RulePackage, Name: f.Clause(), Want: want}))
	}
	return findings
}

func syntaxErrors(name string, err error) []finding.Finding {
	list, ok := errors.AsType[scanner.ErrorList](err)
	if !ok {
		return []finding.Finding{buildError(name, 0, err.Error())}
	}
	var findings []finding.Finding
	for _, e := range list {
		findings = append(findings, buildError(name, e.Pos.Line, e.Msg))
	}
	return findings
}

func checkImports(ex exercise.Exercise, f *source.File) []finding.Finding {
	allowed := slices.Concat(usualImports, ex.Imports)
	var findings []finding.Finding
	for _, spec := range f.Syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil && allows(allowed, imported) {
			continue
		}
		if members := usualMembers[imported]; members != nil && !isBareImport(spec) {
			findings = append(findings, checkMembers(f, spec, imported, members)...)
			continue
		}
		findings = append(findings, policy(f.Name, f.Line(spec.Pos()),
			finding.Breach{Rule: finding.RuleImport, Name: spec.Path.Value, Allowed: allowed}))
	}
	return findings
}

// isBareImport reports whether the package's members are used without its name, or
// not at all.
func isBareImport(spec *ast.ImportSpec) bool {
	return spec.Name != nil && (spec.Name.Name == "." || spec.Name.Name == "_")
}

// checkMembers refuses all exported members of a package but some.
func checkMembers(f *source.File, spec *ast.ImportSpec, imported string, members []string) []finding.Finding {
	name := path.Base(imported)
	if spec.Name != nil {
		name = spec.Name.Name
	}
	var findings []finding.Finding
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			return !slices.Contains(members, withArgument(call, name))
		}
		if member := memberOf(n, name); ast.IsExported(member) && !slices.Contains(members, member) {
			findings = append(findings, policy(f.Name, f.Line(n.Pos()),
				finding.Breach{Rule: finding.RuleMember, Name: imported + "." + member, Allowed: members}))
		}
		return true
	})
	return findings
}

// memberOf is which member of the package of that name n is; "" if it is none.
func memberOf(n ast.Node, name string) string {
	if s, ok := n.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok && x.Name == name {
			return s.Sel.Name
		}
	}
	return ""
}

// withArgument is a call of a member with a literal, such as GOMAXPROCS(0).
func withArgument(call *ast.CallExpr, name string) string {
	if len(call.Args) == 1 {
		if arg, ok := call.Args[0].(*ast.BasicLit); ok {
			return memberOf(call.Fun, name) + "(" + arg.Value + ")"
		}
	}
	return ""
}

func allows(patterns []string, imported string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if base, ok := strings.CutSuffix(p, "/..."); ok {
			return imported == base || strings.HasPrefix(imported, base+"/")
		}
		ok, err := path.Match(p, imported)
		return err == nil && ok
	})
}

// directive matches comments that the go command or the compiler obeys. Only +build
// may have blanks before it.
var directive = regexp.MustCompile(`^(//go:|//line |/\*line |//export |//\s*\+build\b)`)

// harmless matches directives that change nothing of what a program does.
var harmless = regexp.MustCompile(`^//go:(noinline|generate|fix)\b`)

// checkDirectives refuses directives: they can switch the race detector off, exclude
// a file from the build, or change the positions in reports.
func checkDirectives(f *source.File) []finding.Finding {
	var findings []finding.Finding
	for _, group := range f.Syntax.Comments {
		for _, c := range group.List {
			if directive.MatchString(c.Text) && !harmless.MatchString(c.Text) {
				first, _, _ := strings.Cut(c.Text, "\n")
				findings = append(findings, policy(f.Name, f.Line(c.Pos()), finding.Breach{Rule: finding.RuleDirective, Name: first}))
			}
		}
	}
	return findings
}

// packageName is the package clause of racelab's own version of a file. It is that of
// the reference where there is one, because in a clone the learner edits the broken
// program in place.
func packageName(ex exercise.Exercise, name string) string {
	src, err := ex.Original(name)
	if ex.Reference != nil {
		src, err = fs.ReadFile(ex.Reference, name)
	}
	if err != nil {
		return ""
	}
	return source.PackageClause(src)
}

func policy(file string, line int, broken finding.Breach) finding.Finding {
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact:     finding.Fact{Breach: &broken},
		Location: finding.Location{File: file, Line: line},
	}
}

func buildError(file string, line int, message string) finding.Finding {
	return finding.Finding{
		Kind: finding.Build, Detector: finding.Compiler, Severity: finding.Error,
		Fact:     finding.Fact{Quotation: &finding.Quotation{Text: message}},
		Location: finding.Location{File: file, Line: line},
	}
}
