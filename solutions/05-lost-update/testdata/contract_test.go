package stock_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	stock "racelab/exercises/05-lost-update"
)

// warehouse is where a scenario takes place. A clerk may have a shelf alone.
type warehouse struct {
	a, b *stock.Shelf
	own  []*stock.Shelf // by goroutine
}

// clerks is at least how many goroutines a scenario has.
const clerks = 17

// brokenError is that of a clerk who has seen so many broken crates. It wraps another
// error, and is not that one.
type brokenError struct{ crates int }

func (e brokenError) Error() string { return fmt.Sprint(e.crates, " crates are broken") }

func (brokenError) Unwrap() error { return errors.New("they fell down") }

// Contract is what one can do with shelves. Adding 2 and taking 2 undo each other, and on
// some shelves there are enough crates to take only before or after others have been there.
func Contract() contract.Contract {
	type ops = []contract.Op[*warehouse]
	a := func(w *warehouse, _ int) *stock.Shelf { return w.a }
	b := func(w *warehouse, _ int) *stock.Shelf { return w.b }
	own := func(w *warehouse, goroutine int) *stock.Shelf { return w.own[goroutine] }
	terms := contract.Terms[*warehouse]{Ops: ops{
		updating("a", a, "add 2", adding(2)),
		updating("a", a, "double", func(crates int) (int, error) { return 2 * crates, nil }),
		updating("a", a, "take 2, if there are", take2),
		updating("a", a, "as it was", adding(0)),
		updating("a", a, "77 and an error", breaking),
		reading("a", a),
		updating("b", b, "add 5", adding(5)),
		reading("b", b),
		updating("own", own, "add 1", adding(1)),
		{Text: "a.Crates(), b.Crates()", Finally: true, Do: func(w *warehouse, c *contract.Call) { c.Return(w.a.Crates(), w.b.Crates()) }},
		finally("a.Update(77 and an error)", breaking),
		finally("a.Update(add 2)", adding(2)),
	}}
	terms.Ops = slices.Concat(terms.Ops, aboutNumbers(), aboutRaces(), aboutCrowds(), aboutShelves())
	for i, crates := range []int{0, 3, 1 << 40} {
		others := [...]int{0, 59, 255}[i]
		terms.Setups = append(terms.Setups, contract.Setup[*warehouse]{
			Text: fmt.Sprintf("a, b := stock.NewShelf(%d), stock.NewShelf(7) // between them are %d others", crates, others),
			Open: func() *warehouse {
				w := &warehouse{a: stock.NewShelf(crates)}
				for range others {
					stock.NewShelf(1)
				}
				w.b = stock.NewShelf(7)
				for range clerks {
					w.own = append(w.own, stock.NewShelf(0))
				}
				return w
			},
		})
	}
	return contract.Of(terms)
}

// apart is a call that uses shelves of its own.
func apart(text string, do func(*contract.Call)) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{Text: text, Apart: true, Do: func(_ *warehouse, c *contract.Call) { do(c) }}
}

func aboutNumbers() []contract.Op[*warehouse] {
	return []contract.Op[*warehouse]{
		apart("shelves with extreme numbers of crates", extremes),
		apart("shelves with as many crates as a number in the program, and about as many", named),
		apart("changes that return errors of many sorts", refusals),
		apart("as many updates, errors and looks at the book as a number in the program, and one more", contract.UpTo(10_000, manyUpdates)),
	}
}

