package boxoffice_test

import (
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"

	boxoffice "racelab/exercises/07-forgotten-unlock"
)

const (
	rows        = 2
	seatsPerRow = 3
)

// request serves one customer as a web server does: in a goroutine of its own,
// whose panic ends the request but not the server. It returns when the request
// is over, and reports whether it ended without a panic.
func request(serve func()) (served bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { served = recover() == nil }()
		serve()
	}()
	<-done
	return served
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

// sell makes a request for one seat, which must not panic.
func sell(t *testing.T, o *boxoffice.Office, seat boxoffice.Seat, customer string) (err error) {
	t.Helper()
	if !request(func() { err = o.Sell(seat, customer) }) {
		t.Errorf("Sell(%v, %q) panicked", seat, customer)
	}
	return err
}

// audit compares the books with what they should be: how many seats are sold,
// and that as many of them have a holder.
func audit(t *testing.T, o *boxoffice.Office) (sold int) {
	t.Helper()
	held := 0
	for row := range rows {
		for number := range seatsPerRow {
			if holder(o, boxoffice.Seat{Row: row, Number: number}) != "" {
				held++
			}
		}
	}
	request(func() { sold = o.Sold() })
	if sold != held {
		t.Errorf("Sold() = %d, but %d seats have a holder", sold, held)
	}
	return sold
}

func holder(o *boxoffice.Office, seat boxoffice.Seat) (customer string) {
	request(func() { customer = o.Holder(seat) })
	return customer
}

// Two customers want the same seat, and a third one wants another.
func TestSeatIsTaken(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	best, next := boxoffice.Seat{Row: 0, Number: 1}, boxoffice.Seat{Row: 0, Number: 2}
	if err := sell(t, o, best, "Ada"); err != nil {
		t.Errorf("Ada: %v, want the seat", err)
	}
	if err := sell(t, o, best, "Bob"); !errors.Is(err, boxoffice.ErrSold) {
		t.Errorf("Bob: %v, want an error that wraps ErrSold", err)
	}
	if err := sell(t, o, next, "Cyd"); err != nil {
		t.Errorf("Cyd: %v, want the seat", err)
	}
	if got := holder(o, best); got != "Ada" {
		t.Errorf("%q has the seat that Ada bought", got)
	}
	t.Attr("sold", strconv.Itoa(audit(t, o)))
}

// A group asks for a row in which one seat is taken.
func TestGroup(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	row := []boxoffice.Seat{{Row: 1, Number: 0}, {Row: 1, Number: 1}, {Row: 1, Number: 2}}
	if err := sell(t, o, row[1], "Ada"); err != nil {
		t.Errorf("Ada: %v, want the seat", err)
	}
	var refused []boxoffice.Seat
	if !request(func() { refused = o.SellGroup(row, "the school") }) {
		t.Error("SellGroup panicked")
	}
	if want := row[1:2]; !slices.Equal(refused, want) {
		t.Errorf("SellGroup refused %v, want %v", refused, want)
	}
	for i, want := range []string{"the school", "Ada", "the school"} {
		if got := holder(o, row[i]); got != want {
			t.Errorf("%q has seat %v, want %q", got, row[i], want)
		}
	}
	t.Attr("sold", strconv.Itoa(audit(t, o)))
}

// The same seat is sold in the afternoon and again in the evening.
func TestTwoPerformances(t *testing.T) {
	matinee, seat := boxoffice.New(rows, seatsPerRow), boxoffice.Seat{Row: 1, Number: 1}
	if err := sell(t, matinee, seat, "Ada"); err != nil {
		t.Errorf("Ada: %v, want the seat in the afternoon", err)
	}
	evening := boxoffice.New(rows, seatsPerRow)
	if sold := audit(t, evening); sold != 0 {
		t.Errorf("%d seats are sold for the evening before anybody asked", sold)
	}
	if err := sell(t, evening, seat, "Bob"); err != nil {
		t.Errorf("Bob: %v, want the seat in the evening", err)
	}
	if err := sell(t, matinee, boxoffice.Seat{Row: 0, Number: 2}, "Cyd"); err != nil {
		t.Errorf("Cyd: %v, want the seat in the afternoon", err)
	}
	if got := holder(matinee, seat); got != "Ada" {
		t.Errorf("%q has the seat that Ada bought for the afternoon", got)
	}
	t.Attr("afternoon", strconv.Itoa(audit(t, matinee)))
	t.Attr("evening", strconv.Itoa(audit(t, evening)))
}

