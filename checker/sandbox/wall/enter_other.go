//go:build !linux

package wall

import "errors"

func (w Wall) enter([]string) error { return errors.New("only Linux can confine a process") }
