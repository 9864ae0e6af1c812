package source

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestConstants(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      Constants
	}{
		{"what says nothing", `var n = 0 + 1*-7; var s = ""`, Constants{Numbers: []int64{7}}},
		{"folded", `const size = 1 << 9; var a [size]int`, Constants{Numbers: []int64{9, 512}}},
		{"text", `const stop = "st" + "op"; func f(s string) bool { return s == stop || s == "\xff" }`, Constants{Texts: [][]byte{[]byte("\xff"), []byte("op"), []byte("st"), []byte("stop")}}},
		{"rune", `func f(s string) bool { return s[0] == '\n' || []rune(s)[0] == 'é' }`, Constants{Texts: [][]byte{[]byte("\n"), []byte("é")}}},
		{"a time", `import "time"; const idle = 50*time.Minute; func f() { time.Sleep(3) }`, Constants{Times: []time.Duration{time.Minute, 50 * time.Minute}}},
		{"packed", `func f(n uint) uint { n <<= 20; return n >> 4 }`, Constants{Numbers: []int64{4, 16, 20, 1 << 20}}},
		{"narrow", `import "sync/atomic"; var x map[string]uint16; var y atomic.Int32; var z []byte`, Constants{Numbers: []int64{1 << 16, 1 << 31}}},
		{"by CPUs", `import "runtime"; var a, b = 100*runtime.NumCPU() + 7, int32(runtime.GOMAXPROCS(0))<<10`, Constants{Numbers: []int64{7, 10, 100, 200, 207, 1 << 10, 1 << 11, 1 << 31}}},
		{"an import", `import "strings"; var s = strings.ToUpper("x")`, Constants{Texts: [][]byte{[]byte("x")}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := parse("", map[string]string{"a.go": "package a; " + tt.src, "a_test.go": "package a_test; const n = 5"})
			if err := p.Err(); err != nil {
				t.Fatal(err)
			}
			checked := p.Check(Exported(exportsOf(t, p.Imports()...)))
			if checked.Own.Err != nil {
				t.Fatal(checked.Own.Err)
			}
			if diff := cmp.Diff(tt.want, checked.Constants(2), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
