// Package library says which calls into code that is not instrumented may order
// goroutines: take a lock, do an atomic operation, wait, write to a file.
//
// Where that is not known, they may. So what is listed here is what does not: it
// keeps no state that goroutines share, or keeps it in caches that last as long as
// the process, or in pools, which package sched empties.
package library

import (
	"slices"
	"strings"
)

// Quiet reports whether nothing in the package at path orders goroutines. The
// packages that have a stand-in are quiet: their operations are yield points.
//
//go:norace
func Quiet(path string) bool {
	switch path {
	case "", "bytes", "cmp", "context", "embed", "errors", "html", "iter", "maps", "path", "reflect", "regexp",
		"regexp/syntax", "runtime/debug", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "testing",
		"testing/quick", "time", "unsafe", "net/netip", "net/url", "text/tabwriter",
		"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "go.uber.org/goleak":
		return true
	}
	for _, room := range rooms {
		if strings.HasPrefix(path, room) && (len(path) == len(room) || path[len(room)] == '/') {
			return true
		}
	}
	return false
}

// rooms are packages that are quiet with all beneath them.
var rooms = [...]string{
	"container", "crypto", "hash", "math", "unicode", "github.com/google/go-cmp", "racelab/checker/labrt",
}

// QuietFunction reports whether a function or a method of the package at path orders
// no goroutines.
func QuietFunction(path, name string) bool {
	if Quiet(path) {
		return path+"."+name != "context.Cause"
	}
	for _, quiet := range functions[path] {
		if prefix, ok := strings.CutSuffix(quiet, "*"); name == quiet || ok && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasPrefix(path, "encoding/") && !slices.Contains(streams, name)
}

// streams are the functions and methods of the packages in encoding that read or write.
var streams = []string{"Encode", "EncodeElement", "EncodeToken", "Decode", "DecodeElement", "Token", "Read", "ReadAll", "Write", "WriteAll", "Flush", "Register"}

// functions are what is quiet in packages that are not. A star stands for any end.
var functions = map[string][]string{
	"bufio":    {"New*", "Scan*", "Buffer", "Split", "Text", "Bytes", "Err"},
	"fmt":      {"Sprint*", "Errorf", "Append*", "Sscan*"},
	"io":       {"LimitReader", "MultiReader", "MultiWriter", "NewSectionReader", "NewOffsetWriter", "NopCloser", "TeeReader"},
	"log":      {"New"},
	"log/slog": {"New*", "Any*", "Bool*", "Duration*", "Float64*", "Group*", "Int*", "String*", "Time*", "Uint64*"},
	"os":       {"Exit", "IsExist", "IsNotExist", "IsPermission", "IsTimeout", "Is*"},
	"runtime": {
		"Caller*", "FuncForPC", "GC", "GOMAXPROCS", "GOROOT", "Goexit", "Gosched", "KeepAlive", "Num*", "ReadMemStats",
		"Stack", "Version", "Next", "Name", "FileLine", "Entry",
	},
}

// Carries reports whether a function of the package at path works on the readers and
// writers that it is given, and on nothing else that goroutines share.
func Carries(path string) bool { return path == "io" || path == "fmt" }
