package wall

import (
	"fmt"
	"os"
)

// fail says on the status descriptor what is wrong. Standard error is the program's.
func (w Wall) fail(err error) int {
	if f := os.NewFile(uintptr(w.Status), "status"); w.Status > 2 && f != nil {
		_, _ = f.WriteString(err.Error()) // nobody else can be told
		return statusFailed
	}
	fmt.Fprintln(os.Stderr, "racelab:", err)
	return statusFailed
}
