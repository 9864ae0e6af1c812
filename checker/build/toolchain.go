// Package build knows the Go command: which one there is, and the command
// lines that vet and build a workspace. The argument lists are pure functions.
package build

import "context"

// A Toolchain is the Go installation that builds submissions.
type Toolchain struct {
	Go         string // path of the go command
	Version    string // "go1.26.8"
	OS, Arch   string
	CC         string // path of the C compiler that -race needs, empty when there is none
	GOCACHE    string
	GOMODCACHE string
}

// FindToolchain asks the go command on the PATH. The error says what is
// missing and what to install.
func FindToolchain(ctx context.Context) (Toolchain, error) {
	return Toolchain{}, nil
}
