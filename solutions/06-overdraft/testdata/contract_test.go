package account_test

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	account "racelab/exercises/06-overdraft"
)

var errNotes = errors.New("the notes are jammed")

// Contract is what one can do with an account.
func Contract() contract.Contract {
	type ops = []contract.Op[*account.Account]
	terms := contract.Terms[*account.Account]{
		Ops: ops{
			{Text: "a.Balance()", Do: func(a *account.Account, c *contract.Call) { c.Return(a.Balance()) }, Finally: true},
		},
	}
	for _, opening := range []int{0, 1000, 100_000} {
		terms.Setups = append(terms.Setups, contract.Setup[*account.Account]{
			Text: fmt.Sprintf("a := account.New(%d)", opening),
			Open: func() *account.Account { return account.New(opening) },
		})
	}
	terms.Setups = append(terms.Setups, contract.Setup[*account.Account]{
		Text: "a := account.New(400); a.Deposit(1600)",
		Open: func() *account.Account {
			a := account.New(400)
			a.Deposit(1600)
			return a
		},
	})
	terms.Ops = append(terms.Ops, ops{
		{Text: "a.Balance()", Do: func(a *account.Account, c *contract.Call) { c.Return(a.Balance()) }},
		{Text: "a.Deposit(1)", Do: func(a *account.Account, c *contract.Call) { a.Deposit(1) }},
		{Text: "a.Deposit(500)", Do: func(a *account.Account, c *contract.Call) { a.Deposit(500) }},
		drawing(1, nil), drawing(300, nil), drawing(600, nil), drawing(800, nil), drawing(1000, nil), drawing(300, errNotes), drawing(1000, errNotes),
		{Text: "a machine counts 70 of 100, two others may wait for 50 and 40, and 15 are paid in", Apart: true, Do: whoMayGo},
	}...)
	return contract.Of(terms)
}

// drawing is a draw at a machine that works, or jams.
func drawing(amount int, jam error) contract.Op[*account.Account] {
	text := fmt.Sprintf("a.Draw(%d, pays)", amount)
	if jam != nil {
		text = fmt.Sprintf("a.Draw(%d, jams)", amount)
	}
	return contract.Op[*account.Account]{
		Text: text, Calls: true,
		Do: func(a *account.Account, c *contract.Call) {
			told := 0
			err := a.Draw(amount, func(notes int) error {
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

// whoMayGo is about draws that wait for a machine which is still counting. One for which the
// money suffices again waits no longer, whoever has come before it.
func whoMayGo(_ *account.Account, c *contract.Call) {
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
	pay := func(int) error { return nil }
	machines.Go(func() { _ = a.Draw(50, pay) })
	contract.Rest(time.Second)
	small := make(chan struct{})
	go func() {
		defer close(small)
		_ = a.Draw(40, pay)
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
