package radio_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	radio "racelab/exercises/12-gil-habits"
)

// station is where a scenario takes place: two shows are on the air.
type station struct{ day, night *radio.Show }

// Contract is what one can do with shows.
func Contract() contract.Contract {
	day := func(s *station) *radio.Show { return s.day }
	night := func(s *station) *radio.Show { return s.night }
	terms := contract.Terms[*station]{Ops: slices.Concat([]contract.Op[*station]{
		requesting("s", "A", day),
		requesting("s", "B", day),
		{Text: `s.Request("A"), s.Request("B")`, Do: func(s *station, c *contract.Call) {
			c.Return(s.day.Request("A"))
			c.Between()
			c.Return(s.day.Request("B"))
		}},
		playing("s", "A", day),
		handing("s.HandOver()", func(s *station, c *contract.Call) { c.Keep(s.day.HandOver()) }),
		handing(`requests := s.HandOver(), requests["A"] = 9, delete(requests, "B")`, func(s *station, c *contract.Call) {
			requests := s.day.HandOver()
			c.Return(requests)
			crossOut(requests)
		}),
		requesting("night", "A", night),
		playing("night", "A", night),
		alone(playing("s", "B", day)),
		alone(requesting("s", "", day)),
		alone(playing("s", "", day)),
		finally("s.HandOver(), night.HandOver()", func(s *station, c *contract.Call) {
			c.Keep(s.day.HandOver())
			c.Keep(s.night.HandOver())
		}),
		finally(`s.Request("A"), s.Request("A"), s.Play("A"), s.Play("A"), s.HandOver()`, func(s *station, c *contract.Call) {
			c.Return(s.day.Request("A"), s.day.Request("A"), s.day.Play("A"), s.day.Play("A"))
			c.Keep(s.day.HandOver())
		}),
	}, aboutMany(), aboutCrowds(), aboutShows())}
	for i, before := range []string{"", `; s.Request("A")`, `; s.Request("A"); s.Request("A"); s.Request("B"); night.Request("B")`} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*station]{
			Text: fmt.Sprintf("s, night := radio.NewShow(), radio.NewShow()%s // between them are %d others", before, others),
			Open: func() *station { return onTheAir(i, others) },
		})
	}
	return contract.Of(terms)
}

// onTheAir begins two shows with so many others between them, and asks for songs.
func onTheAir(before, others int) *station {
	s := &station{day: radio.NewShow()}
	for range others {
		radio.NewShow()
	}
	s.night = radio.NewShow()
	for range before {
		s.day.Request("A")
	}
	if before > 1 {
		s.day.Request("B")
		s.night.Request("B")
	}
	return s
}

func aboutMany() []contract.Op[*station] {
	return []contract.Op[*station]{
		apart("1,100 requests for a song, and what is played and handed over after some of them", func(c *contract.Call) { manyRequests(c, 1_100) }),
		apart("more requests for a song than a number in the program", contract.UpTo(66_000, quickly(manyRequests))),
		apart("300 songs", func(c *contract.Call) { manySongs(c, 300) }),
		apart("more songs than a number in the program", contract.UpTo(4_990, quickly(manySongs))),
		apart("a song is requested and played 300 times", func(c *contract.Call) { manyPlays(c, 300) }),
		apart("a song is requested and played more often than a number in the program", contract.UpTo(30_000, quickly(manyPlays))),
		apart("300 times the requests are handed over", func(c *contract.Call) { manyHandOvers(c, 300) }),
		apart("the requests are handed over more often than a number in the program", contract.UpTo(30_000, quickly(manyHandOvers))),
		apart("songs with odd names, and names that are texts in the program", named),
		apart("nobody calls for as long as a time in the program", quiet),
	}
}

