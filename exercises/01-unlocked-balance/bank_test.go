package bank_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"

	bank "racelab/exercises/01-unlocked-balance"
)

// One customer, one counter: the sums are right, and visible at once.
func TestOneCustomer(t *testing.T) {
	a := bank.Open(1000)
	a.Deposit(250)
	wantBalance(t, a, 1250)
	a.Withdraw(400)
	wantBalance(t, a, 850)
	a.Deposit(5)
	wantBalance(t, a, 855)
	closeWith(t, a, 855)
}

// The customers of one queue are served in the order in which they stand.
func TestOneQueue(t *testing.T) {
	a := bank.Open(0)
	var seen []int
	deposit := func(cents int) bank.Customer {
		return func(a *bank.Account) {
			a.Deposit(cents)
			seen = append(seen, a.Balance())
		}
	}
	a.Serve([]bank.Customer{deposit(1), deposit(10), deposit(100)})
	if want := []int{1, 11, 111}; !slices.Equal(seen, want) {
		t.Errorf("the customers of one queue saw the balances %v, want %v", seen, want)
	}
	closeWith(t, a, 111)
}

// Four customers at four counters pay in three times and out twice, each their
// own amount: the balance grows by one amount of each, and the digits that are
// wrong tell whose money was lost.
func TestRushHour(t *testing.T) {
	a := bank.Open(50000)
	meet := meeting(4)
	payInAndOut := func(cents int) bank.Customer {
		return func(a *bank.Account) {
			meet()
			a.Deposit(cents)
			a.Withdraw(cents)
			a.Deposit(cents)
			a.Withdraw(cents)
			a.Deposit(cents)
		}
	}
	a.Serve(
		[]bank.Customer{payInAndOut(1)},
		[]bank.Customer{payInAndOut(10)},
		[]bank.Customer{payInAndOut(100)},
		[]bank.Customer{payInAndOut(1000)},
	)
	wantBalance(t, a, 51111)
	closeWith(t, a, 51111)
}

// One counter only takes money, another only hands it out.
func TestInAndOut(t *testing.T) {
	a := bank.Open(0)
	meet := meeting(2)
	saver := func(a *bank.Account) {
		meet()
		a.Deposit(7)
		a.Deposit(7)
	}
	spender := func(a *bank.Account) {
		meet()
		a.Withdraw(3)
		a.Withdraw(3)
	}
	a.Serve([]bank.Customer{saver}, []bank.Customer{spender})
	closeWith(t, a, 8)
}

// An inspector reads the balance while somebody pays in and out, and then takes
// both back: what they read was the balance at some moment.
func TestInspector(t *testing.T) {
	a := bank.Open(0)
	meet := meeting(2)
	waverer := func(a *bank.Account) {
		meet()
		a.Deposit(100)
		a.Withdraw(30)
		a.Withdraw(-30)
		a.Deposit(-100)
	}
	inspector := func(a *bank.Account) {
		meet()
		if got := a.Balance(); got != 0 && got != 70 && got != 100 {
			t.Errorf("the balance was always 0, 70 or 100, but somebody read %d", got)
		}
	}
	a.Serve([]bank.Customer{waverer}, []bank.Customer{inspector})
	closeWith(t, a, 0)
}

// A couple at two counters: one pays in and nods, the other sees the money,
// takes some of it out and nods back.
func TestCouple(t *testing.T) {
	a := bank.Open(0)
	paidIn, paidOut := make(chan struct{}), make(chan struct{})
	one := func(a *bank.Account) {
		a.Deposit(500)
		close(paidIn)
		<-paidOut
		wantBalance(t, a, 300)
	}
	other := func(a *bank.Account) {
		<-paidIn
		wantBalance(t, a, 500)
		a.Withdraw(200)
		close(paidOut)
	}
	a.Serve([]bank.Customer{one}, []bank.Customer{other})
	closeWith(t, a, 300)
}

// However many queues there are, each has a counter: here the first customer
// waits for the second, the second for the third, and so on to the last.
func TestManyCounters(t *testing.T) {
	const n = 9
	a := bank.Open(0)
	var paid [n + 1]chan struct{}
	for i := range paid {
		paid[i] = make(chan struct{})
	}
	close(paid[n]) // the last customer need not wait
	queues := make([][]bank.Customer, n)
	for i := range queues {
		queues[i] = []bank.Customer{func(a *bank.Account) {
			<-paid[i+1]
			a.Deposit(1)
			close(paid[i])
		}}
	}
	a.Serve(queues...)
	closeWith(t, a, n)
}

// A football club banks here, too: fifty million euros are a lot of cents.
func TestLargeAmounts(t *testing.T) {
	a := bank.Open(5_000_000_001)
	a.Deposit(5_000_000_010)
	wantBalance(t, a, 10_000_000_011)
	a.Withdraw(15_000_000_000)
	wantBalance(t, a, -4_999_999_989)
	closeWith(t, a, -4_999_999_989)
}

// Two accounts are two accounts.
func TestTwoAccounts(t *testing.T) {
	a, b := bank.Open(10), bank.Open(2000)
	a.Deposit(1)
	b.Withdraw(500)
	wantBalance(t, a, 11)
	wantBalance(t, b, 1500)
	// A customer of one account may do business with another.
	a.Serve([]bank.Customer{func(a *bank.Account) {
		a.Withdraw(11)
		b.Deposit(11)
	}})
	closeWith(t, a, 0)
	wantBalance(t, b, 1511)
	if got := b.Close(); got != 1511 {
		t.Errorf("Close of the second account returned %d, want 1511", got)
	}
}

func wantBalance(t *testing.T, a *bank.Account, want int) {
	t.Helper()
	if got := a.Balance(); got != want {
		t.Errorf("the balance is %d, want %d", got, want)
	}
}

// closeWith closes the account, which is to hold want, and records the balance.
func closeWith(t *testing.T, a *bank.Account, want int) {
	t.Helper()
	got := a.Close()
	if got != want {
		t.Errorf("Close returned the balance %d, want %d", got, want)
	}
	t.Attr("balance", strconv.Itoa(got))
}

// meeting returns a function that holds its callers up until n of them are there.
func meeting(n int) func() {
	var missing sync.WaitGroup
	missing.Add(n)
	return func() {
		missing.Done()
		missing.Wait()
	}
}
