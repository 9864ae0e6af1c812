package codec

import (
	"sync"
	"testing"
)

// A stream is used while codecs are being registered. That may be too early for
// its own codec; once that is registered, it is not.
func TestCodecIsFound(t *testing.T) {
	registry := &Registry{}
	stream := &Stream{Registry: registry, Name: "xor"}
	var user sync.WaitGroup
	user.Go(func() {
		if registry.Len() == 0 {
			return
		}
		if b, err := stream.Encode(5); err == nil && b != 6 {
			t.Errorf("5 was encoded as %d, want 6", b)
		}
	})
	registry.Register("copy", &Codec{})
	registry.Register("xor", &Codec{Key: 3})
	user.Wait()

	b, err := stream.Encode(5)
	if err != nil {
		t.Errorf("the codec is registered, but Encode failed: %v", err)
	} else if b != 6 {
		t.Errorf("5 was encoded as %d, want 6", b)
	}
}
