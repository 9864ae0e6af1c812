package main

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestWithConstants(t *testing.T) {
	source, ok := withConstants([]byte("// A comment about\n// package a\n\npackage a\n\nimport \"time\"\n\nvar d = time.Second\n"))
	if !ok {
		t.Fatal("the package clause is not found")
	}
	if f, err := parser.ParseFile(token.NewFileSet(), "a.go", source, 0); err != nil || len(f.Imports) != 2 {
		t.Errorf("%v in\n%s", err, source)
	}
	if _, ok := withConstants([]byte("package a; var x int")); ok {
		t.Error("where there is more on the line, it is not known what comes next")
	}
}
