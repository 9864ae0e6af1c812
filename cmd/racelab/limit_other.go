//go:build !unix

package main

import "time"

func limitProcessor(time.Duration) error { return nil }

func enoughProcessor() error { return nil }