func aboutCrowds() []contract.Op[*station] {
	return []contract.Op[*station]{
		apart("5 listeners ask for a song at the same time", func(c *contract.Call) { crowd(c, 5) }),
		apart("more listeners than a number in the program ask for a song at the same time", func(c *contract.Call) {
			crowd(c, 1+2*contract.Largest(2, 2, 200)) // one of them may be held up in the middle
		}),
		apart("each of 4 listeners asks for a song of his own, while all is handed over", newSongs),
		apart("two ask for a song, and a third hands over, after as many requests as a number in the program", lastOfMany),
		apart("two ask for a song, a third plays it, and a fourth hands over, after as many requests for it as a number in the program", lastOfSong),
		apart("two hand over, and one of them then plays the songs", twoHandOver),
		apart("what was handed over is changed, after more times than a number in the program, while others ask, play and hand over", theirs),
		apart("a listener asks once, while another asks for that song more often than a number in the program", func(c *contract.Call) {
			meanwhile(c, asks)
		}),
		apart("a song is played, while a listener asks for it more often than a number in the program", func(c *contract.Call) {
			meanwhile(c, plays)
		}),
		apart("all is handed over, while a listener asks for a song more often than a number in the program", func(c *contract.Call) {
			meanwhile(c, handsOver)
		}),
		apart("a listener asks, while there are as many requests as a counter of few bits has values", func(c *contract.Call) {
			slow(c, asks, asks)
		}),
		apart("all is handed over, while there are as many requests as a counter of few bits has values", func(c *contract.Call) {
			slow(c, handsOver, asks)
		}),
		apart("a listener asks, while a song is requested and played as often as a counter of few bits has values", func(c *contract.Call) {
			slow(c, asks, asksAndPlays)
		}),
		apart("a song is played, while it is requested and handed over as often as a counter of few bits has values", func(c *contract.Call) {
			slow(c, plays, func(s *radio.Show) (asked, met int) {
				s.Request("A")
				return 1, s.HandOver()["A"]
			})
		}),
	}
}

func aboutShows() []contract.Op[*station] {
	return []contract.Op[*station]{
		apart("shows begin while another one is on the air", beginning),
		apart("300 shows", func(c *contract.Call) { manyShows(c, 300) }),
		apart("more shows than a number in the program", contract.UpTo(3_000, quickly(manyShows))),
	}
}

func apart(text string, do func(*contract.Call)) contract.Op[*station] {
	return contract.Op[*station]{Text: text, Apart: true, Do: func(_ *station, c *contract.Call) { do(c) }}
}

func finally(text string, do func(*station, *contract.Call)) contract.Op[*station] {
	return contract.Op[*station]{Text: text, Finally: true, Do: do}
}

func alone(op contract.Op[*station]) contract.Op[*station] {
	op.Alone = true
	return op
}

func requesting(name, song string, of func(*station) *radio.Show) contract.Op[*station] {
	return contract.Op[*station]{
		Text: fmt.Sprintf("%s.Request(%q)", name, song),
		Do:   func(s *station, c *contract.Call) { c.Return(of(s).Request(song)) },
	}
}

func playing(name, song string, of func(*station) *radio.Show) contract.Op[*station] {
	return contract.Op[*station]{
		Text: fmt.Sprintf("%s.Play(%q)", name, song),
		Do:   func(s *station, c *contract.Call) { c.Return(of(s).Play(song)) },
	}
}

// handing is a HandOver of the first show. Each song is taken out at a moment of its own,
// in any order. Nobody asks for "" meanwhile.
func handing(text string, do func(*station, *contract.Call)) contract.Op[*station] {
	return contract.Op[*station]{
		Text: text, Do: do,
		Steps: func(s *station, c *contract.Call) {
			songs := [][]string{{"A", "B"}, {"B", "A"}}[c.Any(2)]
			requests := map[string]int{}
			for i, song := range append(songs, "") {
				if i == 1 {
					c.Between()
				}
				if n := s.day.Play(song); n > 0 {
					requests[song] = n
				}
			}
			c.Return(requests)
		},
	}
}

// quickly is about what one person does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(c *contract.Call, n int) { contract.Quickly(func() { many(c, n) }) }
}