func aboutRaces() []contract.Op[*warehouse] {
	return []contract.Op[*warehouse]{
		apart("a slow clerk doubles the number, and a quick one, who adds 1, is ahead of him 1,100 times, or once, but adds 256 times 1", func(c *contract.Call) {
			ahead(c, 1_100, 1)
			ahead(c, 1, 256)
		}),
		apart("a slow clerk doubles the number, and a quick one, who adds 1, is ahead of him once more than a number in the program", contract.UpTo(10_000, func(c *contract.Call, n int) { ahead(c, n, 1) })),
		apart("a slow clerk doubles the number, and while he looks a quick one adds 1 about as often as a number in the program", func(c *contract.Call) {
			for _, n := range contract.Counts(10_000) {
				for _, each := range []int{n / 2, n, n + 1} {
					ahead(c, 1, each)
				}
			}
		}),
		apart("a slow clerk doubles the number, and while he looks a quick one adds 1 as often as a large number in the program", func(c *contract.Call) { aheadByLarge(c, 0) }),
		apart("a slow clerk doubles the number, and while he looks a quick one adds 1 once more than a large number in the program", func(c *contract.Call) { aheadByLarge(c, 1) }),
		apart("somebody looks at the book while there are as many updates as a counter of few bits has values", slowLook),
		apart("each time that a clerk looks, one more crate has come, until there are as many as he wants, or too many for him", func(c *contract.Call) {
			atLast(c, 1)
			atLast(c, 12)
		}),
		apart("each time that a clerk looks, one more crate has come, until there are more than a number in the program", contract.UpTo(1_000, atLast)),
		apart("a clerk adds 2 and takes 2 again and again, another adds 1, and a third returns 77 and errors", thereAndBack),
		apart("a clerk is at his shelf for longer than any time in the program, twice, and then for as long nobody is", func(c *contract.Call) {
			longAway(c, 3*time.Hour)
			for _, long := range contract.Times(1_000 * time.Hour) {
				longAway(c, long+time.Minute)
			}
		}),
	}
}

func aboutCrowds() []contract.Op[*warehouse] {
	return []contract.Op[*warehouse]{
		apart("300 clerks at one shelf at the same time, and one at another", func(c *contract.Call) { busy(c, 300) }),
		apart("more clerks at one shelf at the same time than a number in the program, and one at another", contract.UpTo(4_200, busy)),
		apart("100 clerks, who come to one shelf twice", func(c *contract.Call) { rush(c, 100, 2) }),
		apart("a clerk is at a shelf, where 2 to 5 others wait for him, some of whom return errors", ownErrors),
		apart("a clerk is at a shelf, where more others than a number in the program wait for him, some of whom return errors", contract.UpTo(300, func(c *contract.Call, n int) {
			ownError(c, n, func(i int) bool { return i%3 == 1 })
		})),
		apart("a clerk is at a shelf, where up to 20 others and as many readers wait for him", func(c *contract.Call) {
			for _, n := range []int{1, 2, 3, 4, 20} {
				onlookers(c, n)
			}
		}),
		apart("a clerk is at a shelf, where more others and readers than a number in the program wait for him", contract.UpTo(500, onlookers)),
	}
}

func aboutShelves() []contract.Op[*warehouse] {
	return []contract.Op[*warehouse]{
		apart("while a shelf is in use, others are put up and used", func(c *contract.Call) {
			putUp(c)
			meanwhile(c)
		}),
		apart("a clerk is at a shelf, and as often as he looks, one of another shelf has been quicker", elsewhere),
		apart("200 clerks at 200 shelves at the same time", func(c *contract.Call) { allAtWork(c, 200) }),
		apart("more clerks than a number in the program, each at a shelf of his own, at the same time", contract.UpTo(1_900, allAtWork)),
		apart("while clerks are at 8 of 300 shelves, all others are used", func(c *contract.Call) { besideSome(c, 300) }),
		apart("while clerks are at 8 of more shelves than a number in the program, all others are used", contract.UpTo(20_000, besideSome)),
	}
}

func adding(n int) func(int) (int, error) {
	return func(crates int) (int, error) { return crates + n, nil }
}

// walking is adding of one who lets others go ahead.
func walking(n int) func(int) (int, error) {
	return func(crates int) (int, error) {
		runtime.Gosched()
		return crates + n, nil
	}
}

func take2(crates int) (int, error) {
	if crates < 2 {
		return 0, errTooFew
	}
	return crates - 2, nil
}

func breaking(crates int) (int, error) { return 77, brokenError{crates} }

func finally(text string, change func(int) (int, error)) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: text, Finally: true,
		Do: func(w *warehouse, c *contract.Call) { c.Return(outcome(w.a.Update(change))) },
	}
}

