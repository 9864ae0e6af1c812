package rt

import (
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"racelab/checker/labrt/wire"
)

// The parent sends SIGQUIT to ask what every goroutine is doing. The answer does not
// come from the Go run-time: its dump leaves out the stacks of running goroutines,
// and goes to standard error, where the code under test can write too.
func init() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGQUIT)
	go func() {
		<-asked
		Stuck()
	}()
}

// maxDump bounds a dump of all goroutines, in bytes.
const maxDump = 16 << 20

// Stuck records what every goroutine is doing and ends the process.
func Stuck() {
	buf := make([]byte, 1<<16)
	n := runtime.Stack(buf, true)
	for n == len(buf) && n < maxDump {
		buf = make([]byte, 2*len(buf))
		n = runtime.Stack(buf, true)
	}
	Emit(wire.Event{Event: wire.Hang, Text: string(buf[:n])})
	os.Exit(wire.ExitStuck)
}