// crossOut is what somebody does with requests that are his.
func crossOut(requests map[string]int) {
	requests["A"] = 9
	delete(requests, "B")
}

// manyRequests is about n requests for a song.
func manyRequests(c *contract.Call, n int) {
	s := radio.NewShow()
	for _, done := range []func() int{
		func() int { return s.Play("A") },
		func() int { return s.HandOver()["A"] },
	} {
		for i := range n {
			if got := s.Request("A"); got != i+1 {
				c.Say("listener", i+1, "of", n, "is told", got)
				return
			}
		}
		if got := done(); got != n {
			c.Say("of", n, "requests", got, "are met, or handed over")
			return
		}
	}
}

// manySongs is about n songs.
func manySongs(c *contract.Call, n int) {
	s := radio.NewShow()
	for i := range n {
		s.Request(fmt.Sprint("song ", i))
	}
	if got := s.Request("song 0"); got != 2 {
		c.Say("the second listener who asks for the first of", n, "songs is told", got)
	}
	if got := s.Play(fmt.Sprint("song ", n-1)); got != 1 {
		c.Say("of one request for the last of", n, "songs", got, "are met")
	}
	requests := s.HandOver()
	if got := len(requests); got != n-1 || requests["song 0"] != 2 {
		c.Say("of", n-1, "songs", got, "are handed over")
	}
	if got := s.HandOver(); len(got) > 0 {
		c.Say("of", n-1, "songs", len(got), "are handed over again")
	}
}

// manyPlays is about a song that is requested and played n times, and others that are not.
func manyPlays(c *contract.Call, n int) {
	s := radio.NewShow()
	s.Request("B")
	for i := range n {
		if told, met, again := s.Request("A"), s.Play("A"), s.Play("A"); told != 1 || met != 1 || again != 0 {
			c.Say("before request", i+1, "all were met, and it is told", told, "then Play meets", met, "and", again)
			return
		}
	}
	if got := s.HandOver(); !maps.Equal(got, map[string]int{"B": 1}) {
		c.Say("all requests for A have been met, and handed over are", got)
	}
}

// manyHandOvers is about a map that was handed over, and changed by whom it belongs to,
// when n others have been.
func manyHandOvers(c *contract.Call, n int) {
	s := radio.NewShow()
	s.Request("A")
	first := s.HandOver()
	empty := s.HandOver()
	empty["C"] = 7
	first["A"] = 9
	for i := range n {
		s.Request("B")
		requests := s.HandOver()
		if !maps.Equal(requests, map[string]int{"B": 1}) {
			c.Say("handed over the time", i+1, "are", requests)
			return
		}
		requests["D"] = 1
	}
	if !maps.Equal(first, map[string]int{"A": 9}) || !maps.Equal(empty, map[string]int{"C": 7}) {
		c.Say("what was handed over", n, "times before, has become", first, empty)
	}
}

// named is about songs that a program may take for another one, or have a use of its own for.
func named(c *contract.Call) {
	songs := append(contract.Texts(), "", " ", "a", "A", "A ", "\x00", "\xff", "Ö", "O\u0308")
	slices.Sort(songs)
	songs = slices.Compact(songs)
	s := radio.NewShow()
	for range 2 {
		for _, song := range songs {
			s.Request(song)
		}
	}
	for i, song := range songs {
		if i%2 == 0 {
			if got := s.Play(song); got != 2 {
				c.Say("of two requests for", fmt.Sprintf("%q", song), got, "are met")
				return
			}
		}
	}
	requests := s.HandOver()
	for i, song := range songs {
		if want := i % 2 * 2; requests[song] != want {
			c.Say("of two requests for", fmt.Sprintf("%q", song), requests[song], "are handed over, and should be", want)
			return
		}
	}
	if got, want := len(requests), len(songs)/2; got != want {
		c.Say("of", want, "songs", got, "are handed over")
	}
}

