package instrument

import (
	"bytes"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileSwapsImportsOnTheirLine(t *testing.T) {
	tests := []struct{ name, file, in, want string }{
		{
			"plain", "a.go",
			"package a\n\nimport \"sync\"\n\nvar mu sync.Mutex\n",
			"package a; import _ \"racelab/checker/labrt/rt\"\n\nimport \"racelab/checker/labrt/sync\"\n\nvar mu sync.Mutex\n",
		},
		{
			"renamed and dot", "a.go",
			"package a\n\nimport (\n\ts \"sync\" // why\n\t. `sync`\n\t\"sync/atomic\"\n)\n",
			"package a; import _ \"racelab/checker/labrt/rt\"\n\nimport (\n\ts \"racelab/checker/labrt/sync\" // why\n\t. \"racelab/checker/labrt/sync\"\n\t\"racelab/checker/labrt/sync/atomic\"\n)\n",
		},
		{
			"a string that looks like an import", "a.go",
			"package a\n\nconst path = \"sync\"\n",
			"package a; import _ \"racelab/checker/labrt/rt\"\n\nconst path = \"sync\"\n",
		},
		{
			"testing is swapped in tests alone", "a.go",
			"package a\n\nimport \"testing\"\n",
			"package a; import _ \"racelab/checker/labrt/rt\"\n\nimport \"testing\"\n",
		},
		{
			"tests", "a_test.go",
			"package a_test\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) { x.TestA(); TestB(t) }\nfunc TestB(*testing.T) {}\nfunc Testify() {}\n",
			"package a_test; import _ \"racelab/checker/labrt/rt\"\n\nimport \"racelab/checker/labrt/testing\"\n\nfunc racelab_TestA(t *testing.T) { x.TestA(); racelab_TestB(t) }\nfunc racelab_TestB(*testing.T) {}\nfunc Testify() {}\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := File(tt.file, []byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTestsFollowsTheGoCommand(t *testing.T) {
	src := `package a_test
func TestA(t *testing.T) {}
func Test(t *testing.T) {}
func Testable(t *testing.T) {}
func Test_b(t *testing.T) {}
func TestMain(m *testing.M) {}
func (r recv) TestMethod(t *testing.T) {}
func BenchmarkA(b *testing.B) {}
func helper(t *testing.T) {}
`
	got, err := Tests("a_test.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"TestA", "Test", "Test_b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUndoRestoresNames(t *testing.T) {
	in := "racelab/exercises/01-x_test.racelab_TestA.func1()\n\t/tmp/a_test.go:3\n"
	if got := string(Undo([]byte(in))); strings.Contains(got, "racelab_") || !strings.Contains(got, "01-x_test.TestA.func1()") {
		t.Errorf("Undo = %q", got)
	}
}

func TestHarnessParses(t *testing.T) {
	src := Harness("a_test", []string{"TestA", "TestB"})
	if _, err := parser.ParseFile(token.NewFileSet(), "", src, 0); err != nil {
		t.Errorf("%v in\n%s", err, src)
	}
}

func TestUsesTimers(t *testing.T) {
	tests := []struct {
		src  string
		want bool
	}{
		{"package a\nfunc f() { time.Sleep(1) }", false},
		{"package a\nfunc f() { <-time.After(1) }", true},
		{"package a\nvar after = time.After", true},
		{"package a\nfunc f() { ctx, stop := context.WithTimeout(c, 1) }", true},
		{"package a\nfunc f() { ctx, stop := context.WithCancel(c) }", false},
		{"not Go", true},
	}
	for _, tt := range tests {
		if got := UsesTimers("a.go", []byte(tt.src)); got != tt.want {
			t.Errorf("UsesTimers(%q) = %v", tt.src, got)
		}
	}
}

// FuzzFile: whatever parses still parses after the rewriting, and no line moves.
func FuzzFile(f *testing.F) {
	f.Add("package a\n\nimport \"sync\"\n")
	f.Add("package a_test\nimport (. \"sync\"; \"testing\")\nfunc TestA(t *testing.T) { TestA(t) }\n")
	f.Add("package a\nimport \"sync\" /* c */ ; import `testing`\n//line x.go:7\nvar TestX int\n")
	f.Fuzz(func(t *testing.T, src string) {
		for _, name := range []string{"a.go", "a_test.go"} {
			got, err := File(name, []byte(src))
			if err != nil {
				continue
			}
			if _, err := parser.ParseFile(token.NewFileSet(), name, got, parser.SkipObjectResolution); err != nil {
				t.Fatalf("%q became %q: %v", src, got, err)
			}
			if bytes.Count(got, []byte("\n")) != strings.Count(src, "\n") {
				t.Fatalf("lines moved: %q became %q", src, got)
			}
		}
	})
}
