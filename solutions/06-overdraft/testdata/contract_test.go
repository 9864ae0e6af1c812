package account_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/contract"
	account "racelab/exercises/06-overdraft"
)

var errNotes = errors.New("the notes are jammed")

// customers is where a scenario takes place. The other account is opened when the first is
// already in use.
type customers struct{ a, other *account.Account }

// Contract is what one can do with accounts.
func Contract() contract.Contract {
	type ops = []contract.Op[*customers]
	a := func(cs *customers) *account.Account { return cs.a }
	other := func(cs *customers) *account.Account { return cs.other }
	terms := contract.Terms[*customers]{
		Ops: ops{
			{Text: "a.Balance(), other.Balance()", Do: func(cs *customers, c *contract.Call) { c.Return(cs.a.Balance(), cs.other.Balance()) }, Finally: true},
			emptying("a", a), emptying("other", other),
		},
	}
	for _, opening := range []int{0, 1000, 100_000} {
		terms.Setups = append(terms.Setups, contract.Setup[*customers]{
			Text: fmt.Sprintf("a, other := account.New(%d), account.New(500)", opening),
			Open: func() *customers { return &customers{account.New(opening), account.New(500)} },
		})
	}
	terms.Setups = append(terms.Setups, contract.Setup[*customers]{
		Text: "a := account.New(400); a.Deposit(2600); a.Draw(1000, pays); other := account.New(700); other.Draw(200, pays)",
		Open: func() *customers {
			a, other := account.New(400), account.New(700)
			a.Deposit(2600)
			_, _ = a.Draw(1000, pays), other.Draw(200, pays)
			return &customers{a, other}
		},
	})
	terms.Ops = append(terms.Ops, ops{
		{Text: "a.Balance()", Vague: true, Do: func(cs *customers, c *contract.Call) { c.Return(cs.a.Balance()) }},
		{Text: "a.Deposit(1)", Do: func(cs *customers, c *contract.Call) { cs.a.Deposit(1) }},
		{Text: "a.Deposit(500)", Do: func(cs *customers, c *contract.Call) { cs.a.Deposit(500) }},
		drawing("a", a, 1, nil), drawing("a", a, 300, nil), drawing("a", a, 600, nil), drawing("a", a, 800, nil), drawing("a", a, 1000, nil),
		drawing("a", a, 300, errNotes), drawing("a", a, 1000, errNotes), neverPaid(drawing("a", a, 1_000_000, nil)),
		drawing("other", other, 300, nil),
		{Text: "a machine counts 70 of 100, two others may wait for 50 and 40, and 15 are paid in", Apart: true, Do: whoMayGo},
		{Text: "a machine counts 90 of 90, three others may wait for 30 each, and the 90 come back, or are paid in", Apart: true, Do: allMayGo},
		{Text: "at each of two accounts a machine counts, and another one may wait for it", Apart: true, Do: eachHears},
		{Text: "accounts are opened while another one is in use", Apart: true, Do: opening},
		{Text: "machines that fail with all sorts of errors", Apart: true, Do: failing},
		{Text: "b := account.New(7); b.Deposit(2); b.Draw(4, pays); b.Balance()", Do: func(_ *customers, c *contract.Call) {
			b := account.New(7)
			b.Deposit(2)
			c.Return(answer(b.Draw(4, pays)), b.Balance())
		}},
		apart("while a machine counts, and another one may wait for it, accounts are opened and used", newMeanwhile),
		apart("while a machine counts 90 of 100, 50 are paid in, and somebody draws 55", paidInMeanwhile),
		apart("while a machine counts 10 of 100, another one pays out 60, and a third may have waited for 70", coveredNoMore),
		apart("a machine counts for a time in the program, then another one draws", longCounts),
		apart("20 draws may wait for a machine, which jams", func(c *contract.Call) { manyWait(c, 20) }),
		apart("the same, with as many draws as a number in the program", contract.UpTo(500, manyWait)),
		apart("100 machines count at the same time, at one account or at as many", func(c *contract.Call) { manyCount(c, 100) }),
		apart("the same, with as many machines as a number in the program", contract.UpTo(1_100, manyCount)),
		apart("300 accounts", func(c *contract.Call) { manyAccounts(c, 300) }),
		apart("as many accounts as a number in the program", contract.UpTo(20_000, manyAccounts)),
		apart("the same, for a large number in the program", func(c *contract.Call) {
			if large := contract.Numbers(20_001, 70_000); len(large) > 0 {
				manyAccounts(c, large[0]+1)
			}
		}),
		apart("as many bookings as a number in the program", contract.UpTo(20_000, manyBookings)),
		apart("after as many bookings as a number in the program, two want all the money", lastOfMany),
		apart("very large amounts", largeAmounts),
		{Text: "a machine counts 1<<39 of 1<<40, and meanwhile others draw", Apart: true, Do: millionaires},
	}...)
	return contract.Of(terms)
}

