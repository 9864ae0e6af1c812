// Package wall confines a process, and all that it starts, before it runs what nobody has
// read. It can do so on Linux, without root.
//
// A process can only confine itself. So racelab starts itself once more: Enter puts the
// wall around that process and has it become the program. From then on the kernel keeps
// the wall: landlock and name spaces say which files there are, seccomp which system
// calls. What the kernel has no means for is not denied: see the tiers of package sandbox.
package wall

import (
	"encoding/json"
	"errors"
)

// A Wall is what a process, and all that it starts, may reach. Nothing else can be read,
// written or run; there is no network, and no sight of other processes.
type Wall struct {
	// Run are files and folders that may be read, and the programs in them run; Read
	// those that may be read. What is missing is left out.
	Run  []string `json:"run,omitempty"`
	Read []string `json:"read,omitempty"`
	// Write are folders in which everything may be done.
	Write []string `json:"write,omitempty"`
	// Add are folders in which files may be made and written, but neither read, emptied
	// nor removed.
	Add []string `json:"add,omitempty"`
	// Alone denies processes of its own, and all system calls but those that a Go program
	// needs to compute: it is for what runs a submission's code, and nothing else.
	Alone bool `json:"alone,omitempty"`
	// Spaces puts name spaces around it, in which it was started: see Spaces.
	Spaces bool `json:"spaces,omitempty"`
	// FileSize bounds each file that is written, in bytes; 0: no limit.
	FileSize int64 `json:"file_size,omitempty"`
	// Status is the descriptor on which Enter says what is wrong.
	Status int `json:"status"`
}

// Command is the first argument of a racelab that is to Enter.
const Command = "within-walls"

// Argv is the command line with which exe puts the wall around argv.
func (w Wall) Argv(exe string, argv []string) ([]string, error) {
	text, err := json.Marshal(w)
	return append([]string{exe, Command, string(text)}, argv...), err
}

// statusFailed is the exit status of a process that could not be confined.
const statusFailed = 3

var errNotAsked = errors.New("this is for racelab itself")

// Enter does what args of the form of Argv, without exe, ask for. It does not return if
// all goes well; otherwise it returns the exit status.
func Enter(args []string) int {
	var w Wall
	if len(args) < 3 || json.Unmarshal([]byte(args[1]), &w) != nil {
		return w.fail(errNotAsked)
	}
	return w.fail(w.enter(args[2:]))
}
