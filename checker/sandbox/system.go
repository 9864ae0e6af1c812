package sandbox

import "fmt"

// Unsupported says why no process can be run under limits on a system, named as
// runtime.GOOS does; nil where it can.
func Unsupported(goos string) error {
	if goos == "windows" {
		return fmt.Errorf("racelab cannot run programs on windows: it could not end a process together with all that it has started")
	}
	return nil
}

// Unknown says what cannot be told of processes on a system, and what follows; ""
// where all can.
func Unknown(goos string) string {
	if goos == "linux" {
		return ""
	}
	return "how long a program is idle and how much memory it takes cannot be told here: one that hangs takes longer to be stopped"
}
