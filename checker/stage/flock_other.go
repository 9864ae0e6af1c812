//go:build !unix

package stage

import (
	"errors"
	"os"
)

// flock locks nothing on systems where nothing is started: there a workspace counts as
// used for ever.
func flock(_ *os.File, wait bool) error {
	if wait {
		return nil
	}
	return errors.ErrUnsupported
}
