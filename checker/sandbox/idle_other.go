//go:build !linux

package sandbox

import "time"

// idlePoll is how often a process is looked at.
const idlePoll = time.Second

// An idleWatch knows nothing here: the wall-clock limit has to do.
type idleWatch struct{ pid int }

func (w *idleWatch) idle() time.Duration { return 0 }
