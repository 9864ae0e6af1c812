// Package source parses Go files and type-checks packages, once for everybody who
// looks at them.
package source

import (
	"go/parser"
	"go/token"
)

// PackageClause returns the name in the package clause of a file; "" if there is
// none that can be read.
func PackageClause(src []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}
