package ladder_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	ladder "racelab/exercises/19-rlock-upgrade"
)

// clubs is where a scenario takes place: there are two.
type clubs struct{ chess, other *ladder.Ladder }

const (
	mostPlayers = 1_000
	mostCalls   = 50_000

	mostMeanwhile = 3_000 // games, while a call is under way
)

// Contract is what one can do with ladders.
func Contract() contract.Contract {
	terms := contract.Terms[*clubs]{Ops: slices.Concat([]contract.Op[*clubs]{
		won("Ben", "Ada"), won("Cem", "Ada"), won("Dora", "Cem"), won("Ada", "Dora"), alone(won("Eve", "Ada")), alone(won("Ada", "Eve")), alone(won("Ben", "Ben")),
		above("Ada", "Ben"), above("Ben", "Cem"), above("Cem", "Ada"), alone(above("Ada", "Ada")), alone(above("Eve", "Ada")), alone(above("Ada", "Eve")),
		on("Ada"), on("Dora"), alone(on("Eve")), alone(on("")),
		of(`other.Won("Ben", "Ada")`, func(x *clubs, c *contract.Call) { x.other.Won("Ben", "Ada") }),
		of(`other.Better("Ada", "Ben")`, func(x *clubs, c *contract.Call) { c.Return(x.other.Better("Ada", "Ben")) }),
		{Text: "Place(…) of each player", Finally: true, Do: func(x *clubs, c *contract.Call) {
			for _, player := range []string{"Ada", "Ben", "Cem", "Dora"} {
				place(c, x.chess, player)
			}
			place(c, x.other, "Ada")
			place(c, x.other, "Ben")
		}},
	}, aboutGames(), aboutClubs())}
	for i, players := range []string{"Ada Ben Cem Dora", "Dora Cem Ben Ada", "Ben Ada Dora Cem"} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*clubs]{
			Text: fmt.Sprintf("l, other := ladder.New(…), ladder.New(…) // %s and Ada Ben; between them are %d others", players, others),
			Open: func() *clubs { return founded(players, others) },
		})
	}
	return contract.Of(terms)
}

func founded(players string, others int) *clubs {
	x := &clubs{chess: ladder.New(strings.Fields(players)...)}
	for range others {
		ladder.New("Ben", "Ada")
	}
	x.other = ladder.New("Ada", "Ben")
	return x
}

func of(text string, do func(*clubs, *contract.Call)) contract.Op[*clubs] {
	return contract.Op[*clubs]{Text: text, Do: do}
}

func alone(op contract.Op[*clubs]) contract.Op[*clubs] {
	op.Alone = true
	return op
}

func won(winner, loser string) contract.Op[*clubs] {
	return of(fmt.Sprintf("l.Won(%q, %q)", winner, loser), func(x *clubs, c *contract.Call) { x.chess.Won(winner, loser) })
}

func above(player, other string) contract.Op[*clubs] {
	return of(fmt.Sprintf("l.Better(%q, %q)", player, other), func(x *clubs, c *contract.Call) { c.Return(x.chess.Better(player, other)) })
}

func on(player string) contract.Op[*clubs] {
	return of(fmt.Sprintf("l.Place(%q)", player), func(x *clubs, c *contract.Call) { place(c, x.chess, player) })
}

func place(c *contract.Call, l *ladder.Ladder, player string) {
	n, ok := l.Place(player)
	c.Return(n, ok)
}

func apart(text string, do func(*contract.Call)) contract.Op[*clubs] {
	return contract.Op[*clubs]{Text: text, Apart: true, Do: func(_ *clubs, c *contract.Call) { do(c) }}
}

// quickly is about what one member does alone.
func quickly(many func(*contract.Call, int)) func(*contract.Call, int) {
	return func(c *contract.Call, n int) { contract.Quickly(func() { many(c, n) }) }
}

func aboutGames() []contract.Op[*clubs] {
	return []contract.Op[*clubs]{
		apart("4 games are won at the same time, by the last one, the third and the second", manyGames),
		apart("one climbs while another one does more often than a number in the program", func(c *contract.Call) {
			inTheWay(c, 3+contract.Largest(1, 2, mostMeanwhile-10))
		}),
		apart("somebody compares two of whom one always stands above, while others climb", compared),
		apart("the same, while they climb as often as a counter of few bits has values", func(c *contract.Call) { comparedLater(c, contract.Cycle(2_048)) }),
		apart("the same, while they climb half as often", func(c *contract.Call) { comparedLater(c, contract.Cycle(4_096)/2) }),
		apart("the same, while they climb as often as a number in the program", func(c *contract.Call) {
			comparedLater(c, contract.Largest(4, 4, mostMeanwhile))
		}),
		apart("somebody looks at his place, which stays, while others climb", stays),
		apart("more than a number in the program look at the same time, and one climbs", func(c *contract.Call) {
			crowd(c, 2+contract.Largest(2, 2, 200))
		}),
		apart("300 games one after the other", func(c *contract.Call) { games(c, 300) }),
		apart("more games than a number in the program", contract.UpTo(mostCalls/2-2, quickly(games))),
		apart("a ladder of 300 players", func(c *contract.Call) { contract.Quickly(func() { long(c, 300) }) }),
		apart("a ladder of 1,000 players", func(c *contract.Call) { contract.Quickly(func() { long(c, mostPlayers) }) }),
		apart("more players than a number in the program", contract.UpTo(mostPlayers-2, quickly(long))),
		apart("players whose names are texts in the program", named),
		apart("nobody looks for as long as a time in the program", quiet),
	}
}

