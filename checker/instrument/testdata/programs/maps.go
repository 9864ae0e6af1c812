package main

import (
	"fmt"
	"maps"
	"math"
	"math/rand"
	rand2 "math/rand/v2"
	"slices"
	"hash/maphash"
)

type point struct{ x, y int }

type tableOf map[string]int

func (t tableOf) total() (sum int) {
	for _, v := range t {
		sum += v
	}
	return sum
}

func loops() {
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	var keys []string
	sum := 0
	for k, v := range m {
		keys = append(keys, k)
		sum += v
	}
	slices.Sort(keys)
	fmt.Println(keys, sum, tableOf(m).total())
	n := 0
	for range m { n++ }
	for range m {}
	for _ = range m { n++ }
	for _, _ = range m { n++ }
	for _, v := range m { n += v }
	for k := range m { n += len(k) } // on one line
	fmt.Println(n)
	var none map[int]bool
	for k := range none {
		fmt.Println(k)
	}
	for k, v := range /* comment */ map[point]string{
		{1, 2}: "literal",
	} /* another */ { // comment
		fmt.Println(k, v)
	}
	deletes()
	assigns()
	jumpsInMaps()
	fmt.Println(generic(m), generic(tableOf(m)), either(map[int]int{1: 1, 2: 2}))
	pointers()
	odd()
	random()
}

func deletes() {
	m := map[int]int{}
	for i := range 100 {
		m[i] = i
	}
	n := 0
	for k := range m { // what is deleted before its turn does not come
		n++
		delete(m, k)
		delete(m, (k+50)%100)
	}
	fmt.Println(n, len(m))
	for i := range 100 {
		m[i] = i
	}
	for k := range m {
		clear(m)
		m = map[int]int{k: k}
	}
	fmt.Println(len(m))
	m = map[int]int{1: 1}
	for k := range m { // may come, or not; but it ends
		if k < 1000 {
			m[k+1] = k
		}
	}
	other := map[int]int{1: 10, 2: 20}
	for k, v := range other { // values are those of the moment
		other[3-k] += v
	}
	fmt.Println(other[1]+other[2] == 70 || other[1]+other[2] == 80, len(other))
}

func assigns() {
	var s struct {
		at  [3]int
		key any
	}
	i := 0
	next := func() int { i++; return i }
	for s.at[next()] = range map[int]bool{7: true, 8: false} {
	}
	fmt.Println(s.at[1]+s.at[2], i)
	var v float64
	for s.key, v = range map[string]float64{"k": 1.5} {
	}
	fmt.Println(s.key, v)
	for s.key = range map[point]int{{3, 4}: 5} {}
	fmt.Println(s.key)
	counts := map[any]int{}
	for counts[1] = range map[int]int{4: 5} {
	}
	counts["a"]++
	counts["a"] += 2
	counts[nil]++
	counts[1 == 1]++
	counts[point{1, 2}], counts[[2]int{1}] = 7, 8
	n, ok := counts["a"]
	fmt.Println(len(counts), n, ok, counts[true], counts[nil], counts[1])
}

func jumpsInMaps() {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	n := 0
outer:
	for range m {
		for k := range m {
			n++
			if k > 0 {
				continue outer
			}
			break outer
		}
	}
	var fs []func() int
	for k, v := range m {
		fs = append(fs, func() int { k += v; return k })
	}
	sum := 0
	for _, f := range fs {
		sum += f() + f()
	}
	fmt.Println(n, sum, one(m))
	for k := range m {
		defer fmt.Print("deferred ", k > 0, "\n")
	}
}

func one(m map[int]int) bool {
	for k := range m {
		return m[k] == k
	}
	return false
}

func generic[M ~map[K]V, K comparable, V any](m M) (n int) {
	for k, v := range m {
		if any(k) != nil && any(v) != nil {
			n++
		}
	}
	return n
}

type otherMap map[int]int

func either[M map[int]int | otherMap](m M) (sum int) {
	for k := range m {
		sum += m[k]
	}
	return sum
}

func pointers() {
	a, b := &point{1, 1}, &point{2, 2}
	m := map[*point]string{a: "a", b: "b"}
	m[&point{3, 3}] = "c"
	c := map[chan int]*point{make(chan int): a}
	c[nil] = b
	var s []string
	for p, name := range m {
		s = append(s, fmt.Sprint(p.x, name))
	}
	slices.Sort(s)
	fmt.Println(s, len(c))
	for p := range maps.Keys(m) {
		delete(m, p)
	}
	type pair struct {
		p *point
		s string
	}
	pairs := map[pair]int{{a, "x"}: 1}
	pairs[pair{b, "y"}]++
	fmt.Println(len(m), len(pairs), pairs[pair{a, "x"}], slices.Sorted(maps.Keys(map[string]int{"y": 1, "x": 2})), slices.Sorted(maps.Values(map[string]int{"y": 1, "x": 2})))
	maps.DeleteFunc(pairs, func(p pair, n int) bool { return n > 0 })
	keys := maps.Keys[map[pair]int]
	fmt.Println(len(pairs), len(slices.Collect(keys(pairs))))
}

func odd() {
	m := map[float64]int{math.NaN(): 1, 1: 2}
	m[math.NaN()] = 3
	sum := 0
	for k, v := range m {
		if k != k || k == 1 {
			sum += v
		}
	}
	fmt.Println(sum)
	for range m {
		clear(m)
		sum++
	}
	fmt.Println(sum)
}

func random() {
	seeded := rand.New(rand.NewSource(1))
	fmt.Println(seeded.Intn(1000), rand2.New(rand2.NewPCG(1, 2)).IntN(1000))
	fmt.Println(rand.Intn(1), rand2.N(1), rand2.IntN(1), len(rand.Perm(3)), rand2.N[int64](1), rand.Float64() < 1)
	draw := rand.Int63
	fmt.Println(draw() >= 0)
	var r *rand.Rand = seeded
	r.Shuffle(2, func(i, j int) {})
	var h maphash.Hash
	h.WriteString("hello")
	seed := h.Seed()
	fmt.Println(h.Sum64() == maphash.String(seed, "hello"), maphash.Comparable(seed, 1) == maphash.Comparable(seed, 1))
}
