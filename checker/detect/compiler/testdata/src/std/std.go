// Package std imports a package of the standard library that does not exist.
package std

import (
	"synk"
)

var mu synk.Mutex
