package account_test

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	account "racelab/exercises/06-overdraft"
)

// counting is how long a cash machine counts notes. No test needs it to pass.
const counting = time.Millisecond

var errJam = errors.New("the notes are jammed")

// cash is what the machines have handed over.
type cash struct{ total atomic.Int64 }

func (c *cash) dispense(amount int) error {
	time.Sleep(counting)
	c.total.Add(int64(amount))
	return nil
}

// A signal lets one waiter go on, now or later. Giving it never blocks.
type signal chan struct{}

func (s signal) give() {
	select {
	case s <- struct{}{}:
	default:
	}
}

// together runs the tasks at the same time and returns when all are done.
func together(tasks ...func()) {
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			<-gate
			task()
		})
	}
	close(gate)
	wg.Wait()
}

// draw draws amount and looks at the balance afterwards. It returns whether
// the customer got the money.
func draw(t *testing.T, a *account.Account, amount int, dispense func(int) error) bool {
	t.Helper()
	err := a.Draw(amount, dispense)
	if err != nil && !errors.Is(err, account.ErrInsufficient) {
		t.Errorf("Draw(%d) = %v, want nil or ErrInsufficient", amount, err)
	}
	if now := a.Balance(); now < 0 {
		t.Errorf("after Draw(%d) the balance is %d", amount, now)
	}
	return err == nil
}

// drawAll draws the amounts at the same time and returns who got the money.
func drawAll(t *testing.T, a *account.Account, c *cash, amounts ...int) []bool {
	t.Helper()
	got := make([]bool, len(amounts))
	tasks := make([]func(), len(amounts))
	for i, amount := range amounts {
		tasks[i] = func() { got[i] = draw(t, a, amount, c.dispense) }
	}
	together(tasks...)
	return got
}

// audit compares the balance and the cash handed over with what they should be.
func audit(t *testing.T, a *account.Account, c *cash, balance, paid int) {
	t.Helper()
	if got := int(c.total.Load()); got != paid {
		t.Errorf("the machines handed over %d, want %d", got, paid)
	}
	if got := a.Balance(); got != balance {
		t.Errorf("the balance is %d, want %d", got, balance)
	}
	t.Attr("balance", strconv.Itoa(a.Balance()))
	t.Attr("paid", strconv.Itoa(int(c.total.Load())))
}

func count(got []bool) int {
	n := 0
	for _, ok := range got {
		if ok {
			n++
		}
	}
	return n
}

// Two cards ask for 800 each, and there are 1000.
func TestTwoCards(t *testing.T) {
	a, c := account.New(1000), new(cash)
	if n := count(drawAll(t, a, c, 800, 800)); n != 1 {
		t.Errorf("%d of 2 draws of 800 from 1000 succeeded, want 1", n)
	}
	audit(t, a, c, 200, 800)
}

// Whatever the order, the 1000 cover one draw of 800 and both of 100.
func TestCoveredDrawsSucceed(t *testing.T) {
	a, c := account.New(1000), new(cash)
	got := drawAll(t, a, c, 800, 800, 100, 100)
	if n := count(got[:2]); n != 1 {
		t.Errorf("%d of 2 draws of 800 succeeded, want 1", n)
	}
	if n := count(got[2:]); n != 2 {
		t.Errorf("%d of 2 draws of 100 succeeded, want 2: the money was there", n)
	}
	audit(t, a, c, 0, 1000)
}

// Four machines empty the account to the last euro. They count their notes at
// the same time: none of them is done before all of them have begun.
func TestFourMachines(t *testing.T) {
	a, c := account.New(1000), new(cash)
	allCount := meeting(4)
	var got [4]bool
	machine := func(i int) func() {
		return func() {
			got[i] = draw(t, a, 250, func(amount int) error {
				allCount()
				return c.dispense(amount)
			})
		}
	}
	together(machine(0), machine(1), machine(2), machine(3))
	if n := count(got[:]); n != 4 {
		t.Errorf("%d of 4 draws of 250 from 1000 succeeded, want 4", n)
	}
	audit(t, a, c, 0, 1000)
}

