// Command mainrace races in its main goroutine, and prints to where the race
// detector writes its report.
package main

import (
	"fmt"
	"os"
	"time"
)

var total int

func add(n int) { total += n }

func main() {
	fmt.Fprintln(os.Stderr, "WARNING: nothing is wrong")
	fmt.Fprint(os.Stderr, "adding ... ")
	go add(1)
	time.Sleep(5 * time.Millisecond)
	add(2)
	fmt.Fprintln(os.Stderr, "done")
}