func aboutClubs() []contract.Op[*clubs] {
	return []contract.Op[*clubs]{
		apart("the list that is passed to New is changed later, and the ladder changes", callersList),
		apart("clubs begin while others play", beginning),
		apart("300 clubs", func(c *contract.Call) { manyClubs(c, 300) }),
		apart("more clubs than a number in the program", contract.UpTo(3_000, quickly(manyClubs))),
	}
}

// is checks the order of a ladder.
func is(c *contract.Call, when string, l *ladder.Ladder, players ...string) {
	for i, player := range players {
		if n, ok := l.Place(player); n != i+1 || !ok {
			c.Say(when, player, "stands on place", n, ok, "and should on", i+1)
		}
	}
}

// manyGames is about games that end at the same time. Whoever won against the first one is on top.
func manyGames(c *contract.Call) {
	l := ladder.New("Ada", "Ben", "Cem", "Dora")
	var players sync.WaitGroup
	for _, winner := range []string{"Dora", "Cem", "Dora", "Cem"} {
		players.Go(func() { l.Won(winner, "Ben") })
	}
	players.Wait()
	is(c, "when Dora and Cem have both beaten Ben, twice,", l, "Ada")
	if !l.Better("Dora", "Ben") || !l.Better("Cem", "Ben") {
		c.Say("Dora and Cem have beaten Ben, and one stands below him")
	}
	if n, _ := l.Place("Ben"); n != 4 {
		c.Say("everybody but Ada has beaten Ben, and he stands on place", n)
	}
}

// inTheWay is about somebody who climbs while two others always do.
func inTheWay(c *contract.Call, n int) {
	l := ladder.New("Ada", "Ben", "Cem", "Dora")
	var players sync.WaitGroup
	players.Go(func() { l.Won("Dora", "Cem") })
	players.Go(func() {
		for i := range n {
			l.Won([]string{"Ben", "Ada"}[i%2], []string{"Ada", "Ben"}[i%2])
		}
	})
	players.Wait()
	first := []string{"Ada", "Ben"}
	if n%2 > 0 {
		slices.Reverse(first)
	}
	is(c, fmt.Sprint("when two have climbed ", n, " times, and Dora once,"), l, append(first, "Dora", "Cem")...)
}

// compared is about two of whom one always stands above the other, on whatever places.
func compared(c *contract.Call) {
	l := ladder.New("Ben", "Ada", "Cem", "Dora")
	var members sync.WaitGroup
	for range 2 {
		members.Go(func() {
			if l.Better("Ada", "Ben") || !l.Better("Ben", "Ada") {
				c.Say("Ben always stands above Ada, and somebody sees it the other way round")
			}
		})
	}
	members.Go(func() {
		l.Won("Cem", "Ben")
		l.Won("Dora", "Cem")
	})
	members.Wait()
	is(c, "in the end", l, "Dora", "Cem", "Ben", "Ada")
}

// comparedLater is about one look, during which so many games are won.
func comparedLater(c *contract.Call, games int) {
	l := ladder.New("Ben", "Ada", "Cem", "Dora")
	var members sync.WaitGroup
	members.Go(func() {
		if l.Better("Ada", "Ben") {
			c.Say("Ben always stands above Ada, and somebody sees it the other way round")
		}
	})
	members.Go(func() {
		contract.Quickly(func() {
			for i := range games - 2 {
				l.Won([]string{"Dora", "Cem"}[i%2], []string{"Cem", "Dora"}[i%2])
			}
			l.Won("Cem", "Ben")
			l.Won("Dora", "Ben")
		})
	})
	members.Wait()
}

// stays is about one who is first, and last, whoever climbs.
func stays(c *contract.Call) {
	l := ladder.New("Ada", "Ben", "Cem", "Dora")
	var members sync.WaitGroup
	members.Go(func() { is(c, "while others climb", l, "Ada") })
	members.Go(func() {
		if n, ok := l.Place("Dora"); n != 4 || !ok {
			c.Say("while others climb Dora stands on place", n, ok)
		}
	})
	members.Go(func() {
		l.Won("Cem", "Ben")
		l.Won("Ben", "Cem")
	})
	members.Wait()
}

