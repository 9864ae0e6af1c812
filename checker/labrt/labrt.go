// Package labrt holds the source of the run-time that is linked into the
// learner's binary. It is embedded, so that an installed racelab needs no clone.
//
// The run-time itself is in the folders beneath: wire (the messages between parent
// and child), rt (mode, record, watching go-deadlock), library (which calls may order
// goroutines), sched (the controlled scheduler), and the stand-ins that instrumented
// code imports instead of the originals: sync, testing, errgroup, semaphore, pipe, maps,
// maphash and rand. Package value orders what has no order.
// With contract the contracts of exercises are written.
package labrt

import "embed"

// Module is the path of the module that the folders form in a workspace.
const Module = "racelab/checker/labrt"

// Source is the run-time's source, laid out as in this folder.
//
//go:embed wire rt library sched sync testing contract errgroup semaphore pipe value maps maphash rand
var Source embed.FS