// drawing is a draw at a machine that works, or jams.
func drawing(name string, of func(*customers) *account.Account, amount int, jam error) contract.Op[*customers] {
	text := fmt.Sprintf("%s.Draw(%d, pays)", name, amount)
	if jam != nil {
		text = fmt.Sprintf("%s.Draw(%d, jams)", name, amount)
	}
	return contract.Op[*customers]{
		Text: text, Calls: true,
		Do: func(cs *customers, c *contract.Call) {
			told, own := 0, jam
			if jam != nil {
				own = fmt.Errorf("machine %d: %w", c.Goroutine(), jam)
			}
			err := of(cs).Draw(amount, func(notes int) error {
				told++
				if notes != amount {
					c.Say("dispense is told", notes)
				}
				c.Inside()
				return own
			})
			if errors.Is(err, jam) && !errors.Is(err, own) {
				c.Return("the error of another machine")
			}
			c.Return(answer(err), fmt.Sprintf("dispense called %d times", told))
		},
		// Whether the money suffices may depend on a machine that is still counting.
		MayWait: func(result string) bool { return result == refused },
	}
}

// neverPaid is a draw of more than there can ever be: no machine that counts can help it.
func neverPaid(op contract.Op[*customers]) contract.Op[*customers] {
	op.MayWait = nil
	return op
}

// emptying is a customer who comes when all others have gone, and draws all there is.
func emptying(name string, of func(*customers) *account.Account) contract.Op[*customers] {
	return contract.Op[*customers]{
		Text: fmt.Sprintf("%s.Draw(%s.Balance(), pays), %s.Balance()", name, name, name), Finally: true,
		Do: func(cs *customers, c *contract.Call) {
			a := of(cs)
			if all := a.Balance(); all > 0 { // amounts are positive
				c.Return(answer(a.Draw(all, pays)))
			}
			c.Return(a.Balance())
		},
	}
}

func pays(int) error { return nil }

// whoMayGo is about draws that wait for a machine which is still counting. One for which the
// money suffices again waits no longer, whoever has come before it.
func whoMayGo(_ *customers, c *contract.Call) {
	a := account.New(100)
	counted := make(chan struct{})
	var machines sync.WaitGroup
	machines.Go(func() {
		_ = a.Draw(70, func(int) error {
			<-counted
			return nil
		})
	})
	contract.Rest(time.Second)
	machines.Go(func() { _ = a.Draw(50, pays) })
	contract.Rest(time.Second)
	small := make(chan struct{})
	go func() {
		defer close(small)
		_ = a.Draw(40, pays)
	}()
	contract.Rest(time.Second)
	a.Deposit(15)
	contract.Rest(time.Second)
	select {
	case <-small:
		c.Return("40 are paid out, or refused, meanwhile")
	default:
		c.Return("40 are not paid out although they are there")
	}
	close(counted)
	machines.Wait()
	<-small
}

// allMayGo is about draws that wait for a machine, and whose money comes all at once. They
// count their notes at the same time, too.
func allMayGo(_ *customers, c *contract.Call) {
	for _, jam := range []error{errNotes, nil} {
		a := account.New(90)
		counted, known := make(chan struct{}), make(chan struct{})
		var machines sync.WaitGroup
		machines.Go(func() {
			_ = a.Draw(90, func(int) error {
				<-known
				return jam
			})
		})
		contract.Rest(time.Second)
		const many = 3
		served := make(chan struct{}, 2*many) // where a machine counts, or the draw is refused
		for range many {
			machines.Go(func() {
				err := a.Draw(30, func(int) error {
					served <- struct{}{}
					<-counted
					return nil
				})
				if err != nil {
					served <- struct{}{}
				}
			})
		}
		contract.Rest(time.Second)
		if jam == nil {
			a.Deposit(90)
		} else {
			close(known)
		}
		contract.Rest(time.Second)
		c.Say(many-len(served), "wait although their money is there")
		if jam == nil {
			close(known)
		}
		close(counted)
		machines.Wait()
	}
}

