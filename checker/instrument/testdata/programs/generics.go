package main

import (
	"fmt"
	"time"
)

type stream[T any] struct{ c chan T }

func (s stream[T]) send(vs ...T) {
	for _, v := range vs {
		s.c <- v
	}
	close(s.c)
}

func (s stream[T]) all() (all []T) {
	for v := range s.c {
		all = append(all, v)
	}
	return all
}

func anyChannel[C ~chan E, E any](c C, e E) (E, bool, int) {
	c <- e
	n := len(c)
	v, ok := <-c
	select {
	case c <- v:
	default:
	}
	select {
	case v = <-c:
	}
	c <- v
	close(c)
	for v := range c {
		e = v
	}
	return e, ok, n
}

func bothWays[C interface{ chan int | <-chan int }](c C) int {
	for v := range c {
		return v + <-c
	}
	return 0
}

func onlySend[C interface{ ~chan int | ~chan<- int }](c C) int {
	c <- 1
	close(c)
	return len(c)
}

// Channels of several element types have no common one: left alone.
func noElement[C interface{ chan int | chan string }](c C) int {
	close(c)
	return len(c)
}

func sized[S interface{ []int | chan int }](s S) int { return len(s) }

func merge[T any](cs ...<-chan T) <-chan T {
	out := make(chan T)
	done := make(chan struct{})
	for _, c := range cs {
		go func() {
			defer func() { done <- struct{}{} }()
			for v := range c {
				out <- v
			}
		}()
	}
	go func() {
		defer close(out)
		for range cs {
			<-done
		}
	}()
	return out
}

func start[F ~func()](f F) {
	go f()
	f = nil
}

func startWith[F ~func(int, ...string)](f F, n int) { go f(n+1, "a", "b") }

type number interface{ ~int | ~float64 }

func sum[T number](c <-chan T) (total T) {
	for v := range c {
		total += v
	}
	return total
}

func generics() {
	s := stream[time.Duration]{make(chan time.Duration, 3)}
	go s.send(1, 2)
	fmt.Println(s.all())
	fmt.Println(anyChannel(make(ints, 2), 4))
	fmt.Println(bothWays(filled(1, 2)), onlySend(make(chan int, 1)), noElement(make(chan string)))
	fmt.Println(sized([]int{1}), sized(make(chan int, 1)))
	fmt.Println(sum(merge(filled(1, 2), filled(3))))
	start(func() { step <- "a type parameter" })
	await(1)
	startWith(func(n int, names ...string) { step <- fmt.Sprint(n, names) }, 1)
	await(1)
	type hidden string
	x := hidden("what has a name no more")
	{
		type hidden int
		go pair(x, hidden(1))
		await(1)
	}
	type pair[A, B any] struct {
		a A
		b B
	}
	c := make(chan pair[int, []string], 1)
	c <- pair[int, []string]{1, nil}
	fmt.Println(<-c)
}
