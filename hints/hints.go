// Package hints embeds the graduated hints of every exercise.
package hints

import "embed"

// FS holds one NN-slug.md for each exercise: sections "## 1", "## 2", "## 3",
// from "where to look" to "the shape of the fix".
//
//go:embed [0-9]*.md
var FS embed.FS
