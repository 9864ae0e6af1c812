package programs

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	labgroup "racelab/checker/labrt/errgroup"
	labpipe "racelab/checker/labrt/pipe"
	labsemaphore "racelab/checker/labrt/semaphore"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// The tests here run natively: a stand-in does just what the original does,
// whatever it is asked for. Each operation gets a goroutine, and the next one
// comes when all is quiet.

// A script is a list of operations, made up from a seed, and what became of
// them.
type script struct {
	*rand.Rand
	log     strings.Builder
	n       int         // operations begun
	results chan string // of those that have ended
}

// do begins an operation and notes which have ended.
func (s *script) do(name string, f func() any) {
	s.n++
	n := s.n
	fmt.Fprintf(&s.log, "%d %s\n", n, name)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				s.results <- fmt.Sprintf("  %d panics: %v\n", n, r)
			}
		}()
		s.results <- fmt.Sprintf("  %d returns %v\n", n, f())
	}()
	synctest.Wait()
	s.collect()
}

func (s *script) collect() {
	var ended []string
	for len(s.results) > 0 {
		ended = append(ended, <-s.results)
	}
	slices.Sort(ended)
	for _, line := range ended {
		s.log.WriteString(line)
	}
}

const (
	scripts    = 300
	operations = 25
)

// compare runs scripts against the original and the stand-in. play makes up and
// does one operation.
func compare[T any](t *testing.T, original, standIn func(*script) T, play func(*script, T)) {
	for seed := range uint64(scripts) {
		want, got := run(t, seed, original, play), run(t, seed, standIn, play)
		if want != got {
			t.Fatalf("seed %d: the original:\n%s\nthe stand-in:\n%s", seed, want, got)
		}
	}
}

func run[T any](t *testing.T, seed uint64, begin func(*script) T, play func(*script, T)) (log string) {
	defer func() {
		if r := recover(); r != nil && !strings.HasPrefix(fmt.Sprint(r), "deadlock:") {
			panic(r) // that some wait for ever is as it should be
		}
	}()
	synctest.Test(t, func(*testing.T) {
		s := &script{Rand: rand.New(rand.NewPCG(seed, 0)), results: make(chan string, 2*operations)}
		it := begin(s)
		for range operations {
			play(s, it)
		}
		log = s.log.String()
	})
	return log
}

type weighted interface {
	Acquire(ctx context.Context, n int64) error
	TryAcquire(n int64) bool
	Release(n int64)
}

type semaphoreUser struct {
	weighted
	ctx    context.Context
	cancel context.CancelFunc
}

func TestSemaphore(t *testing.T) {
	user := func(w weighted) *semaphoreUser {
		u := &semaphoreUser{weighted: w}
		u.ctx, u.cancel = context.WithCancel(context.Background())
		return u
	}
	compare(t,
		func(s *script) *semaphoreUser { return user(semaphore.NewWeighted(s.Int64N(4))) },
		func(s *script) *semaphoreUser { return user(labsemaphore.NewWeighted(s.Int64N(4))) },
		func(s *script, u *semaphoreUser) {
			n := s.Int64N(5)
			switch s.IntN(10) {
			case 0, 1:
				s.do(fmt.Sprint("acquire ", n), func() any { return u.Acquire(context.Background(), min(n, 3)) })
			case 2, 3:
				ctx := u.ctx
				s.do(fmt.Sprint("acquire with context ", n), func() any { return u.Acquire(ctx, n-1) })
			case 4, 5:
				s.do(fmt.Sprint("try to acquire ", n), func() any { return u.TryAcquire(n - 1) })
			case 6:
				u.cancel()
				u.ctx, u.cancel = context.WithCancel(context.Background())
				s.do("cancel", func() any { return nil })
			default:
				s.do(fmt.Sprint("release ", n), func() any { u.Release(n - 1); return nil })
			}
		})
}

