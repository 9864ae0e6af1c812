package mailroom_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	mailroom "racelab/exercises/04-daemon-workers"
)

// town is where a scenario takes place: two rooms are open.
type town struct{ r, other *house }

// house is a mail room and what its carriers have done.
type house struct {
	*mailroom.Room
	carriers int

	// arrived counts deliveries of letters that tell which call posts them. No lock
	// guards it: whether Close waits for all of them, the race detector knows.
	arrived [mostCalls]int
	back    [mostCalls]chan struct{} // for a call that waits until its letter is delivered

	onWay, most int                 // letters that are on the way
	alike       [len(alike) + 1]int // deliveries of letters of which there may be more than one
}

// mostCalls is more than a scenario has.
const mostCalls = 400

// own begins a letter of which there is one: a Token follows.
const own = "call "

// alike are letters of which there may be more than one.
var alike = [...]string{"", "a bill"}

// Contract is what one can do with mail rooms.
func Contract() contract.Contract {
	type ops = []contract.Op[*town]
	r := func(t *town) *house { return t.r }
	other := func(t *town) *house { return t.other }
	terms := contract.Terms[*town]{Ops: ops{
		posting("r", r), expecting("r", r), expecting("other", other),
		same("r", r, 0), same("r", r, 1), same("other", other, 0),
		{Text: `p := mailroom.Open(1, deliver); p.Post(letter); p.Post(""); p.Post(""); p.Close()`, Calls: true, Do: oneDay},
		apart("rooms with 1, 2, 7 and 300 carriers, who are all held up, and 16 more letters", crowded),
		apart("a room with one carrier, and two goroutines that post 550 letters each while it is held up", longQueue),
		apart("a room with two carriers, one of which is held up while 20 letters come", unequal),
		apart("a room with 300 carriers, of whom 290 are held up while more letters come", mostAway),
		apart("a room with three carriers who have nothing to do for 20 seconds, twice", quietTimes(20*time.Second)),
		apart("a room with three carriers who have nothing to do for 50 minutes, twice", quietTimes(50*time.Minute)),
		apart("a room whose letters take an hour each", longWay),
		apart("letters that look like something else", oddLetters),
		apart("days without letters", noLetters),
		apart("70 rooms, all open at the same time", manyRooms),
		{Text: "r.Close(), and what has been delivered", Finally: true, Do: func(t *town, c *contract.Call) { t.r.close(c) }},
		{Text: "other.Close(), and what has been delivered", Finally: true, Do: func(t *town, c *contract.Call) { t.other.close(c) }},
	}}
	for _, carriers := range []int{1, 3, 20} {
		terms.Setups = append(terms.Setups, contract.Setup[*town]{
			Text: fmt.Sprintf("r, other := mailroom.Open(%d, deliver), mailroom.Open(1, deliverOther)", carriers),
			Open: func() *town { return &town{opened(carriers), opened(1)} },
		})
	}
	terms.Setups = append(terms.Setups, contract.Setup[*town]{
		Text: `r, other := mailroom.Open(2, deliver), mailroom.Open(1, deliverOther); r.Post("a bill"); other.Post("")`,
		Open: func() *town {
			t := &town{opened(2), opened(1)}
			t.r.Post("a bill")
			t.other.Post("")
			return t
		},
	})
	return contract.Of(terms)
}

func apart(text string, do func(*contract.Call)) contract.Op[*town] {
	return contract.Op[*town]{Text: text, Apart: true, Do: func(_ *town, c *contract.Call) { do(c) }}
}

// posting is a letter of its own.
func posting(name string, room func(*town) *house) contract.Op[*town] {
	return contract.Op[*town]{
		Text: name + ".Post(letter)", Calls: true,
		Do: func(t *town, c *contract.Call) { room(t).Post(own + c.Token()) },
	}
}

// expecting is a letter whose sender waits until it is delivered.
func expecting(name string, room func(*town) *house) contract.Op[*town] {
	return contract.Op[*town]{
		Text: name + ".Post(letter) // and wait until it is delivered", Calls: true,
		Do: func(t *town, c *contract.Call) {
			h, back := room(t), make(chan struct{})
			at, _ := strconv.Atoi(c.Token())
			h.back[at] = back
			h.Post(own + c.Token())
			<-back
		},
	}
}

// same is a letter of which there may be more than one.
func same(name string, room func(*town) *house, letter int) contract.Op[*town] {
	return contract.Op[*town]{
		Text: fmt.Sprintf("%s.Post(%q)", name, alike[letter]),
		Do:   func(t *town, _ *contract.Call) { room(t).Post(alike[letter]) },
	}
}

