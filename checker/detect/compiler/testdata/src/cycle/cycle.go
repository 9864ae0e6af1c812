// Package cycle imports a package that imports it.
package cycle

import "racelab/exercises/cycle/part"

var V = part.V