func updating(name string, shelf func(w *warehouse, goroutine int) *stock.Shelf, text string, change func(int) (int, error)) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: fmt.Sprintf("%s.Update(%s)", name, text), Calls: true,
		Do: func(w *warehouse, c *contract.Call) {
			crates, err := shelf(w, c.Goroutine()).Update(func(crates int) (int, error) {
				c.Inside()
				return change(crates)
			})
			c.Return(outcome(crates, err))
		},
	}
}

func reading(name string, shelf func(w *warehouse, goroutine int) *stock.Shelf) contract.Op[*warehouse] {
	return contract.Op[*warehouse]{
		Text: name + ".Crates()",
		Do:   func(w *warehouse, c *contract.Call) { c.Return(shelf(w, c.Goroutine()).Crates()) },
	}
}

// outcome is what Update returned. The number counts only if there is no error.
func outcome(crates int, err error) string {
	broken, ok := errors.AsType[brokenError](err)
	switch {
	case err == nil:
		return fmt.Sprint(crates)
	case errors.Is(err, errTooFew):
		return "too few"
	case ok:
		return broken.Error()
	}
	return "an error that is not that of change"
}

// extremes is about numbers that are unusual and numbers all the same. change gets the
// number that is there.
func extremes(c *contract.Call) {
	for _, crates := range []int{math.MaxInt, math.MinInt, -1, 0, math.MaxInt32 + 1, 1 << 62} {
		shelf := stock.NewShelf(crates)
		c.Return(shelf.Crates())
		for _, next := range []int{-5, math.MinInt, math.MaxInt, -1, 0, math.MinInt + 1} {
			got, err := shelf.Update(func(before int) (int, error) {
				if before != crates {
					c.Return(fmt.Sprintf("change gets %d instead of %d", before, crates))
				}
				return next, nil
			})
			c.Return(outcome(got, err), shelf.Crates())
			_, err = shelf.Update(func(before int) (int, error) { return crates, brokenError{before} })
			c.Return(outcome(0, err), shelf.Crates())
			crates = next
		}
	}
}

// named is about the numbers that the program names, and those beside them. Who means
// something by one of them, such as that the shelf is in use, mistakes it for that.
func named(c *contract.Call) {
	for _, n := range contract.Numbers(2, math.MaxInt) {
		for _, crates := range []int{n - 1, n, n + 1, -n, -n - 1, n / 2, 1 - n} {
			shelf := stock.NewShelf(crates)
			steps := []int{crates, 5, crates, crates, -1, crates}
			if told := inTurn(shelf, steps); told != fmt.Sprint(steps) {
				c.Return(fmt.Sprintf("a shelf with %d crates: updates to %v say %s", crates, steps, told))
			}
		}
	}
}

// inTurn updates a shelf to each of the numbers, and returns what it has heard of them. In
// between come changes to the same numbers that fail.
func inTurn(shelf *stock.Shelf, steps []int) string {
	before := shelf.Crates()
	var heard []any
	for _, next := range steps {
		_, err := shelf.Update(func(int) (int, error) { return next, errTooFew })
		crates, none := shelf.Update(func(crates int) (int, error) {
			if crates != before {
				return crates, brokenError{crates}
			}
			return next, nil
		})
		if before = next; !errors.Is(err, errTooFew) || none != nil || shelf.Crates() != next {
			heard = append(heard, "something else than")
		}
		heard = append(heard, crates)
	}
	return fmt.Sprint(heard)
}

// manyUpdates is about n updates, n errors and n looks at the book.
func manyUpdates(c *contract.Call, n int) {
	shelf := stock.NewShelf(0)
	for i := range n {
		_, err := shelf.Update(take2)
		crates, none := shelf.Update(func(int) (int, error) { return i % 2, nil })
		if !errors.Is(err, errTooFew) || crates != i%2 || none != nil || shelf.Crates() != i%2 {
			c.Return(fmt.Sprintf("after %d updates and errors something else than before", i))
			return
		}
	}
}

