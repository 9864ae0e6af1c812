package mailroom_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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
		apart("a room with two carriers, and two letters, each of which is delivered when the other is on the way", bothOnTheWay),
		apart("rooms with 1, 2, 7 and 300 carriers, who are all held up, and 16 more letters", crowded),
		apart("a room with a thousand carriers, who are all held up", func(c *contract.Call) { largeRooms(c, 1000) }),
		apart("a room with one carrier, and two goroutines that post 550 letters each while it is held up", longQueue),
		apart("a room with two carriers, one of which is held up while 20 letters come", unequal),
		apart("a room with 300 carriers, of whom 290 are held up while more letters come", mostAway),
		apart("a room with three carriers who have nothing to do for 20 seconds, twice", quietTimes(20*time.Second)),
		apart("a room where for 50 minutes each all three carriers have nothing to do, two of them, a Post waits, and Close", func(c *contract.Call) { slowDay(c, 50*time.Minute) }),
		apart("the same, for each time in the program", func(c *contract.Call) {
			for _, long := range contract.Times(100 * time.Hour) {
				slowDay(c, long+time.Minute)
			}
		}),
		apart("a room whose letters take an hour each", longWay),
		apart("letters that look like something else", oddLetters),
		apart("letters that begin with, or are, a text in the program", namedLetters),
		apart("a room where somebody waits to post one more letter, and 20 others that open, have two letters delivered, and close", func(c *contract.Call) { beside(c, 20) }),
		apart("the same, with as many other rooms as a number in the program", contract.UpTo(900, beside)),
		apart("a room where six wait to post one more letter, and three carriers come back together", backTogether),
		apart("a room where as many wait to post one more letter as a number in the program", contract.UpTo(900, crowdAtTheQueue)),
		apart("20 rooms, in each of which 17 letters have been posted to a carrier who is held up", func(c *contract.Call) { fullRooms(c, 20*17) }),
		apart("the same, with as many letters as a number in the program", contract.UpTo(5_000, fullRooms)),
		apart("a room with as many carriers as a number in the program, who are all held up", contract.UpTo(999, func(c *contract.Call, n int) { largeRooms(c, n) })),
		apart("two rooms, which together have as many", contract.UpTo(1_500, func(c *contract.Call, n int) { largeRooms(c, n/2, n-n/2) })),
		apart("a room with as many letters as a number in the program, and some more", contract.UpTo(20_000, manyLetters)),
		apart("the same, for a large number in the program", func(c *contract.Call) {
			if large := contract.Numbers(20_001, 70_000); len(large) > 0 {
				manyLetters(c, large[0])
			}
		}),
		apart("days without letters", noLetters),
		apart("rooms with 1, 17 and 300 carriers, and with as many as a number in the program, that are closed at once", closedAtOnce),
		apart("carriers are held up while 16 letters come; one comes back and is held up by the first of them, and so does another, who is not", keepsNone),
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

// bothOnTheWay is about two letters that come when two carriers are about to find that there is
// nothing to do, or have just found so. Nobody closes the room before both are on the way.
func bothOnTheWay(*contract.Call) {
	var met sync.WaitGroup
	met.Add(2)
	room := mailroom.Open(2, func(string) {
		met.Done()
		met.Wait()
	})
	room.Post("a bill")
	room.Post("a letter")
	met.Wait()
	room.Close()
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
	return fmt.Sprintf("%d on the way", r.now())
}

// now is how many letters are on the way.
func (r *road) now() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.onWay
}

// arrived is how many letters have been delivered.
func (r *road) arrived() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.delivered)
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

