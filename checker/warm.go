package checker

import "testing/fstest"

// warmFS is the trivial exercise that Warm builds. It imports what submissions
// commonly do, so that all of that is built as well.
var warmFS = fstest.MapFS{
	"warm.go": {Data: []byte(`package warm

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

var (
	_ bufio.Reader
	_ bytes.Buffer
	_ context.Context
	_ = errors.New
	_ = fmt.Sprint
	_ = maps.Keys[map[int]int]
	_ = rand.Int
	_ = slices.Sort[[]int]
	_ = strconv.Itoa
	_ = strings.ToUpper
	_ sync.Mutex
	_ atomic.Int64
	_ time.Time
	_ errgroup.Group
	_ semaphore.Weighted
)
`)},
	"warm_test.go": {Data: []byte(`package warm_test

import (
	"testing"

	_ "racelab/exercises/00-warm"
)

func TestNothing(t *testing.T) {}
`)},
}