// putUp is about shelves that are new while others are in use.
func putUp(c *contract.Call) {
	shelf := stock.NewShelf(0)
	var onNew int
	var at sync.WaitGroup
	at.Go(func() {
		for range 3 {
			_, _ = shelf.Update(adding(1))
			shelf.Crates()
		}
	})
	at.Go(func() {
		for crates := range 3 {
			one := stock.NewShelf(crates)
			_, _ = one.Update(adding(1))
			onNew += one.Crates()
		}
	})
	at.Wait()
	c.Return(shelf.Crates(), onNew)
}

// meanwhile is about a clerk who is at his shelf until a new one has been put up, changed
// and read.
func meanwhile(c *contract.Call) {
	v := visiting(stock.NewShelf(0))
	one := stock.NewShelf(5)
	crates, err := one.Update(adding(1))
	c.Return(outcome(crates, err), one.Crates(), v.end())
}

// elsewhere is about a clerk who is never at his shelf without work that ends at another
// one meanwhile. As nobody else is at his own, that is nothing to start again for.
func elsewhere(c *contract.Call) {
	const most = 50
	shelf, other := stock.NewShelf(0), stock.NewShelf(0)
	looks := make(chan chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		for done := range looks {
			_, _ = other.Update(adding(1))
			close(done)
		}
	}()
	looked := 0
	crates, err := shelf.Update(func(crates int) (int, error) {
		if looked++; looked <= most {
			done := make(chan struct{})
			looks <- done
			<-done
		}
		return crates + 1, nil
	})
	close(looks)
	<-over
	if looked > most {
		c.Return(fmt.Sprintf("a clerk who has to look again for each of %d updates of another shelf", looked-1))
	}
	c.Return(outcome(crates, err))
}

// late is an error of a clerk who has waited in vain. Who asks again, hears the same.
type late struct{}

func (late) Error() string { return "too late" }
func (late) Timeout() bool { return true }

// refusals is about errors that mean something elsewhere. Here they are those of change.
func refusals(c *contract.Call) {
	shelf := stock.NewShelf(3)
	for _, want := range []error{late{}, context.Canceled, context.DeadlineExceeded, io.EOF, fmt.Errorf("at the shelf: %w", io.EOF)} {
		_, err := shelf.Update(func(crates int) (int, error) { return crates + 1, want })
		c.Return(errors.Is(err, want), shelf.Crates())
	}
	for range 2 {
		_, err := shelf.Update(func(crates int) (int, error) { return crates + 1, several{io.EOF, io.ErrNoProgress} })
		_, ok := errors.AsType[several](err)
		c.Return(ok, shelf.Crates())
	}
}

// several is an error that cannot be compared.
type several []error

func (s several) Error() string { return fmt.Sprint([]error(s)) }

// crowd lets n goroutines update shelves at the same time. The first one comes first, and
// none comes back from its shelf, where it calls away, before all others have come and
// meanwhile has returned. Then they come back one after the other: if all came at once,
// those who have to look again would be in each other's way.
func crowd(n int, update func(i int, away func()), meanwhile func()) {
	open, turns := make(chan struct{}), make(chan struct{}, n+1)
	away := func() {
		select {
		case <-open:
		default:
			<-turns
		}
	}
	var at sync.WaitGroup
	for i := range n {
		at.Go(func() {
			update(i, away)
			turns <- struct{}{}
		})
		if i == 0 {
			contract.Rest(time.Millisecond)
		}
	}
	contract.Rest(time.Millisecond)
	meanwhile()
	close(open)
	turns <- struct{}{}
	at.Wait()
}

