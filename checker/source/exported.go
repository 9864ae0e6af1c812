package source

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
)

// Exported returns an importer that reads files with export data, by import path.
// It remembers what it has read. It is not for several goroutines at once.
func Exported(files map[string]string) types.Importer {
	lookup := func(path string) (io.ReadCloser, error) {
		name, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(name)
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", lookup)
}
