package source

import (
	"bytes"
	"go/build"
	"go/token"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

// A Package is the parsed files of one folder: a package, its tests, and the tests
// in a package of their own.
type Package struct {
	Path      string // import path
	GoVersion string // language version, such as "go1.26"; "" is the newest
	Files     []*File

	fset *token.FileSet
}

// Parse parses the files of a folder, whose contents are given by name. Syntax
// errors are in the files: see Err.
func Parse(importPath, goVersion string, files map[string][]byte) *Package {
	p := &Package{Path: importPath, GoVersion: goVersion, fset: token.NewFileSet()}
	for _, name := range InOrder(slices.Collect(maps.Keys(files))) {
		f := parseFile(p.fset, name, files[name])
		f.Excluded = excluded(name, files[name])
		p.Files = append(p.Files, f)
	}
	return p
}

// InOrder sorts the names of files as the go command gives them to the compiler:
// tests come last. The order decides in which order variables are initialised.
func InOrder(names []string) []string {
	slices.SortFunc(names, func(a, b string) int {
		if isTestFile(a) != isTestFile(b) {
			if isTestFile(b) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return names
}

// excluded reports whether the go command leaves the file out of a build for the
// race detector. Of a file that it cannot read the parser says more.
func excluded(name string, text []byte) bool {
	ctxt := build.Default
	ctxt.BuildTags = []string{"race"}
	ctxt.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	ok, err := ctxt.MatchFile("", path.Base(name))
	return !ok && err == nil
}

// File returns the file with the given name, nil if there is none.
func (p *Package) File(name string) *File {
	for _, f := range p.Files {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Err returns the syntax errors of the first file that has some.
func (p *Package) Err() error { return firstError(p.Files) }

func firstError(files []*File) error {
	for _, f := range files {
		if f.Err != nil {
			return f.Err
		}
	}
	return nil
}

// Imports returns the import paths that the files name, sorted, without those
// that need no export data: its own, and unsafe.
func (p *Package) Imports() []string {
	set := map[string]bool{}
	for _, f := range p.Files {
		for _, path := range f.Imports() {
			set[path] = path != p.Path && path != "unsafe"
		}
	}
	maps.DeleteFunc(set, func(_ string, needed bool) bool { return !needed })
	return slices.Sorted(maps.Keys(set))
}

// Tests are the names of the test functions in all files, in order.
func (p *Package) Tests() []string {
	var names []string
	for _, f := range p.Files {
		names = append(names, f.Tests()...)
	}
	return names
}

// A Unit is what the compiler compiles at once.
type Unit struct {
	Path  string  // import path
	Files []*File // in the order in which the compiler gets them
}

// Units are what there is to compile, in order: the package with the tests that
// belong to it, and the tests in a package of their own. Either may be missing.
func (p *Package) Units() []Unit {
	return nonEmpty(p.unit(File.inPackage), p.external())
}

func nonEmpty(units ...Unit) []Unit {
	return slices.DeleteFunc(units, func(u Unit) bool { return len(u.Files) == 0 })
}

// own is the package without any tests: what others may import.
func (p *Package) own() Unit {
	return p.unit(func(f File) bool { return !f.IsTest() })
}

func (p *Package) external() Unit {
	u := p.unit(func(f File) bool { return !f.inPackage() })
	u.Path += externalSuffix
	return u
}

// externalSuffix ends the name and the import path of a package of tests.
const externalSuffix = "_test"

// UnitPath is the import path of the unit that f belongs to.
func (p *Package) UnitPath(f *File) string {
	if f.inPackage() {
		return p.Path
	}
	return p.Path + externalSuffix
}

func (p *Package) unit(has func(File) bool) Unit {
	u := Unit{Path: p.Path}
	for _, f := range p.Files {
		if !f.Excluded && has(*f) {
			u.Files = append(u.Files, f)
		}
	}
	return u
}

// inPackage reports whether the file is part of the folder's package, not of the
// package of its tests.
func (f File) inPackage() bool { return !f.IsTest() || !strings.HasSuffix(f.Clause(), externalSuffix) }