// Somebody types in seats that the theatre does not have. Whether such a
// request panics or is refused is up to the office; the next customers are
// served in either case.
func TestNoSuchSeat(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	if err := sell(t, o, boxoffice.Seat{}, "Ada"); err != nil {
		t.Errorf("Ada: %v, want the seat", err)
	}
	for _, seat := range []boxoffice.Seat{{Row: rows}, {Row: 1, Number: seatsPerRow}, {Row: -1}} {
		var err error
		if request(func() { err = o.Sell(seat, "Bob") }) && err == nil {
			t.Errorf("Sell(%v) sold a seat that does not exist", seat)
		}
		request(func() { o.Holder(seat) })
	}
	if err := sell(t, o, boxoffice.Seat{Row: 1}, "Cyd"); err != nil {
		t.Errorf("Cyd: %v, want the seat", err)
	}
	t.Attr("sold", strconv.Itoa(audit(t, o)))
}

// The same in the middle of a group's order. What becomes of the rest of that
// order is up to the office, but its books are right.
func TestNoSuchSeatInGroup(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	if err := sell(t, o, boxoffice.Seat{}, "Ada"); err != nil {
		t.Errorf("Ada: %v, want the seat", err)
	}
	request(func() {
		o.SellGroup([]boxoffice.Seat{{Row: 0, Number: 1}, {Row: 0, Number: 0}, {Row: 0, Number: seatsPerRow}}, "the school")
	})
	audit(t, o)
	if err := sell(t, o, boxoffice.Seat{Row: 1}, "Cyd"); err != nil {
		t.Errorf("Cyd: %v, want the seat", err)
	}
	audit(t, o)
}

// The director looks at the figures, and an usher at a seat, while it is sold.
func TestLooking(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	seat := boxoffice.Seat{Row: 1, Number: 1}
	var sold int
	var name string
	together(
		func() {
			if err := o.Sell(seat, "Ada"); err != nil {
				t.Errorf("Ada: %v, want the seat", err)
			}
		},
		func() { sold = o.Sold() },
		func() { name = o.Holder(seat) },
	)
	if sold != 0 && sold != 1 {
		t.Errorf("Sold() = %d while one seat was sold", sold)
	}
	if name != "" && name != "Ada" {
		t.Errorf("%q has the seat that Ada bought", name)
	}
	t.Attr("sold", strconv.Itoa(audit(t, o)))
}

// When the sale opens everybody wants the front row.
func TestRush(t *testing.T) {
	o := boxoffice.New(rows, seatsPerRow)
	row := []boxoffice.Seat{{Number: 0}, {Number: 1}, {Number: 2}}
	customers := []string{"Ada", "Bob", "Cyd"}
	won := make([][]boxoffice.Seat, len(customers))
	tasks := make([]func(), len(customers))
	for i, customer := range customers {
		tasks[i] = func() { won[i] = grab(t, o, row, customer, i == 0) }
	}
	together(tasks...)

	total := 0
	for i, customer := range customers {
		total += len(won[i])
		for _, seat := range won[i] {
			if got := holder(o, seat); got != customer {
				t.Errorf("%s was sold seat %v, but %q has it", customer, seat, got)
			}
		}
	}
	if total != len(row) {
		t.Errorf("%d tickets were sold for the %d seats of a row", total, len(row))
	}
	t.Attr("sold", strconv.Itoa(audit(t, o)))
}

// grab tries to buy the seats, in one order or one by one, and returns those
// that it got.
func grab(t *testing.T, o *boxoffice.Office, seats []boxoffice.Seat, customer string, asGroup bool) (got []boxoffice.Seat) {
	if asGroup {
		refused := o.SellGroup(seats, customer)
		return slices.DeleteFunc(slices.Clone(seats), func(s boxoffice.Seat) bool { return slices.Contains(refused, s) })
	}
	for _, seat := range seats {
		switch err := o.Sell(seat, customer); {
		case err == nil:
			got = append(got, seat)
		case !errors.Is(err, boxoffice.ErrSold):
			t.Errorf("%s: %v, want an error that wraps ErrSold", customer, err)
		}
	}
	return got
}