// quiet is about a show of which nobody wants anything for long.
func quiet(c *contract.Call) {
	for _, long := range contract.Times(1_000 * time.Hour) {
		for _, pause := range []time.Duration{long + time.Minute, long} {
			s := radio.NewShow()
			s.Request("A")
			before := s.HandOver()
			s.Request("B")
			contract.Rest(pause)
			if told, after := s.Request("B"), s.HandOver(); told != 2 || after["B"] != 2 || len(after) != 1 {
				c.Say("after a pause of", pause, "the second listener is told", told, "and handed over are", after)
				return
			}
			if !maps.Equal(before, map[string]int{"A": 1}) {
				c.Say("what was handed over before a pause of", pause, "has become", before)
				return
			}
		}
	}
}

// crowd is about n listeners who ask for a song at the same time. Each is told a number
// of his own.
func crowd(c *contract.Call, n int) {
	s := radio.NewShow()
	told := make([]int, n)
	var listeners sync.WaitGroup
	for i := range n {
		listeners.Go(func() { told[i] = s.Request("A") })
	}
	listeners.Wait()
	slices.Sort(told)
	for i, got := range told {
		if got != i+1 {
			c.Say("of", n, "listeners one is told", got, "instead of", i+1)
			return
		}
	}
	if got := s.HandOver()["A"]; got != n {
		c.Say("of", n, "requests", got, "are handed over")
	}
}

// newSongs is about songs that come while all is handed over.
func newSongs(c *contract.Call) {
	s := radio.NewShow()
	songs := []string{"A", "B", "C", "D"}
	told := make([]int, len(songs))
	var people sync.WaitGroup
	for i, song := range songs {
		people.Go(func() { told[i] = s.Request(song) })
	}
	var handed map[string]int
	people.Go(func() {
		handed = s.HandOver()
		handed["D"] += 10
	})
	people.Wait()
	rest := s.HandOver()
	for i, song := range songs {
		if n := handed[song] + rest[song]; told[i] != 1 || n%10 != 1 {
			c.Say("the only listener who asks for a song is told", told[i], "and of his request is handed over", n%10)
			return
		}
	}
}

// lastOfMany is about what a program does once in so many requests.
func lastOfMany(c *contract.Call) {
	n := contract.Number(5, 2, 2_000)
	s := radio.NewShow()
	for i := range n - 1 {
		s.Request([]string{"A", "B"}[i%2])
	}
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() { s.Request("A") })
	}
	var handed map[string]int
	people.Go(func() {
		handed = s.HandOver()
		handed["C"] = 1
	})
	people.Wait()
	rest := s.HandOver()
	if a, b := handed["A"]+rest["A"], handed["B"]+rest["B"]; a != n/2+2 || b != (n-1)/2 {
		c.Say("of", n/2+2, "and", (n-1)/2, "requests", a, "and", b, "are handed over")
	}
}

// lastOfSong is about what a program does once a song has so many requests.
func lastOfSong(c *contract.Call) {
	n := contract.Number(3, 2, 2_000)
	s := radio.NewShow()
	for range n - 1 {
		s.Request("A")
	}
	var met, handed int
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() { s.Request("A") })
	}
	people.Go(func() { met = s.Play("A") })
	people.Go(func() { handed = s.HandOver()["A"] })
	people.Wait()
	if left := s.HandOver()["A"]; met+handed+left != n+1 {
		c.Say("of", n+1, "requests", met, "are met,", handed, "handed over, and", left, "left")
	}
}

// twoHandOver is about one who comes while another is about to hand over: after both, and
// already after his own, nothing is open.
func twoHandOver(c *contract.Call) {
	s := radio.NewShow()
	songs := []string{"A", "B"}
	for _, song := range songs {
		s.Request(song)
	}
	var one, other, met int
	var people sync.WaitGroup
	people.Go(func() { one = len(s.HandOver()) })
	people.Go(func() {
		other = len(s.HandOver())
		for _, song := range songs {
			met += s.Play(song)
		}
	})
	people.Wait()
	if one+other != len(songs) || met > 0 {
		c.Say("of", len(songs), "songs", one, "and", other, "are handed over, and after that", met, "met")
	}
}

