package watch

import "testing"

// Watchers come while the topic is being closed: each comes to an end.
func TestWatchersEnd(t *testing.T) {
	var topic Topic
	early := topic.Watch()
	for range 2 {
		go func() {
			for range topic.Watch() {
			}
		}()
	}
	topic.Close()

	var got []string
	for news := range early {
		got = append(got, news)
	}
	if len(got) != 1 || got[0] != "closed" {
		t.Errorf("the early watcher was told %q", got)
	}
}
