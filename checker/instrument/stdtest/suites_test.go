//go:build stdtest

// Package stdtest holds tests alone: they rewrite parts of the standard
// library and of golang.org/x/sync with their own tests, and run them natively
// and in chosen interleavings. Nothing of theirs is kept here; it is read where
// the Go command has it.
package stdtest

// A suite is a package with its tests, or the tests of a package that has a
// stand-in.
type suite struct {
	name     string // of the folder in which it is built
	from     string // the original's import path
	files    []string
	replaced []string          // text, what to put in its place, and so on: smaller numbers, other imports
	without  map[string]string // what cannot be used here, and why
}

// Why something is left out.
const (
	internal  = "the standard library keeps it to itself"
	hosted    = "starts the test binary again, with flags"
	collected = "is about what the garbage collector finds"
	memory    = "is about memory"
	random    = "a Pool drops values at random when it is built for the race detector"
)

// Those whose name ends in impl have the original itself rewritten; it is not
// the stand-in that is tested there but what a program of this kind becomes.
var suites = []suite{
	{name: "list", from: "container/list", files: []string{"list.go", "list_test.go"}},
	{name: "heap", from: "container/heap", files: []string{"heap.go", "heap_test.go"}},
	{name: "ring", from: "container/ring", files: []string{"ring.go", "ring_test.go"}},
	{
		name: "sync", from: "sync",
		files: []string{
			"cond_test.go", "map_reference_test.go", "map_test.go", "mutex_test.go", "once_test.go",
			"oncefunc_test.go", "pool_test.go", "rwmutex_test.go", "waitgroup_test.go",
		},
		replaced: []string{
			"//go:build !race", "// (for -race too)",
			"testing.AllocsPerRun", "stdAllocs",
			"HammerMutex(m, 1000, c)", "HammerMutex(m, stdTimes(1000), c)",
			"const mapSize = 1 << 10", "const mapSize = 1 << 4",
			"for i := 0; i < 1000; i++ {\n\t\twg := &", "for i := 0; i < stdTimes(1000); i++ {\n\t\twg := &",
			"iters < 1000", "iters < stdTimes(1000)",
			"n := 200\n", "n := stdTimes(200)\n",
			"N := int(1e6)", "N := int(1e4)",
		},
		without: map[string]string{
			"isync.HashTrieMap": internal, "PoolDequeue": internal, "NewPoolDequeue": internal, "NewPoolChain": internal,
			"Runtime_Semacquire": internal, "Runtime_procPin": internal,
			"testenv.Executable": hosted, "testenv.MustHaveExec": hosted, "misuseTests": hosted,
			"testenv.SkipIfOptimizationOff": memory, "TestMapClearOneAllocation": memory,
			"TestNilPool":                         random,
			"runtime_blockUntilEmptyCleanupQueue": collected, "runtime.AddCleanup": collected,
		},
	},
	{
		name: "atomic", from: "sync/atomic", files: []string{"atomic_test.go", "value_test.go"},
		replaced: []string{
			"m, n uint64 = 10000, 10000", "m, n uint64 = 100, 100", "m = 1000\n\t\tn = 1000\n", "m = 10\n\t\tn = 10\n",
			"m, n := 1000, 100", "m, n := 100, 10", "m = 100\n\t\tn = 100\n", "m = 4\n\t\tn = 5\n",
			"n := 100000", "n := 10000", "n = 1000\n", "n = 10\n",
			"n := int(1e6)", "n := int(1e4)", "n = int(1e4)", "n = int(1e1)",
			"N := int(1e5)", "N := int(1e4)", "N = 1e3\n", "N = 1e1\n",
			"N := int32(1e3)", "N := int32(1e2)", "N := int64(1e3)", "N := int64(1e2)",
		},
	},
	{
		name: "context", from: "context", files: []string{"x_test.go", "afterfunc_test.go", "net_test.go"},
		replaced: []string{"testing.AllocsPerRun", "stdAllocs"},
		without: map[string]string{
			"XTestParentFinishesChild": internal, "XTestChildFinishesFirst": internal, "XTestCancelRemoves": internal,
			"XTestCustomContextGoroutines": internal, "asan.Enabled": memory,
		},
	},
	{
		name: "contextimpl", from: "context",
		files: []string{"context.go", "context_test.go", "x_test.go", "afterfunc_test.go"},
		replaced: []string{
			`. "context"`, `. "stdtest/contextimpl"`, `"context"`, `context "stdtest/contextimpl"`,
			`"internal/reflectlite"`, `reflectlite "reflect"`,
		},
		without: map[string]string{"asan.Enabled": memory},
	},
	{
		name: "pipe", from: "io", files: []string{"pipe_test.go"},
		replaced: []string{"testing.AllocsPerRun", "stdAllocs"},
	},
	{
		name: "pipeimpl", from: "io", files: []string{"io.go", "pipe.go", "pipe_test.go"},
		replaced: []string{`. "io"`, `. "stdtest/pipeimpl"`, "testing.AllocsPerRun", "stdAllocs"},
	},
	{name: "errgroup", from: "golang.org/x/sync/errgroup", files: []string{"errgroup_test.go"}},
	{
		name: "errgroupimpl", from: "golang.org/x/sync/errgroup", files: []string{"errgroup.go", "errgroup_test.go"},
		replaced: []string{`"golang.org/x/sync/errgroup"`, `errgroup "stdtest/errgroupimpl"`},
	},
	{
		name: "semaphore", from: "golang.org/x/sync/semaphore", files: []string{"semaphore_test.go"},
		replaced: []string{"10000 / n", "stdTimes(400) / n"},
	},
	{
		name: "semaphoreimpl", from: "golang.org/x/sync/semaphore", files: []string{"semaphore.go", "semaphore_test.go"},
		replaced: []string{`"golang.org/x/sync/semaphore"`, `semaphore "stdtest/semaphoreimpl"`, "10000 / n", "stdTimes(400) / n"},
	},
	{
		name: "singleflight", from: "golang.org/x/sync/singleflight", files: []string{"singleflight.go", "singleflight_test.go"},
		without: map[string]string{"executable": hosted},
	},
}

// extra is added to every suite's tests.
const extra = `
// stdAllocs stands in for testing.AllocsPerRun: it does what that does, and finds
// nothing.
func stdAllocs(runs int, f func()) float64 {
	for range runs + 1 {
		f()
	}
	return 0
}

// stdTimes is n, or less when a test should do less.
func stdTimes(n int) int {
	if testing.Short() {
		return n / 40
	}
	return n
}
`
