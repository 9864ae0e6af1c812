package stage

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/gotool"
	"racelab/checker/source"
)

// Units are the packages of the instrumented tree in the order in which they are
// built: the exercise's with the tests in it, the tests in a package of their own,
// and the program that runs them.
func (ws *Workspace) Units() []gotool.Unit {
	own, apart := gotool.Unit{Path: ws.ImportPath(), Lang: GoVersion}, gotool.Unit{Path: ws.ImportPath() + "_test", Lang: GoVersion}
	clauses := map[string]string{harnessFile: ws.harness}
	for name, src := range ws.files {
		clauses[name] = source.PackageClause(src)
	}
	for _, name := range inOrder(clauses) {
		u := &own
		if ws.pathOf(clauses[name]) == apart.Path {
			u = &apart
		}
		u.Files = append(u.Files, filepath.Join(ws.Dir(Instrumented), name))
	}
	units := []gotool.Unit{own, apart, {Path: "main", Lang: GoVersion, Files: []string{filepath.Join(ws.root(Instrumented), mainFile)}}}
	return slices.DeleteFunc(units, func(u gotool.Unit) bool { return len(u.Files) == 0 })
}

// pathOf is the import path of one of the exercise's two packages.
func (ws *Workspace) pathOf(clause string) string {
	if strings.HasSuffix(clause, "_test") {
		return ws.ImportPath() + "_test"
	}
	return ws.ImportPath()
}

// inOrder returns the names of files as the go command orders them: tests last.
func inOrder[V any](files map[string]V) []string {
	names := slices.Sorted(maps.Keys(files))
	slices.SortStableFunc(names, func(a, b string) int { return testsLast(a) - testsLast(b) })
	return names
}

func testsLast(name string) int {
	if strings.HasSuffix(name, "_test.go") {
		return 1
	}
	return 0
}
