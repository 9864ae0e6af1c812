package account_test

import (
	"errors"
	"fmt"

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