// slowDay is about a day on which everything takes long: until the first letter comes, until
// the second one does while a colleague is on the way, until there is room for one more in
// the queue, and until the last letter has been delivered.
func slowDay(c *contract.Call, long time.Duration) {
	way, far := newRoad(2), newRoad(1)
	room := mailroom.Open(3, fork(way, far))
	contract.Rest(long)
	room.Post("far")
	contract.Rest(long)
	room.Post("letter")
	room.Post("letter, too")
	contract.Rest(10 * time.Second)
	if walk := way.now() + far.now(); walk != 3 {
		c.Return(fmt.Sprintf("of three letters that are posted after idle times of %v, %d are on the way", long, walk))
		way.open(false)
		far.open(false)
		room.Close()
		return
	}
	posted := fill(room, 1)
	contract.Rest(long)
	if walk := way.now() + far.now(); walk != 3 {
		c.Return(fmt.Sprintf("when a Post has waited for %v, three carriers have %d letters on the way", long, walk))
	}
	way.open(false)
	posted.Wait()
	go func() {
		contract.Rest(long)
		far.open(false)
	}()
	room.Close()
	if n := way.arrived() + far.arrived(); n != 20 {
		c.Return(fmt.Sprintf("of 20 letters, one of which took %v, %d have been delivered when Close returns", long, n))
	}
}

// fill posts 16 letters into a room whose carriers are held up, and then one more in each
// of n goroutines. These may have to wait.
func fill(room *mailroom.Room, n int) *sync.WaitGroup {
	for i := range 16 {
		room.Post(fmt.Sprint("bill ", i))
	}
	var posting sync.WaitGroup
	for range n {
		posting.Go(func() { room.Post("one more") })
	}
	contract.Rest(time.Second)
	return &posting
}

// beside is about a room whose queue is full, while n others have a day as usual. One more
// has been open before.
func beside(c *contract.Call, n int) {
	full, way := newRoad(1), newRoad(n+1)
	way.open(false)
	rooms := []*mailroom.Room{mailroom.Open(1, way.walk)}
	room := mailroom.Open(1, full.walk)
	room.Post("letter")
	contract.Rest(time.Second)
	posted := fill(room, 1)
	for range n {
		other := mailroom.Open(1, way.walk)
		other.Post("letter")
		rooms = append(rooms, other)
	}
	for _, other := range rooms {
		other.Post("letter, too")
		other.Close()
	}
	if got := way.arrived(); got != 2*n+1 {
		c.Return(fmt.Sprintf("of %d letters in %d rooms, %d have been delivered", 2*n+1, n+1, got))
	}
	full.open(false)
	posted.Wait()
	room.Close()
	if got := full.arrived(); got != 18 {
		c.Return(fmt.Sprintf("of 18 letters in the full room, %d have been delivered", got))
	}
}

// backTogether is about carriers who come back at the same time: there is room for a
// letter for each of them, and nobody who posts one goes on waiting.
func backTogether(c *contract.Call) {
	const waiting, carriers = 6, 3
	way := newRoad(carriers)
	room := mailroom.Open(carriers, way.walk)
	for range carriers {
		room.Post("letter")
	}
	contract.Rest(10 * time.Second)
	posted := fill(room, 0)
	var mu sync.Mutex
	done := 0
	for range waiting {
		posted.Go(func() {
			room.Post("one more")
			mu.Lock()
			defer mu.Unlock()
			done++
		})
	}
	contract.Rest(10 * time.Second)
	way.open(true)
	contract.Rest(10 * time.Second)
	mu.Lock()
	if done < carriers {
		c.Return(fmt.Sprintf("three carriers have taken a letter each, and of those who wait for room, %d have posted theirs", done))
	}
	mu.Unlock()
	way.open(false)
	posted.Wait()
	room.Close()
	c.Return(way.books())
}

// crowdAtTheQueue is about n who wait for room in the queue.
func crowdAtTheQueue(c *contract.Call, n int) {
	way := newRoad(1)
	room := mailroom.Open(1, way.walk)
	room.Post("letter")
	contract.Rest(time.Second)
	posted := fill(room, n)
	way.open(false)
	posted.Wait()
	room.Close()
	if got := way.arrived(); got != n+17 {
		c.Return(fmt.Sprintf("of %d letters, %d have been delivered", n+17, got))
	}
}

