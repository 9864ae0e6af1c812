// Rare: goroutine-leak
// Native: 0 of 100 runs.
// Whoever answers sends to a channel without a place. If the question is
// withdrawn before the answer is there, nobody receives it, ever.

// Package ask asks a question that can be withdrawn.
package ask

import "context"

// Ask calls answer and returns what it says, or the context's error if that is
// done earlier.
func Ask(ctx context.Context, answer func() string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	said := make(chan string)
	go func() { said <- answer() }()
	select {
	case text := <-said:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
