// Right: the channel has a place for the one answer there will be, so that it can
// be sent whether anybody still wants it or not.

// Package ask asks a question that can be withdrawn.
package ask

import "context"

// Ask calls answer and returns what it says, or the context's error if that is
// done earlier.
func Ask(ctx context.Context, answer func() string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	said := make(chan string, 1)
	go func() { said <- answer() }()
	select {
	case text := <-said:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