// oneDay is a room that opens and closes while others are open.
func oneDay(_ *town, c *contract.Call) {
	p := opened(1)
	p.Post(own + c.Token())
	p.Post("")
	p.Post("")
	p.close(c)
}

func opened(carriers int) *house {
	h := &house{carriers: carriers}
	h.Room = mailroom.Open(carriers, h.deliver)
	return h
}

// deliver is what the carriers of a house do.
func (h *house) deliver(letter string) {
	h.walk(1)
	defer h.walk(-1)
	token, isOwn := strings.CutPrefix(letter, own)
	c := contract.Find(token)
	if !isOwn || c == nil {
		h.arrive(slices.Index(alike[:], letter))
		return
	}
	c.Inside()
	at, _ := strconv.Atoi(token)
	h.arrived[at]++
	if h.back[at] != nil {
		close(h.back[at])
	}
}

// walk counts the letters that are on the way.
//
//go:norace
func (h *house) walk(change int) {
	h.onWay += change
	h.most = max(h.most, h.onWay)
}

// arrive counts a letter that is one of alike, or is none of them.
//
//go:norace
func (h *house) arrive(letter int) { h.alike[letter+1]++ }

// close closes the room, and returns what has been delivered by then.
func (h *house) close(c *contract.Call) {
	h.Close()
	var letters []string
	for call, times := range h.arrived {
		switch {
		case times == 1:
			letters = append(letters, fmt.Sprint(call))
		case times > 1:
			letters = append(letters, fmt.Sprintf("%d (%d times)", call, times))
		}
	}
	c.Return("delivered: letters of calls " + strings.Join(letters, " "))
	c.Return(h.others())
}

//go:norace
func (h *house) others() string {
	text := fmt.Sprintf("%d empty ones, %d bills", h.alike[1], h.alike[2])
	if h.alike[0] > 0 {
		text += fmt.Sprintf(", %d that nobody posted", h.alike[0])
	}
	if h.most > h.carriers {
		text += fmt.Sprintf(", and %d were on the way at the same time", h.most)
	}
	return text
}

// A road is where carriers walk in a scenario of one goroutine. At its gate they are
// held up until it is opened.
type road struct {
	carriers int

	mu          sync.Mutex
	gate        chan struct{}
	onWay, most int
	delivered   []string
}

func newRoad(carriers int) *road { return &road{carriers: carriers, gate: make(chan struct{})} }

func (r *road) walk(letter string) {
	gate := r.setsOut()
	<-gate
	r.arrives(letter)
}

func (r *road) setsOut() (gate chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.onWay++
	r.most = max(r.most, r.onWay)
	return r.gate
}

func (r *road) arrives(letter string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.onWay--
	r.delivered = append(r.delivered, letter)
}

// heldUp lets all carriers set out who can, and tells how many letters are on the way.
func (r *road) heldUp() string {
	contract.Rest(10 * time.Second)
	r.mu.Lock()
	defer r.mu.Unlock()
	return fmt.Sprintf("%d on the way", r.onWay)
}

// open opens the gate, and puts a new one there if it is to be closed again.
func (r *road) open(closesAgain bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.gate)
	if closesAgain {
		r.gate = make(chan struct{})
	}
}

// books are what has been delivered, and whether too many letters were on the way. How
// many there were is a matter of who was faster.
func (r *road) books() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	letters := slices.Clone(r.delivered)
	slices.Sort(letters)
	text := fmt.Sprintf("%d delivered, %d different ones", len(letters), len(slices.Compact(letters)))
	if r.most > r.carriers {
		text += fmt.Sprintf(", and %d were on the way at the same time", r.most)
	}
	return text
}

// crowded is about rooms all of whose carriers are held up. Then 16 letters more can be
// posted.
func crowded(c *contract.Call) {
	for _, carriers := range []int{1, 2, 7, 300} {
		way := newRoad(carriers)
		room := mailroom.Open(carriers, way.walk)
		for i := range carriers {
			room.Post(fmt.Sprint("letter ", i))
		}
		c.Return(way.heldUp())
		for i := range 16 {
			room.Post(fmt.Sprint("bill ", i))
		}
		c.Return(way.heldUp())
		way.open(false)
		room.Close()
		c.Return(way.books())
	}
}

// longQueue is about more letters than the queue has room for.
func longQueue(c *contract.Call) {
	way := newRoad(1)
	room := mailroom.Open(1, way.walk)
	var posting sync.WaitGroup
	for department := range 2 {
		posting.Go(func() {
			for i := range 550 {
				room.Post(fmt.Sprint("letter ", department, " ", i))
			}
		})
	}
	c.Return(way.heldUp())
	way.open(false)
	posting.Wait()
	room.Close()
	c.Return(way.books())
}

