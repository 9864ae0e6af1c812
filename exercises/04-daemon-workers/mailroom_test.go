package mailroom_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	mailroom "racelab/exercises/04-daemon-workers"
)

// Two departments post at the same time, an empty envelope among the letters.
// When Close returns, every letter has been delivered once, and there were
// never more carriers on the way than the room has.
func TestEveryLetterIsDelivered(t *testing.T) {
	posts := [][]string{
		{"sales 1", "sales 2", "", "sales 4", "sales 5", "sales 6"},
		{"tax 1", "tax 2", "tax 3", "tax 4", "tax 5", "tax 6"},
	}
	const carriers = 2
	s := newStreet(slices.Concat(posts...)...)
	room := mailroom.Open(carriers, s.deliver)
	start := make(chan struct{})
	var departments sync.WaitGroup
	for _, letters := range posts {
		departments.Go(func() {
			<-start
			for _, letter := range letters {
				room.Post(letter)
			}
		})
	}
	close(start)
	departments.Wait()
	room.Close()
	s.check(t, carriers)
}

// A quiet hour is not the end of the day.
func TestQuietHour(t *testing.T) {
	s := newStreet("early", "late", "very late")
	delivered := make(chan struct{}, 1)
	room := mailroom.Open(2, func(letter string) {
		s.deliver(letter)
		if letter == "early" {
			delivered <- struct{}{}
		}
	})
	room.Post("early")
	<-delivered
	time.Sleep(20 * time.Millisecond)
	room.Post("late")
	room.Post("very late")
	room.Close()
	s.check(t, 2)
}

// On some days nobody posts anything.
func TestNoLetters(t *testing.T) {
	s := newStreet()
	mailroom.Open(2, s.deliver).Close()
	s.check(t, 2)
}

// The carriers walk at the same time: each of three letters waits at the door
// until the other two are there as well.
func TestCarriersWalkAtTheSameTime(t *testing.T) {
	s := newStreet("a", "b", "c")
	var doors sync.WaitGroup
	doors.Add(len(s.letters))
	room := mailroom.Open(len(s.letters), func(letter string) {
		doors.Done()
		doors.Wait()
		s.deliver(letter)
	})
	for _, letter := range s.letters {
		room.Post(letter)
	}
	room.Close()
	s.check(t, len(s.letters))
}

// The only carrier is held up at the first door, until sixteen letters have
// been posted. Those that come after that may have to wait, but are not lost.
func TestFullQueue(t *testing.T) {
	var letters []string
	for i := range 20 {
		letters = append(letters, fmt.Sprint("bill ", i+1))
	}
	s := newStreet(letters...)
	opened := make(chan struct{})
	room := mailroom.Open(1, func(letter string) {
		<-opened
		s.deliver(letter)
	})
	for i, letter := range letters {
		if i == 16 {
			close(opened)
		}
		room.Post(letter)
	}
	room.Close()
	s.check(t, 1)
}

// Two rooms are open at the same time, and one of them closes first.
func TestTwoRooms(t *testing.T) {
	north, south := newStreet("n1", "n2"), newStreet("s1", "s2")
	northRoom, southRoom := mailroom.Open(1, north.deliver), mailroom.Open(1, south.deliver)
	northRoom.Post("n1")
	southRoom.Post("s1")
	northRoom.Post("n2")
	northRoom.Close()
	north.check(t, 1)
	southRoom.Post("s2")
	southRoom.Close()
	south.check(t, 1)
}

// A street is where the letters of a test are expected, each exactly once.
type street struct {
	letters []string
	// arrived counts deliveries, by the index in letters. No lock guards it: two
	// carriers never have the same letter, and the test looks at it only after
	// Close has returned, by when all deliveries must have ended. Whether Close
	// waits for them or is merely late, the race detector knows.
	arrived []int

	mu      sync.Mutex
	walking int
	most    int // that were walking at the same time
	unknown []string
}

func newStreet(letters ...string) *street {
	return &street{letters: letters, arrived: make([]int, len(letters))}
}

// deliver takes a moment, as walking does.
func (s *street) deliver(letter string) {
	s.setOut()
	time.Sleep(time.Millisecond)
	s.comeBack()
	if i := slices.Index(s.letters, letter); i >= 0 {
		s.arrived[i]++
	} else {
		s.unexpected(letter)
	}
}

func (s *street) setOut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.walking++
	s.most = max(s.most, s.walking)
}

func (s *street) comeBack() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.walking--
}

func (s *street) unexpected(letter string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unknown = append(s.unknown, letter)
}

// check is called when the room has been closed.
func (s *street) check(t *testing.T, carriers int) {
	t.Helper()
	for i, n := range s.arrived { // before the lock, which would order too much
		if n != 1 {
			t.Errorf("when Close returned, letter %q had been delivered %d times; want once", s.letters[i], n)
		}
	}
	t.Attr("deliveries", fmt.Sprint(s.arrived))

	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.unknown) > 0 {
		t.Errorf("delivered %q, which nobody posted", s.unknown)
	}
	if s.most > carriers {
		t.Errorf("%d letters were on the way at the same time; the room has %d carriers", s.most, carriers)
	}
}