// crowd is about many who look while one climbs.
func crowd(c *contract.Call, n int) {
	l := ladder.New("Ada", "Ben", "Cem")
	var members sync.WaitGroup
	seen := make([]bool, n)
	for i := range n {
		members.Go(func() { seen[i] = l.Better("Ada", "Cem") })
	}
	members.Go(func() { l.Won("Cem", "Ben") })
	members.Wait()
	if slices.Contains(seen, false) {
		c.Say("Ada always stands above Cem, and somebody sees it the other way round")
	}
	is(c, "in the end", l, "Ada", "Cem", "Ben")
}

// games is about n games, of which each brings the last one to the top, and does so once.
func games(c *contract.Call, n int) {
	l := ladder.New("0", "1", "2")
	for i := range n {
		last, first := fmt.Sprint((2+2*i)%3), fmt.Sprint((2*i)%3)
		l.Won(last, first)
		l.Won(last, first)
		if got, _ := l.Place(last); got != 1 || l.Better(first, last) {
			c.Say("game", i+1, "brings the last one to place", got)
			return
		}
	}
}

// long is about a ladder of n players.
func long(c *contract.Call, n int) {
	players := make([]string, n)
	for i := range players {
		players[i] = fmt.Sprint(i)
	}
	l := ladder.New(players...)
	is(c, fmt.Sprint("of ", n, " players"), l, players...)
	last := players[n-1]
	l.Won(last, players[n/2])
	players = slices.Insert(players[:n-1], n/2, last)
	l.Won(players[1], players[0])
	players[0], players[1] = players[1], players[0]
	is(c, fmt.Sprint("of ", n, " players, after two games,"), l, players...)
	if !l.Better(players[0], players[n-1]) || l.Better(players[n-1], players[n/2]) {
		c.Say("of", n, "players the last one stands above another one")
	}
}

// named is about texts that a program may have a use of its own for.
func named(c *contract.Call) {
	players := append([]string{"", " ", "0", "\x00", "\xff", "Ö"}, contract.Texts()...)
	slices.Sort(players)
	players = slices.Compact(players)
	l := ladder.New(players...)
	last := players[len(players)-1]
	is(c, "of players with odd names", l, players...)
	l.Won(last, players[0])
	is(c, "of players with odd names, when the last one has beaten the first,", l, append([]string{last}, players[:len(players)-1]...)...)
}

// quiet is about a ladder at which nobody looks for long.
func quiet(c *contract.Call) {
	for _, pause := range contract.Times(1_000 * time.Hour) {
		l := ladder.New("Ada", "Ben")
		contract.Rest(pause + time.Second)
		is(c, "after a while", l, "Ada", "Ben")
		l.Won("Ben", "Ada")
		contract.Rest(pause)
		is(c, "after a while, and a game,", l, "Ben", "Ada")
	}
}

// callersList is about the list that was passed to New, when somebody has climbed, and when not.
func callersList(c *contract.Call) {
	for _, want := range [][]string{{"Cem", "Ada", "Ben"}, {"Ada", "Ben", "Cem"}} {
		list := []string{"Ada", "Ben", "Cem"}
		l := ladder.New(list...)
		if want[0] == "Cem" {
			l.Won("Cem", "Ada")
		}
		c.Return(list)
		list[0], list[1] = "Eve", "Fay"
		is(c, "when the caller has written into his list", l, want...)
	}
}

// beginning is about clubs that begin while another one plays.
func beginning(c *contract.Call) {
	l := ladder.New("Ada", "Ben", "Cem")
	var members sync.WaitGroup
	for i := range 2 {
		members.Go(func() {
			l.Won("Cem", "Ada")
			one := ladder.New("Ada", "Ben")
			if i == 0 {
				one.Won("Ben", "Ada")
			}
			if one.Better("Ben", "Ada") != (i == 0) {
				c.Say("a new club has the ladder of another one")
			}
		})
	}
	members.Wait()
	is(c, "in the end", l, "Cem", "Ada", "Ben")
}

// manyClubs is about n clubs, in every other one of which somebody climbs.
func manyClubs(c *contract.Call, n int) {
	all := make([]*ladder.Ladder, n)
	for i := range all {
		all[i] = ladder.New("Ada", "Ben")
		if i%2 > 0 {
			all[i].Won("Ben", "Ada")
		}
	}
	for i, l := range all {
		if l.Better("Ben", "Ada") != (i%2 > 0) {
			c.Say("of", n, "clubs number", i+1, "has the ladder of another one")
			return
		}
	}
}
