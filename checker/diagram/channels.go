package diagram

import (
	"slices"
	"strings"

	"racelab/checker/finding"
)

// A channel is what is known of one while its steps are gone through: what a run-time keeps
// of a channel, with the steps in place of the values.
type channel struct {
	buffer    []int       // the sends whose value is in it, oldest first
	senders   []queued    // those who wait for room
	receivers []int       // the lanes that wait for a value
	given     map[int]int // for a lane that need no longer wait for a value: the send of it
	freed     map[int]int // for one that need no longer wait for room: the receive that made some
	closed    int         // the step that closed it
	unclear   bool        // something that is not seen uses it too
}

// A queued is a lane that waits, and the step since which it does.
type queued struct{ lane, step int }

func newChannel() channel {
	return channel{given: map[int]int{}, freed: map[int]int{}, closed: noStep}
}

// sent begins what a select says that has sent, and not received.
const sent = "sent "

// asTaken is step i with what it turns out to be: a select that has to wait is, from then on,
// in the queue of the channel that it takes in the end.
func (b builder) asTaken(i int) finding.Step {
	s := b.Steps[i]
	if s.Op == finding.OpSelect && blocks(s) && b.next[i] != noStep {
		if next := b.Steps[b.next[i]]; next.Op == finding.OpSelect && !blocks(next) {
			s.Object, s.Value = next.Object, hasToWait
			if strings.HasPrefix(next.Value, sent) {
				s.Value = next.Value + ", " + hasToWait
			}
		}
	}
	return s
}

// objectOf is what step i operates on.
func (b builder) objectOf(i int) string { return b.asTaken(i).Object }

// goesOnAfter reports whether step i ends an operation of its goroutine that had to wait.
func (b builder) goesOnAfter(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if b.lane[j] == b.lane[i] {
			return b.Steps[j].Op == b.Steps[i].Op && blocks(b.Steps[j])
		}
	}
	return false
}

// onChannel pairs sends and receives.
func (b builder) onChannel(c *channel, i int) []Edge {
	s, lane := b.asTaken(i), b.lane[i]
	waits, waited := blocks(s), b.goesOnAfter(i)
	switch {
	case s.Op == opClose:
		c.closed, c.receivers = i, nil
	case s.Value == closed:
		return edgesFrom(present(c.closed), i, EdgeClose)
	case s.Value == "default" || c.unclear:
	case s.Op == finding.OpSend || s.Op == finding.OpSelect && strings.HasPrefix(s.Value, sent):
		switch {
		case waited:
			return b.roomFor(c, lane, i)
		case waits:
			c.senders = append(c.senders, queued{lane, i})
		default:
			c.send(i)
		}
	case waits:
		c.receivers = append(c.receivers, lane)
	case waited:
		from, ok := c.given[lane]
		delete(c.given, lane)
		c.receivers = slices.DeleteFunc(c.receivers, func(l int) bool { return l == lane })
		return b.received(c, from, i, ok)
	default:
		from, ok := c.take(i)
		return b.received(c, from, i, ok)
	}
	return nil
}

// send gives the value of a send to the first who waits for one.
func (c *channel) send(i int) {
	if len(c.receivers) == 0 {
		c.buffer = append(c.buffer, i)
		return
	}
	c.given[c.receivers[0]] = i
	c.receivers = c.receivers[1:]
}

// take is the send whose value a receive takes that need not wait. It makes room for the
// first who waits for some.
func (c *channel) take(i int) (from int, ok bool) {
	if len(c.senders) > 0 {
		first := c.senders[0]
		c.senders = c.senders[1:]
		c.freed[first.lane] = i
		c.buffer = append(c.buffer, first.step)
	}
	if len(c.buffer) == 0 {
		return noStep, false
	}
	from = c.buffer[0]
	c.buffer = c.buffer[1:]
	return from, true
}

// roomFor says which receive has ended that a lane waits to send.
func (b builder) roomFor(c *channel, lane, i int) []Edge {
	from, ok := c.freed[lane]
	delete(c.freed, lane)
	if !ok {
		c.unclear = true
		return nil
	}
	return []Edge{{from, i, EdgeRoom}}
}

// received pairs a receive with its send. Where the values differ, or there is no such send,
// somebody else has sent: nothing more is said of that channel.
func (b builder) received(c *channel, from, i int, ok bool) []Edge {
	if !ok || differ(valueOf(b.asTaken(from)), valueOf(b.Steps[i])) {
		c.unclear = true
		return nil
	}
	return []Edge{{from, i, EdgeSend}}
}

// differ reports whether two values are known, and not the same.
func differ(a, b string) bool { return a != "" && b != "" && a != b }

func present(step int) []int {
	if step == noStep {
		return nil
	}
	return []int{step}
}
