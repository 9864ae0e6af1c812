package explored

import (
	"context"
	"testing"

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"
)

// chanceCode is empty: all is in the tests.
const chanceCode = "package chance\n"

// chanceTests each observe something that a program leaves to chance.
const chanceTests = `package chance

import (
	"context"
	"fmt"
	"hash/maphash"
	"maps"
	"math/rand"
	rand2 "math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"
)

func saw(t *testing.T, v ...any) { t.Attr("saw", fmt.Sprint(v...)) }

func TestTopLevel(t *testing.T) { saw(t, rand.Intn(100), rand2.IntN(100), rand2.N(10*time.Second), rand.Perm(5)) }

var global = rand.New(rand.NewSource(time.Now().UnixNano()))

func TestSeededByTime(t *testing.T) {
	other := rand2.New(rand2.NewPCG(uint64(time.Now().Unix()), 7))
	saw(t, global.Intn(100), other.IntN(100))
}

func TestMapOrder(t *testing.T) {
	for k := range map[string]int{"a": 1, "b": 2, "c": 3, "d": 4} {
		saw(t, k)
		return
	}
}

type node struct{ name string }

func TestPointerKeys(t *testing.T) {
	m := map[*node]bool{{"a"}: true}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range []string{"b", "c", "d"} {
		wg.Go(func() {
			mu.Lock()
			m[&node{name}] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	order := ""
	for p := range m {
		order += p.name
	}
	saw(t, order)
}

func TestInterfaceKeys(t *testing.T) {
	order := ""
	for k := range map[any]int{1: 1, "x": 2, 2.5: 3, true: 4, [2]int{1, 2}: 5} {
		order += fmt.Sprint(k, " ")
	}
	saw(t, order)
}

func TestMaps(t *testing.T) {
	m := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
	saw(t, slices.Collect(maps.Keys(m)), slices.Collect(maps.Values(m)))
}

func TestSyncMap(t *testing.T) {
	var m sync.Map
	for i := range 5 {
		m.Store(&node{fmt.Sprint(i)}, i)
	}
	order := ""
	m.Range(func(k, v any) bool { order += fmt.Sprint(v); return true })
	saw(t, order)
}

func TestInserted(t *testing.T) {
	m := map[int]bool{1: true, 2: true}
	n := 0
	for k := range m {
		n++
		m[k+10] = true
		if n > 20 {
			break
		}
	}
	saw(t, n)
}

func TestMapHash(t *testing.T) {
	var h maphash.Hash
	h.WriteString("x")
	saw(t, h.Sum64()%100, maphash.Comparable(maphash.MakeSeed(), node{"x"})%100)
}

func TestTimersTogether(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	ticks := 0
	for {
		select {
		case <-ticker.C:
			ticks++
		case <-ctx.Done():
			saw(t, ticks)
			return
		}
	}
}

func TestThreeTimers(t *testing.T) {
	a, b, c := time.After(time.Second), time.NewTimer(time.Second), time.Tick(time.Second)
	select {
	case <-a:
		saw(t, "a")
	case <-b.C:
		saw(t, "b")
	case <-c:
		saw(t, "c")
	}
}

func TestSleepAndTimer(t *testing.T) {
	result := make(chan int, 1)
	go func() {
		time.Sleep(time.Second)
		result <- 1
	}()
	select {
	case <-result:
		saw(t, "result")
	case <-time.After(time.Second):
		saw(t, "time-out")
	}
}
`

// What a program leaves to chance is in its schedule: samplers vary it, and a replay
// shows the same a hundred times in a hundred, in other processes too.
func TestChanceIsInTheSchedule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	const samples, times = 60, 100
	p := buildTests(t, "chance", []byte(chanceCode), []byte(chanceTests))
	again := buildTests(t, "chance", []byte(chanceCode), []byte(chanceTests))
	ctx := context.Background()
	for i, test := range p.tests {
		shown, lucky := map[string]bool{}, explore.Ran{}
		sampler := explore.NewSampler(i, wire.POS, 1)
		for range samples {
			job, _ := sampler.Next()
			r, err := explore.One(ctx, p.runner, job)
			if err != nil || r.Ending.End != wire.AllEnded || r.Ending.Shown == "" {
				t.Fatalf("%s: %+v, %v", test, r, err)
			}
			shown[r.Ending.Shown] = true
			lucky = r
		}
		if len(shown) < 2 {
			t.Errorf("%s shows the same in all of %d schedules", test, samples)
		}
		picks, _ := explore.PicksOf(lucky.Trace)
		job := wire.Job{Test: i, Chooser: wire.Stay, Luck: lucky.Job.Luck, Picks: picks}
		for n := range times {
			runner := p.runner
			if n%2 == 1 {
				runner = again.runner
			}
			r, err := explore.One(ctx, runner, job)
			if err != nil || schedule.Hash(r.Trace) != schedule.Hash(lucky.Trace) || r.Ending.Shown != lucky.Ending.Shown {
				t.Fatalf("%s: replay %d shows %s, not %s: %v", test, n, r.Ending.Shown, lucky.Ending.Shown, err)
			}
		}
		found, err := explore.Test(ctx, p.runner, explore.TestID{Index: i, Name: test}, explore.Options{Budget: explore.Budget{Schedules: 256}})
		if err != nil || found.Coverage.Undetermined > 0 {
			t.Errorf("%s: %+v, %v", test, found.Coverage, err)
		}
	}
}