// fullRooms is about more than n letters that lie in queues, 16 in each.
func fullRooms(c *contract.Call, n int) {
	way := newRoad(0)
	var rooms []*mailroom.Room
	for range n/17 + 1 {
		room := mailroom.Open(1, way.walk)
		room.Post("letter")
		rooms = append(rooms, room)
	}
	contract.Rest(10 * time.Second)
	for _, room := range rooms {
		fill(room, 0)
	}
	if walk := way.now(); walk != len(rooms) {
		c.Return(fmt.Sprintf("%d carriers have letters, and %d are on the way", len(rooms), walk))
	}
	way.open(false)
	for _, room := range rooms {
		room.Close()
	}
	if got := way.arrived(); got != 17*len(rooms) {
		c.Return(fmt.Sprintf("of %d letters, %d have been delivered", 17*len(rooms), got))
	}
}

// largeRooms is about rooms all of whose carriers are held up at the same time.
func largeRooms(c *contract.Call, carriers ...int) {
	all := 0
	way := newRoad(0)
	var rooms []*mailroom.Room
	for _, n := range carriers {
		all += n
		room := mailroom.Open(n, way.walk)
		for range n {
			room.Post("letter")
		}
		rooms = append(rooms, room)
	}
	contract.Rest(10 * time.Second)
	if walk := way.now(); walk != all {
		c.Return(fmt.Sprintf("%d carriers have a letter each, and %d are on the way", all, walk))
	}
	way.open(false)
	for _, room := range rooms {
		room.Close()
	}
}

// manyLetters is about n letters on one day, and as many more as may lie in a queue and in
// the carrier's bag.
func manyLetters(c *contract.Call, n int) {
	delivered := 0
	n += 40
	room := mailroom.Open(1, func(string) { delivered++ }) // no lock: there is one carrier
	for range n {
		room.Post("letter")
	}
	room.Close()
	if delivered != n {
		c.Return(fmt.Sprintf("of %d letters, %d have been delivered", n, delivered))
	}
}

// namedLetters is about letters that the program may take for something else, since it
// names them.
func namedLetters(c *contract.Call) {
	for _, text := range contract.Texts() {
		for _, letter := range []string{text, text + "!", text + text} {
			way := newRoad(2)
			way.open(false)
			room := mailroom.Open(2, way.walk)
			for range 3 {
				room.Post(letter)
			}
			room.Close()
			if !slices.Equal(way.delivered, []string{letter, letter, letter}) {
				c.Return(fmt.Sprintf("posted three times: %.40q; delivered: %.40q", letter, way.delivered))
			}
		}
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

// closedAtOnce is about carriers who are sent home before they have begun.
func closedAtOnce(c *contract.Call) {
	for _, n := range append([]int{1, 17, 300}, contract.Counts(999)...) {
		mailroom.Open(n+1, func(string) { c.Return("a letter is delivered that nobody has posted") }).Close()
	}
}

// keepsNone is about a carrier who is held up by the first of many letters: the others
// deliver the rest.
func keepsNone(c *contract.Call) {
	const near = 15
	for _, carriers := range []int{2, 3, 5} {
		back := make([]chan struct{}, carriers+1)
		for i := range back {
			back[i] = make(chan struct{})
		}
		var delivered atomic.Int64
		room := mailroom.Open(carriers, func(letter string) {
			if far, err := strconv.Atoi(letter); err == nil {
				<-back[far]
				return
			}
			delivered.Add(1)
		})
		for far := range carriers {
			room.Post(strconv.Itoa(far))
		}
		contract.Rest(time.Second)
		room.Post(strconv.Itoa(carriers))
		for range near {
			room.Post("near")
		}
		close(back[0])
		contract.Rest(time.Second)
		close(back[1])
		contract.Rest(time.Second)
		if n := delivered.Load(); n != near {
			c.Return(fmt.Sprintf("of %d carriers one is not held up, and %d of %d letters wait", carriers, near-n, near))
		}
		for _, held := range back[2:] {
			close(held)
		}
		room.Close()
	}
}
