// These programs do the same before and after the rewriting: the same output,
// the same panics at the same lines. What is named on the command line is run.
package main

import "os"

var programs = map[string]func(){
	"goroutines": goroutines,
	"channels":   channels,
	"ranges":     ranges,
	"selects":    selects,
	"names":      names,
	"dots":       dots,
	"generics":   generics,
	"contexts":   contexts,
	"old":        old,
	"state":      state,
	"library":    library,
	"maps":       loops,
}

func main() {
	for _, name := range os.Args[1:] {
		if crash, ok := crashes[name]; ok {
			crash()
		}
		println("--", name)
		programs[name]()
	}
}