// meeting returns a function that holds its callers up until n of them are there.
func meeting(n int) func() {
	var mu sync.Mutex
	complete := make(chan struct{})
	return func() {
		mu.Lock()
		if n--; n == 0 {
			close(complete)
		}
		mu.Unlock()
		<-complete
	}
}

// Two accounts are two: each covers a draw of 800, and at the same time.
func TestTwoAccounts(t *testing.T) {
	a, b, c := account.New(1000), account.New(800), new(cash)
	var got [2]bool
	together(
		func() { got[0] = draw(t, a, 800, c.dispense) },
		func() { got[1] = draw(t, b, 800, c.dispense) },
	)
	if n := count(got[:]); n != 2 {
		t.Errorf("%d of 2 draws of 800, from 1000 in one account and 800 in another, succeeded, want 2", n)
	}
	if now := b.Balance(); now != 0 {
		t.Errorf("the balance of the second account is %d, want 0", now)
	}
	audit(t, a, c, 200, 1600)
}

// Somebody pays in while a machine counts notes.
func TestDepositDuringDraw(t *testing.T) {
	a, c := account.New(1000), new(cash)
	counts := make(signal, 1)
	together(
		func() {
			defer counts.give() // also when the draw is refused
			got := draw(t, a, 300, func(amount int) error {
				counts.give()
				return c.dispense(amount)
			})
			if !got {
				t.Error("the draw of 300 from 1000 was refused")
			}
		},
		func() {
			<-counts
			a.Deposit(500)
		},
	)
	audit(t, a, c, 1200, 300)
}

// A draw that the account does not cover is refused before a note is counted.
func TestRefusedDrawCountsNothing(t *testing.T) {
	a, c := account.New(100), new(cash)
	if draw(t, a, 101, c.dispense) {
		t.Error("Draw(101) from 100 succeeded")
	}
	audit(t, a, c, 100, 0)
}

// One machine is jammed. Before that turns out, another one pays out and
// somebody pays in. The customer of the first got nothing and is not charged.
func TestJammedMachine(t *testing.T) {
	a, c := account.New(1000), new(cash)
	counts := make(signal, 1)
	var calls atomic.Int64
	together(
		func() {
			defer counts.give()
			err := a.Draw(300, func(int) error {
				calls.Add(1)
				counts.give()
				time.Sleep(counting)
				return errJam
			})
			if !errors.Is(err, errJam) {
				t.Errorf("Draw at a jammed machine = %v, want an error that wraps the machine's", err)
			}
		},
		func() {
			<-counts
			a.Deposit(50)
			if !draw(t, a, 300, c.dispense) {
				t.Error("the draw of 300 was refused: the money was there")
			}
		},
	)
	if n := calls.Load(); n != 1 {
		t.Errorf("the jammed machine was told %d times to dispense, want once", n)
	}
	audit(t, a, c, 750, 300)
}

// One machine is jammed, with all the money in its hands. Meanwhile three others
// were asked for all of it: whoever waits for the outcome is told.
func TestEverybodyHearsOfTheJam(t *testing.T) {
	a, c := account.New(1000), new(cash)
	asked := make(chan struct{})
	ask := sync.OnceFunc(func() { close(asked) })
	var got [3]bool
	customer := func(i int) func() {
		return func() {
			<-asked
			got[i] = draw(t, a, 1000, c.dispense)
		}
	}
	together(
		func() {
			defer ask() // also when the draw is refused
			err := a.Draw(1000, func(int) error {
				ask()
				time.Sleep(counting)
				return errJam
			})
			if !errors.Is(err, errJam) {
				t.Errorf("Draw at a jammed machine = %v, want an error that wraps the machine's", err)
			}
		},
		customer(0), customer(1), customer(2),
	)
	if n := count(got[:]); n > 1 {
		t.Errorf("%d of 3 draws of 1000 from 1000 succeeded, want 1 at most", n)
	}
	if left, paid := a.Balance(), int(c.total.Load()); left+paid != 1000 {
		t.Errorf("the balance is %d and the machines handed over %d, want 1000 altogether", left, paid)
	}
}