// eachHears is about draws that wait for a machine of their own account, while others wait
// for one of another account: whose machine is done is told, whoever has come first.
func eachHears(_ *customers, c *contract.Call) {
	for first := range 2 {
		var counted, told [2]chan struct{}
		var accounts [2]*account.Account
		var machines sync.WaitGroup
		for i := range accounts {
			a, done := account.New(10), make(chan struct{})
			accounts[i], counted[i], told[i] = a, done, make(chan struct{})
			machines.Go(func() {
				_ = a.Draw(10, func(int) error {
					<-done
					return nil
				})
			})
		}
		contract.Rest(time.Second)
		for i, a := range accounts {
			go func() {
				defer close(told[i])
				_ = a.Draw(5, pays)
			}()
			contract.Rest(time.Second)
		}
		for _, i := range []int{first, 1 - first} {
			close(counted[i])
			contract.Rest(time.Second)
			select {
			case <-told[i]:
				c.Return("its customer is told")
			default:
				c.Return("its customer is not told")
			}
		}
		machines.Wait()
		for i := range told {
			<-told[i]
		}
	}
}

// failing is about a machine that fails, whatever its error is. It may be one that means
// something else when Draw itself returns it, or one after which people try again.
func failing(_ *customers, c *contract.Call) {
	a := account.New(100)
	for _, jam := range []error{
		account.ErrInsufficient, fmt.Errorf("no notes: %w", account.ErrInsufficient),
		context.DeadlineExceeded, fmt.Errorf("no line: %w", context.Canceled),
		os.ErrDeadlineExceeded, io.EOF, errors.Join(errNotes, account.ErrInsufficient), errors.New(""),
		errors.New(strings.Repeat("jammed, ", 2_000)),
	} {
		told := 0
		err := a.Draw(60, func(int) error {
			told++
			return jam
		})
		c.Return(errors.Is(err, jam), told, a.Balance())
	}
	for _, jam := range []stuck{{50, 10}, {}} {
		err := a.Draw(60, func(int) error { return jam })
		_, ok := errors.AsType[stuck](err)
		c.Return(ok, a.Balance())
	}
	c.Return(answer(a.Draw(100, pays)), a.Balance())
}

// stuck are notes that are stuck in a machine. It is an error that cannot be compared, and
// has no cause.
type stuck []int

func (s stuck) Error() string { return fmt.Sprint("stuck: ", []int(s)) }

func (stuck) Unwrap() error { return nil }

// opening is about accounts that are new while others are in use, or new, too.
func opening(_ *customers, c *contract.Call) {
	a := account.New(10)
	var drawn, inNew, inMine int
	var customers sync.WaitGroup
	customers.Go(func() {
		for range 3 {
			a.Deposit(1)
			if a.Draw(2, pays) == nil {
				drawn += 2
			}
			mine := account.New(1)
			mine.Deposit(2)
			inMine += mine.Balance()
		}
	})
	customers.Go(func() {
		for amount := range 3 {
			b := account.New(amount)
			b.Deposit(2)
			_ = b.Draw(1, pays)
			inNew += b.Balance()
		}
	})
	customers.Wait()
	c.Return(drawn, a.Balance(), inNew, inMine)
}

// millionaires is about amounts that need more than 32 bits. A draw for which the money may
// or may not suffice, once a machine has counted, is refused in the end.
func millionaires(_ *customers, c *contract.Call) {
	const all = 1 << 40
	a := account.New(all)
	counted := make(chan struct{})
	var machines sync.WaitGroup
	machines.Go(func() {
		_ = a.Draw(all/2, func(int) error {
			<-counted
			return nil
		})
	})
	contract.Rest(time.Second)
	c.Return(answer(a.Draw(all/4, pays)))
	var undecided error
	machines.Go(func() { undecided = a.Draw(all/2, pays) })
	contract.Rest(time.Second)
	close(counted)
	machines.Wait()
	c.Return(answer(undecided), a.Balance())
	c.Return(answer(a.Draw(all/4+1, pays)), answer(a.Draw(all/4, func(int) error { return errNotes })))
	a.Deposit(all)
	c.Return(a.Balance(), answer(a.Draw(all+all/4, pays)), answer(a.Draw(1, pays)), a.Balance())
}

