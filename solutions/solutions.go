// Package solutions embeds, for each exercise, the reference solution and, in
// testdata, other right fixes (accepted) and near-miss wrong ones (rejected).
package solutions

import "embed"

// FS holds the solution folders, named like the exercises, at its root.
//
//go:embed [0-9]*
var FS embed.FS