// busy is about very many clerks at one shelf. Each of them is told a number of its own,
// and none is in the way of one at another shelf.
func busy(c *contract.Call, n int) {
	shelf, other := stock.NewShelf(0), stock.NewShelf(0)
	told, errs := make([]int, n), make([]error, n)
	crowd(n, func(i int, away func()) {
		told[i], errs[i] = shelf.Update(func(crates int) (int, error) {
			away()
			return crates + 1, nil
		})
	}, func() {
		if crates, err := other.Update(adding(1)); crates != 1 || err != nil || other.Crates() != 1 {
			c.Say("at another shelf", outcome(crates, err))
		}
	})
	slices.Sort(told)
	for i, err := range errs {
		if told[i] != i+1 || err != nil {
			c.Return(fmt.Sprintf("of %d clerks one is told %s", n, outcome(told[i], err)))
			return
		}
	}
	if got := shelf.Crates(); got != n {
		c.Return(fmt.Sprintf("%d clerks add %d crates", n, got))
	}
}

// rush is about n clerks who come without an order, each so many times. Each update has a
// number of its own.
func rush(c *contract.Call, n, times int) {
	shelf := stock.NewShelf(0)
	told := make([][]int, n)
	var at sync.WaitGroup
	for i := range n {
		at.Go(func() {
			for range times {
				crates, _ := shelf.Update(adding(1)) // 0 if there is an error
				told[i] = append(told[i], crates)
			}
		})
	}
	at.Wait()
	for i, got := range slices.Sorted(slices.Values(slices.Concat(told...))) {
		if got != i+1 {
			c.Return(fmt.Sprintf("of %d updates that add 1, one is told %d instead of %d", n*times, got, i+1))
			return
		}
	}
}

// ownErrors is about few clerks, any of whom may return an error.
func ownErrors(c *contract.Call) {
	for n := 2; n <= 5; n++ {
		for mask := range 1 << n {
			ownError(c, n, func(i int) bool { return mask>>i&1 == 1 })
		}
	}
}

// ownError is about n clerks who wait while one is at the shelf. Some return errors. Each
// is told his own, and the others' crates are all there.
func ownError(c *contract.Call, n int, fails func(i int) bool) {
	shelf := stock.NewShelf(0)
	wants, errs := make([]error, n+1), make([]error, n+1)
	added := 1
	for i := range n {
		switch {
		case !fails(i):
			added++
		case i%2 == 0:
			wants[i+1] = brokenError{i}
		default:
			wants[i+1] = fmt.Errorf("clerk %d: %w", i, errTooFew)
		}
	}
	crowd(n+1, func(i int, away func()) {
		_, errs[i] = shelf.Update(func(crates int) (int, error) {
			away()
			return crates + 1, wants[i]
		})
	}, func() {})
	for i, err := range errs {
		if !errors.Is(err, wants[i]) {
			c.Return(fmt.Sprintf("one of %d clerks, whose change says %v, is told %v", n+1, wants[i], err))
		}
	}
	if got := shelf.Crates(); got != added {
		c.Return(fmt.Sprintf("of %d clerks %d add a crate, and there are %d", n+1, added, got))
	}
}

// onlookers is about n clerks and n readers who wait while one clerk is at the shelf.
// None of them is forgotten.
func onlookers(c *contract.Call, n int) {
	shelf := stock.NewShelf(0)
	crowd(2*n+1, func(i int, away func()) {
		if i%2 == 1 {
			if got := shelf.Crates(); got < 0 || got > n+1 {
				c.Return(fmt.Sprintf("a reader of %d who wait for %d clerks sees %d crates", n, n+1, got))
			}
			return
		}
		_, _ = shelf.Update(func(crates int) (int, error) {
			away()
			return crates + 1, nil
		})
	}, func() {})
	if got := shelf.Crates(); got != n+1 {
		c.Return(fmt.Sprintf("%d clerks add %d crates", n+1, got))
	}
}

// visit is a clerk who is at his shelf until he is told to leave.
type visit struct {
	leave chan struct{}
	told  chan string
}

// visiting begins an update that adds 1, and returns when the clerk is at the shelf.
func visiting(shelf *stock.Shelf) visit {
	v := visit{make(chan struct{}), make(chan string, 1)}
	at := make(chan struct{})
	look := sync.OnceFunc(func() { // change may be called again
		close(at)
		<-v.leave
	})
	go func() {
		crates, err := shelf.Update(func(crates int) (int, error) {
			look()
			return crates + 1, nil
		})
		v.told <- outcome(crates, err)
	}()
	<-at
	return v
}