// theirs is about maps that were handed over, and changed while others call.
func theirs(c *contract.Call) {
	s := radio.NewShow()
	handed := make([]map[string]int, 1+contract.Number(3, 1, 2_000))
	for i := range handed {
		s.Request("A")
		handed[i] = s.HandOver()
	}
	var people sync.WaitGroup
	people.Go(func() {
		for _, requests := range handed {
			crossOut(requests)
		}
	})
	var told, met, again, left int
	people.Go(func() {
		told, met, again = s.Request("B"), s.Play("B"), s.Play("A")
		left = len(s.HandOver())
	})
	people.Wait()
	c.Return(told, met, again, left)
}

// asks, plays and so on are what somebody does, and return how many requests he has made, and
// how many he has met, or handed over.
func asks(s *radio.Show) (asked, met int) {
	s.Request("A")
	return 1, 0
}

func plays(s *radio.Show) (asked, met int) { return 0, s.Play("A") }

func handsOver(s *radio.Show) (asked, met int) { return 0, s.HandOver()["A"] }

func asksAndPlays(s *radio.Show) (asked, met int) {
	s.Request("A")
	return 1, s.Play("A")
}

// meanwhile is about somebody who comes once, while another one asks for a song again and again,
// and may be ahead of him each time.
func meanwhile(c *contract.Call, once func(*radio.Show) (asked, met int)) {
	atTheSameTime(c, once, 3+contract.Largest(1, 2, 2_000), asks)
}

// slow is about somebody who is slow. When he goes on, what tells that there were changes
// meanwhile may be what it was.
func slow(c *contract.Call, once, often func(*radio.Show) (asked, met int)) {
	atTheSameTime(c, once, contract.Cycle(600), often)
}

// atTheSameTime is about two people, one of whom does what he does so many times. No request is
// lost, and none is met twice.
func atTheSameTime(c *contract.Call, once func(*radio.Show) (asked, met int), times int, often func(*radio.Show) (asked, met int)) {
	s := radio.NewShow()
	s.Request("A")
	var asked, met [2]int
	var people sync.WaitGroup
	people.Go(func() { asked[0], met[0] = once(s) })
	people.Go(func() {
		for range times {
			a, m := often(s)
			asked[1], met[1] = asked[1]+a, met[1]+m
		}
	})
	people.Wait()
	if asked[0] == 0 && met[0]+met[1] == 0 {
		c.Say("the request that was open before is not met, nor handed over")
	}
	all := 1 + asked[0] + asked[1]
	if left := s.HandOver()["A"]; met[0]+met[1]+left != all {
		c.Say("of", all, "requests", met[0]+met[1], "are met, or handed over, meanwhile, and", left, "afterwards")
	}
}

// beginning is about shows that are new while others are on the air, or new, too.
func beginning(c *contract.Call) {
	s := radio.NewShow()
	var onNew, onNewToo int
	var people sync.WaitGroup
	people.Go(func() {
		for range 3 {
			s.Request("A")
			too := radio.NewShow()
			too.Request("A")
			onNewToo += too.Play("A")
		}
	})
	people.Go(func() {
		for range 3 {
			one := radio.NewShow()
			one.Request("A")
			onNew += one.HandOver()["A"]
		}
	})
	people.Wait()
	c.Return(s.Play("A"), onNew, onNewToo)
}

// manyShows is about n shows, each with requests of its own.
func manyShows(c *contract.Call, n int) {
	shows := make([]*radio.Show, n)
	for i := range shows {
		shows[i] = radio.NewShow()
		if got := shows[i].Request("A"); got != 1 {
			c.Say("the first listener of show", i+1, "of", n, "is told", got)
			return
		}
	}
	for i, s := range shows {
		if got := s.HandOver(); !maps.Equal(got, map[string]int{"A": 1}) {
			c.Say("show", i+1, "of", n, "hands over", got)
			return
		}
	}
}