func apart(text string, do func(*contract.Call)) contract.Op[*customers] {
	return contract.Op[*customers]{Text: text, Apart: true, Do: func(_ *customers, c *contract.Call) { do(c) }}
}

// A till is an account at which several machines count at the same time. Those that are
// held up go on when they are told to.
type till struct {
	*account.Account
	goOn     chan struct{}
	machines sync.WaitGroup

	mu             sync.Mutex
	counting, paid int // machines, money
	early          int // who got an answer while his notes were still counted
}

func newTill(opening int) *till {
	return &till{Account: account.New(opening), goOn: make(chan struct{})}
}

// draw begins a draw at a machine that is held up and then jams, or pays if jam is nil. The
// answer is there when the channel is closed.
func (t *till) draw(amount int, jam error) (answered chan struct{}) {
	return t.at(amount, jam, t.goOn)
}

// drawSoon is a draw at a machine that is not held up.
func (t *till) drawSoon(amount int) (answered chan struct{}) {
	now := make(chan struct{})
	close(now)
	return t.at(amount, nil, now)
}

func (t *till) at(amount int, jam error, goOn chan struct{}) chan struct{} {
	answered := make(chan struct{})
	t.machines.Go(func() {
		defer close(answered)
		var counts atomic.Bool
		err := t.Draw(amount, func(int) error {
			counts.Store(true)
			t.counts(1)
			<-goOn
			t.counts(-1)
			counts.Store(false)
			return jam
		})
		if err == nil {
			t.pays(amount)
		}
		if counts.Load() {
			t.isEarly()
		}
	})
	return answered
}

func (t *till) counts(change int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counting += change
}

func (t *till) pays(amount int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.paid += amount
}

// now is how many machines count.
func (t *till) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.counting
}

func (t *till) isEarly() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.early++
}

// close waits until all machines are done, and compares what they have paid out with what
// is left of all there was.
func (t *till) close(c *contract.Call, all int) {
	t.machines.Wait()
	if t.early > 0 {
		c.Say(t.early, "of the draws have an answer, while their notes are still counted")
	}
	if left := t.Balance(); left < 0 || t.paid+left != all {
		c.Return(fmt.Sprintf("of %d euros, %d have been paid out, and the balance is %d", all, t.paid, left))
	}
}

// newMeanwhile is about accounts that are opened while a machine of another one counts, and
// is about to pay or to jam.
func newMeanwhile(c *contract.Call) {
	for _, jam := range []error{nil, errNotes} {
		t := newTill(100)
		t.draw(100, jam)
		contract.Rest(time.Second)
		t.drawSoon(50)
		contract.Rest(time.Second)
		for i := range 20 {
			b := newTill(10 + i)
			<-b.drawSoon(5)
			b.close(c, 10+i)
		}
		other := newTill(10)
		close(other.goOn)
		other.draw(4, jam)
		other.close(c, 10)
		close(t.goOn)
		t.close(c, 100)
	}
}

// paidInMeanwhile is about money that is there from when it has been paid in.
func paidInMeanwhile(c *contract.Call) {
	for _, jam := range []error{nil, errNotes} {
		t := newTill(100)
		t.draw(90, jam)
		contract.Rest(time.Second)
		t.Deposit(50)
		if err := t.Draw(55, pays); err != nil {
			c.Return("100, of which 90 are counted, and 50 cover 55; Draw returns: " + answer(err))
		} else {
			t.pays(55)
		}
		close(t.goOn)
		t.close(c, 150)
	}
}

// coveredNoMore is about a draw that may have waited for two machines. When one of them has
// paid, nothing that the other one does covers it.
func coveredNoMore(c *contract.Call) {
	t := newTill(100)
	t.draw(10, nil)
	paid := make(chan struct{})
	t.at(60, nil, paid)
	contract.Rest(time.Second)
	third := t.draw(70, nil)
	contract.Rest(time.Second)
	close(paid)
	contract.Rest(time.Second)
	select {
	case <-third:
	default:
		c.Return("of 100, 60 are paid out, and a draw of 70 still waits")
	}
	close(t.goOn)
	t.close(c, 100)
}