func (v visit) end() string {
	close(v.leave)
	return <-v.told
}

// putUpByTwo puts up n shelves, on the i-th of which are i crates. Two goroutines do it.
func putUpByTwo(n int) []*stock.Shelf {
	shelves := make([]*stock.Shelf, n)
	var both sync.WaitGroup
	for first := range 2 {
		both.Go(func() {
			for i := first; i < n; i += 2 {
				shelves[i] = stock.NewShelf(i)
			}
		})
	}
	both.Wait()
	return shelves
}

// allAtWork is about n clerks at as many shelves. None comes back before all are there:
// no two of the shelves may have something in common.
func allAtWork(c *contract.Call, n int) {
	var visits []visit
	for _, shelf := range putUpByTwo(n) {
		visits = append(visits, visiting(shelf))
	}
	for i, v := range visits {
		if told := v.end(); told != fmt.Sprint(i+1) {
			c.Return(fmt.Sprintf("shelf %d of %d: adding 1 to %d says %s", i, n, i, told))
		}
	}
}

// besideSome is about n shelves, at a few of which are clerks while the others are used.
func besideSome(c *contract.Call, n int) {
	shelves, apart := putUpByTwo(n), max(n/8, 1)
	var visits []visit
	for i := 0; i < n; i += apart {
		visits = append(visits, visiting(shelves[i]))
	}
	for i, shelf := range shelves {
		if i%apart == 0 {
			continue
		}
		crates, err := shelf.Update(adding(1))
		if told, got := outcome(crates, err), shelf.Crates(); told != fmt.Sprint(i+1) || got != i+1 {
			c.Return(fmt.Sprintf("shelf %d of %d: adding 1 to %d says %s, and there are %d", i, n, i, told, got))
		}
	}
	for i, v := range visits {
		if told := v.end(); told != fmt.Sprint(i*apart+1) {
			c.Return(fmt.Sprintf("shelf %d of %d: adding 1 to %d says %s", i*apart, n, i*apart, told))
		}
	}
}

// outrun is the update of a slow clerk, while a quick one does something each of the first
// times that the slow one looks. If he has to wait for the slow one, it is done once.
func outrun(shelf *stock.Shelf, looks int, rest time.Duration, quick func(), change func(int) (int, error)) (int, error) {
	begun, done := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(done)
		for range begun {
			quick()
		}
	}()
	looked := 0
	crates, err := shelf.Update(func(crates int) (int, error) {
		if looked++; looked <= looks {
			select {
			case begun <- struct{}{}:
			default: // he waits already
			}
			contract.Rest(rest)
		}
		return change(crates)
	})
	close(begun)
	<-done
	return crates, err
}

// adder returns a function that adds a crate, and one that says how often it was called.
func adder(shelf *stock.Shelf) (add func(), added func() int) {
	n := 0
	return func() {
		n++
		_, _ = shelf.Update(adding(1)) // if it fails, there are too few in the end
	}, func() int { return n }
}

// ahead is about a slow clerk, who doubles the number, and a quick one, who adds so many
// crates each of the first times that the slow one looks.
func ahead(c *contract.Call, looks, each int) {
	shelf := stock.NewShelf(1)
	add, added := adder(shelf)
	told, err := outrun(shelf, looks, time.Millisecond, func() {
		for range each {
			add()
		}
	}, func(crates int) (int, error) { return 2 * crates, nil })
	got, doubled := shelf.Crates(), told/2
	if got != 1+doubled+added() || told%2 != 0 || doubled < 1 || doubled > 1+added() || err != nil {
		c.Return(fmt.Sprintf("the slow one is told %s; 1 crate and %d added make %d", outcome(told, err), added(), got))
	}
}

// aheadByLarge is ahead for the first large number in the program, and so many more. There
// is time for one.
func aheadByLarge(c *contract.Call, more int) {
	if large := contract.Numbers(10_001, 70_000); len(large) > 0 {
		ahead(c, 1, large[0]+more)
	}
}