// unequal is about a carrier that is held up: the other one brings all letters that
// come meanwhile.
func unequal(c *contract.Call) {
	way, far := newRoad(2), newRoad(1)
	way.open(false)
	room := mailroom.Open(2, fork(way, far))
	room.Post("far")
	c.Return(far.heldUp())
	for i := range 20 {
		room.Post(fmt.Sprint("letter ", i))
		contract.Rest(time.Second)
	}
	c.Return(way.books())
	far.open(false)
	room.Close()
	c.Return(way.books(), far.books())
}

// fork is a way that those with letters of which the text begins with "far" leave.
func fork(way, far *road) func(letter string) {
	return func(letter string) {
		if strings.HasPrefix(letter, "far") {
			far.walk(letter)
		} else {
			way.walk(letter)
		}
	}
}

// mostAway is about a room where some carriers come back while most are held up. Then there
// are letters for all who are back, and 16 more.
func mostAway(c *contract.Call) {
	const carriers, back = 300, 10
	way, far := newRoad(back), newRoad(carriers)
	room := mailroom.Open(carriers, fork(way, far))
	for i := range carriers - back {
		room.Post(fmt.Sprint("far ", i))
	}
	for i := range back {
		room.Post(fmt.Sprint("letter ", i))
	}
	c.Return(far.heldUp(), way.heldUp())
	way.open(false)
	c.Return(way.heldUp())
	for i := range back + 16 {
		room.Post(fmt.Sprint("far, too ", i))
	}
	c.Return(far.heldUp())
	far.open(false)
	room.Close()
	c.Return(way.books(), far.books())
}

// quietTimes is about carriers who have nothing to do for long, and then have to set
// out together.
func quietTimes(long time.Duration) func(*contract.Call) {
	return func(c *contract.Call) {
		way := newRoad(3)
		room := mailroom.Open(3, way.walk)
		for round := range 2 {
			contract.Rest(long)
			for i := range 3 {
				room.Post(fmt.Sprint("letter ", round, " ", i))
			}
			c.Return(way.heldUp())
			way.open(true)
		}
		contract.Rest(long)
		way.open(false)
		room.Close()
		c.Return(way.books())
	}
}

// longWay is about letters that take long. Close waits for them all the same. No carrier is
// idle meanwhile.
func longWay(c *contract.Call) {
	way := newRoad(2)
	way.open(false)
	room := mailroom.Open(2, func(letter string) {
		contract.Rest(time.Hour)
		way.walk(letter)
	})
	for i := range 4 {
		room.Post(fmt.Sprint("letter ", i))
	}
	room.Close()
	c.Return(way.books())
}

// oddLetters is about texts that are unusual and letters all the same.
func oddLetters(c *contract.Call) {
	way := newRoad(2)
	way.open(false)
	room := mailroom.Open(2, way.walk)
	odd := []string{
		"", "", " ", "\x00", "\n", "quit", "stop", "exit", "done", "close", "closed", "end", "EOF", "nil", "<nil>", "go home", "0", "-1", "\xff", "Größe",
		strings.Repeat("x", 70_000), "",
	}
	for _, letter := range odd {
		room.Post(letter)
	}
	room.Close()
	c.Return(way.books())
	for _, letter := range odd {
		if !slices.Contains(way.delivered, letter) {
			c.Return(fmt.Sprintf("not delivered: %.20q", letter))
		}
	}
}

// noLetters is about rooms into which nothing is posted.
func noLetters(c *contract.Call) {
	way := newRoad(0)
	for _, carriers := range []int{1, 5, 40} {
		mailroom.Open(carriers, way.walk).Close()
		room := mailroom.Open(carriers, way.walk)
		contract.Rest(time.Second)
		room.Close()
	}
	c.Return(way.books())
}

// manyRooms is about rooms that do not close in the order in which they open.
func manyRooms(c *contract.Call) {
	const n = 70
	rooms, ways := make([]*mailroom.Room, n), make([]*road, n)
	for i := range n {
		ways[i] = newRoad(1 + i%3)
		ways[i].open(false)
		rooms[i] = mailroom.Open(ways[i].carriers, ways[i].walk)
	}
	for i := range n {
		for number := range i % 20 {
			rooms[i].Post(fmt.Sprint("letter ", number))
		}
	}
	for i := range n {
		next := i * 3 % n // each once
		rooms[next].Close()
		c.Return(len(ways[next].delivered))
	}
}