// longCounts is about machines that count for longer than a program may expect.
func longCounts(c *contract.Call) {
	for _, long := range contract.Times(100 * time.Hour) {
		for _, jam := range []error{nil, errNotes} {
			t := newTill(100)
			t.draw(70, jam)
			contract.Rest(long + time.Second)
			t.drawSoon(50)
			contract.Rest(time.Second)
			close(t.goOn)
			t.close(c, 100)
		}
	}
}

// manyWait is about n draws for which there is enough only if a machine jams, as it does.
// Each may be paid then, or be refused.
func manyWait(c *contract.Call, n int) {
	t := newTill(n)
	t.draw(n, errNotes)
	contract.Rest(time.Second)
	for range n {
		t.drawSoon(1)
	}
	contract.Rest(time.Second)
	close(t.goOn)
	t.close(c, n)
}

// manyCount is about n machines that count at the same time. Meanwhile somebody draws all
// that is left, and somebody else comes too late.
func manyCount(c *contract.Call, n int) {
	t := newTill(3 * n)
	for range n {
		t.draw(1, nil)
	}
	contract.Rest(time.Second)
	if got := t.now(); got != n {
		c.Return(fmt.Sprintf("of %d machines of one account, %d count at the same time", n, got))
	}
	rest := t.draw(2*n, nil)
	contract.Rest(time.Second)
	select {
	case <-rest:
		c.Return(fmt.Sprintf("while %d machines count 1 of %d each, a draw of %d is refused", n, 3*n, 2*n))
	default:
	}
	t.drawSoon(1)
	contract.Rest(time.Second)
	close(t.goOn)
	t.close(c, 3*n)

	tills, counting := make([]*till, n), 0
	for i := range tills {
		tills[i] = newTill(1)
		tills[i].draw(1, nil)
	}
	contract.Rest(time.Second)
	for _, t := range tills {
		counting += t.now()
	}
	if counting != n {
		c.Return(fmt.Sprintf("of %d machines, one at each account, %d count at the same time", n, counting))
	}
	for _, t := range tills {
		close(t.goOn)
		t.close(c, 1)
	}
}

// manyAccounts is about n accounts, each with money of its own.
func manyAccounts(c *contract.Call, n int) {
	all := make([]*account.Account, n)
	for i := range all {
		all[i] = account.New(i)
	}
	for i, a := range all {
		if got := a.Balance(); got != i {
			c.Return(fmt.Sprintf("the account that was opened with %d, one of %d, has %d", i, n, got))
			return
		}
	}
}

// manyBookings is about n deposits and n draws, one after the other.
func manyBookings(c *contract.Call, n int) {
	a := account.New(1)
	for range n {
		a.Deposit(2)
		if err := a.Draw(1, pays); err != nil {
			c.Return(answer(err))
			return
		}
	}
	if got := a.Balance(); got != n+1 {
		c.Return(fmt.Sprintf("after %d times 2 in and 1 out, 1 has become %d", n, got))
	}
}

// largeAmounts is about amounts of which a sum, or a multiple, is more than an int holds.
func largeAmounts(c *contract.Call) {
	t := newTill(10)
	t.draw(4, nil)
	contract.Rest(time.Second)
	c.Return(answer(t.Draw(math.MaxInt, pays)))
	close(t.goOn)
	t.close(c, 10)
	a := account.New(1<<60 + 1)
	c.Return(answer(a.Draw(1<<59, pays)), answer(a.Draw(1<<59+2, pays)), a.Balance())
	a.Deposit(1<<60 + 1)
	c.Return(answer(a.Draw(1<<60+2, pays)), a.Balance())
}

const refused = "ErrInsufficient, dispense called 0 times"

func answer(err error) string {
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, account.ErrInsufficient):
		return "ErrInsufficient"
	case errors.Is(err, errNotes):
		return "the machine's error"
	}
	return "another error"
}

// lastOfMany is about what a program does once in so many bookings.
func lastOfMany(c *contract.Call) {
	n := contract.Number(5, 3, 2_000)
	a := account.New(0)
	for range n - 1 {
		a.Deposit(1)
	}
	var errs [2]error
	var people sync.WaitGroup
	for i := range errs {
		people.Go(func() { errs[i] = a.Draw(n-1, pays) })
	}
	people.Go(func() { a.Deposit(1) })
	people.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || a.Balance() != 1 {
		c.Return(fmt.Sprintf("there are %d, two want %d each, and 1 is paid in: they are told %v, and %d is left", n-1, n-1, errs, a.Balance()))
	}
}