// atLast is about changes that depend on whether there are n crates.
func atLast(c *contract.Call, n int) {
	enoughAtLast(c, n)
	fullAtLast(c, n)
}

// enoughAtLast is about a clerk who wants n crates, of which one comes each time that he
// looks. He is told that there are too few, or he has taken them.
func enoughAtLast(c *contract.Call, n int) {
	shelf := stock.NewShelf(0)
	add, added := adder(shelf)
	told, err := outrun(shelf, n, time.Millisecond, add, func(crates int) (int, error) {
		if crates < n {
			return 77, errTooFew
		}
		return crates - n, nil
	})
	switch got := shelf.Crates(); {
	case errors.Is(err, errTooFew) && got == added():
	case err == nil && got == added()-n && 0 <= told && told <= got:
	default:
		c.Return(fmt.Sprintf("%d crates came, who takes %d is told %s, and there are %d", added(), n, outcome(told, err), got))
	}
}

// fullAtLast is about a clerk who brings 100 crates to a shelf, on which n others must not be.
// One comes each time that he looks.
func fullAtLast(c *contract.Call, n int) {
	shelf := stock.NewShelf(0)
	add, added := adder(shelf)
	told, err := outrun(shelf, n, time.Millisecond, add, func(crates int) (int, error) {
		if crates >= n {
			return 77, errTooFew // room
		}
		return crates + 100, nil
	})
	switch got := shelf.Crates(); {
	case errors.Is(err, errTooFew) && got == added() && got >= n:
	case err == nil && got == added()+100 && 100 <= told && told <= got:
	default:
		c.Return(fmt.Sprintf("%d crates came, who adds 100 to less than %d is told %s, and there are %d", added(), n, outcome(told, err), got))
	}
}

// thereAndBack is about a number that is the same again and again, while some changes fail
// and others do not.
func thereAndBack(c *contract.Call) {
	const times = 200
	shelf := stock.NewShelf(0)
	var at sync.WaitGroup
	at.Go(func() {
		for range times {
			_, _ = shelf.Update(walking(2))
			_, _ = shelf.Update(walking(-2))
		}
	})
	at.Go(func() {
		for range times {
			if crates, err := shelf.Update(breaking); err == nil {
				c.Say("instead of an error", crates)
			}
		}
	})
	at.Go(func() {
		for range times {
			_, _ = shelf.Update(walking(1))
		}
	})
	at.Wait()
	if got := shelf.Crates(); got != times {
		c.Return(fmt.Sprintf("in the end %d crates instead of %d", got, times))
	}
}

// longAway is about a clerk who is at his shelf for long, so that others wait for him or he
// has to look again. After that, the shelf is not used for as long.
func longAway(c *contract.Call, long time.Duration) {
	shelf := stock.NewShelf(5)
	add, added := adder(shelf)
	var reading sync.WaitGroup
	told, err := outrun(shelf, 2, long, func() {
		reading.Go(func() {
			if got := shelf.Crates(); got < 5 {
				c.Return(fmt.Sprintf("within %v a reader sees %d crates, and never were less than 5 there", long, got))
			}
		})
		add()
	}, adding(1))
	reading.Wait()
	contract.Rest(long)
	add()
	if got := shelf.Crates(); got != 5+added()+1 || err != nil {
		c.Return(fmt.Sprintf("after %v he is told %s; 5 crates and %d added make %d", long, outcome(told, err), added()+1, got))
	}
}

// slowLook is about somebody who is slow at looking: when he looks on, what tells that there
// were updates meanwhile may be what it was. Each update changes it once or twice, and both
// halves of the number.
func slowLook(c *contract.Call) {
	const both = 1<<32 + 1
	shelf := stock.NewShelf(both)
	var people sync.WaitGroup
	people.Go(func() {
		if crates := shelf.Crates(); crates%both != 0 {
			c.Say("Crates returns", crates, "which never was in the book")
		}
	})
	people.Go(func() {
		for range contract.Cycle(600) {
			_, _ = shelf.Update(adding(both))
		}
	})
	people.Wait()
}
