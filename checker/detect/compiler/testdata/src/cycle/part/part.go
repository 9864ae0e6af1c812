// Package part imports the package that imports it.
package part

import "racelab/exercises/cycle"

var V = cycle.V