type taskGroup interface {
	Go(f func() error)
	TryGo(f func() error) bool
	SetLimit(n int)
	Wait() error
}

type groupUser struct {
	taskGroup
	ctx   context.Context
	tasks []chan error
	// Go and Wait at the same time are a misuse, when nothing is active.
	going, waiting atomic.Int32
}

func (u *groupUser) task(s *script) func() error {
	end := make(chan error, 1)
	u.tasks = append(u.tasks, end)
	n := len(u.tasks)
	return func() error {
		s.results <- fmt.Sprintf("  task %d starts\n", n)
		return <-end
	}
}

func TestGroup(t *testing.T) {
	compare(t,
		func(s *script) *groupUser {
			g, ctx := errgroup.WithContext(context.Background())
			return &groupUser{taskGroup: g, ctx: ctx}
		},
		func(s *script) *groupUser {
			g, ctx := labgroup.WithContext(context.Background())
			return &groupUser{taskGroup: g, ctx: ctx}
		},
		func(s *script, u *groupUser) {
			switch op := s.IntN(10); {
			case op == 0:
				n := s.IntN(4) - 1
				s.do(fmt.Sprint("limit ", n), func() any { u.SetLimit(n); return nil })
			case op < 4 && u.waiting.Load() == 0:
				task := u.task(s)
				s.do("go", func() any {
					u.going.Add(1)
					defer u.going.Add(-1)
					u.Go(task)
					return nil
				})
			case op < 6 && u.waiting.Load() == 0:
				task := u.task(s)
				s.do("try to go", func() any { return u.TryGo(task) })
			case op == 6 && u.going.Load() == 0:
				s.do("wait", func() any {
					u.waiting.Add(1)
					defer u.waiting.Add(-1)
					return u.Wait()
				})
			default:
				if len(u.tasks) > 0 {
					var err error
					if n := s.IntN(3); n > 0 {
						err = fmt.Errorf("error %d", n)
					}
					u.end(s, s.IntN(len(u.tasks)), err)
				}
			}
			fmt.Fprintln(&s.log, " ", context.Cause(u.ctx))
		})
}

func (u *groupUser) end(s *script, i int, err error) {
	s.do(fmt.Sprintf("end of task %d: %v", i+1, err), func() any {
		select {
		case u.tasks[i] <- err:
		default:
		}
		return nil
	})
}

type pipeUser struct {
	r interface {
		io.ReadCloser
		CloseWithError(err error) error
	}
	w interface {
		io.WriteCloser
		CloseWithError(err error) error
	}
	writing chan int // one writer: the original's writers wait at a real mutex
}

func TestPipe(t *testing.T) {
	one := func() chan int { return make(chan int, 1) }
	compare(t,
		func(*script) *pipeUser { r, w := io.Pipe(); return &pipeUser{r, w, one()} },
		func(*script) *pipeUser { r, w := labpipe.Pipe(); return &pipeUser{r, w, one()} },
		func(s *script, u *pipeUser) {
			n := s.IntN(6)
			switch s.IntN(20) {
			case 0:
				s.do("close the reader", func() any { return u.r.CloseWithError([]error{nil, errFirst, errSecond}[n%3]) })
			case 1:
				s.do("close the writer", func() any { return u.w.CloseWithError([]error{nil, errFirst, errSecond}[n%3]) })
			case 2, 3, 4, 5, 6, 7, 8, 9:
				text := "abcdef"[:n] + fmt.Sprint(s.n)[:min(n, 1)]
				select {
				case u.writing <- 1:
					s.do("write "+text, func() any {
						n, err := io.WriteString(u.w, text)
						<-u.writing
						return fmt.Sprint(n, err)
					})
				default:
				}
			default:
				s.do(fmt.Sprint("read ", n), func() any {
					buf := make([]byte, n)
					m, err := u.r.Read(buf)
					return fmt.Sprintf("%q %v", buf[:m], err)
				})
			}
		})
}
