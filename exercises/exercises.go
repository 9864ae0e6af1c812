// Package exercises embeds the exercises: one folder each, named NN-slug,
// holding exercise.toml, README.md, the broken code and its tests.
//
// The code is broken on purpose, so go.mod keeps the folders out of ./...
// patterns; an exercise is built only when it is named.
package exercises

import "embed"

// FS holds the exercise folders at its root.
//
//go:embed [0-9]*
var FS embed.FS
