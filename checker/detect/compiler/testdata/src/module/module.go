// Package module imports a module that is not there.
package module

import "example.com/nobody/nothing"

var _ = nothing.Value
