// Package initcycle has a variable that needs itself.
package initcycle

var a = f()

func f() int { return b + 1 }

var b = a
