package account_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
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
		{Text: "a.Balance()", Do: func(cs *customers, c *contract.Call) { c.Return(cs.a.Balance()) }},
		{Text: "a.Deposit(1)", Do: func(cs *customers, c *contract.Call) { cs.a.Deposit(1) }},
		{Text: "a.Deposit(500)", Do: func(cs *customers, c *contract.Call) { cs.a.Deposit(500) }},
		drawing("a", a, 1, nil), drawing("a", a, 300, nil), drawing("a", a, 600, nil), drawing("a", a, 800, nil), drawing("a", a, 1000, nil),
		drawing("a", a, 300, errNotes), drawing("a", a, 1000, errNotes),
		drawing("other", other, 300, nil),
		{Text: "a machine counts 70 of 100, two others may wait for 50 and 40, and 15 are paid in", Apart: true, Do: whoMayGo},
		{Text: "a machine counts 90 of 90, three others may wait for 30 each, and the 90 come back, or are paid in", Apart: true, Do: allMayGo},
		{Text: "at each of two accounts a machine counts, and another one may wait for it", Apart: true, Do: eachHears},
		{Text: "accounts are opened while another one is in use", Apart: true, Do: opening},
		{Text: "machines that fail with all sorts of errors", Apart: true, Do: failing},
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
			told := 0
			err := of(cs).Draw(amount, func(notes int) error {
				told++
				if notes != amount {
					c.Return("dispense is told", notes)
				}
				c.Inside()
				return jam
			})
			c.Return(answer(err), fmt.Sprintf("dispense called %d times", told))
		},
		// Whether the money suffices may depend on a machine that is still counting.
		MayWait: func(result string) bool { return result == refused },
	}
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
		c.Return(many-len(served), "wait although their money is there")
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
		os.ErrDeadlineExceeded, io.EOF, errors.Join(errNotes, account.ErrInsufficient),
	} {
		told := 0
		err := a.Draw(60, func(int) error {
			told++
			return jam
		})
		c.Return(errors.Is(err, jam), told, a.Balance())
	}
	c.Return(answer(a.Draw(100, pays)), a.Balance())
}

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
