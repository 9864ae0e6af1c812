package mutate

import (
	"errors"
	"flag"
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the goldens anew")

// exports are the files with export data of what the programs in testdata may import.
var exports = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}",
		"bytes", "context", "errors", "fmt", "maps", "slices", "sync", "sync/atomic", "time", "runtime").Output()
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		files[path] = file
	}
	return files, err
})

func imports(t *testing.T) types.Importer {
	t.Helper()
	files, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	return source.Exported(files)
}

func program1(t *testing.T, src []byte) Program {
	return Program{Path: "racelab/exercises/01-p", GoVersion: "go1.26", Files: map[string][]byte{"p.go": src}, Imports: imports(t)}
}

// families are the operators of each file of testdata.
var families = map[string][]Operator{
	"locks": lockOperators, "sections": sectionOperators, "whichlock": whichLockOperators, "reads": readOperators,
	"atomics": atomicOperators, "waits": waitOperators, "goroutines": goOperators, "channels": channelOperators,
	"selects": selectOperators, "data": dataOperators, "sizes": sizeOperators, "errors": errorOperators, "flow": flowOperators,
}

// Each file of testdata is a program, and the mutants that the operators of the family
// make of it.
func TestOperators(t *testing.T) {
	named := 0
	for family, operators := range families {
		named += len(operators)
		t.Run(family, func(t *testing.T) {
			file := filepath.Join("testdata", family+".txtar")
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all, err := Mutants(program1(t, ar.Files[0].Data))
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, op := range operators {
				made := slices.DeleteFunc(slices.Clone(all), func(m Mutant) bool { return m.Operator != op.Name })
				if len(made) == 0 {
					t.Errorf("%s makes no mutant of %s", op.Name, file)
				}
				for _, m := range made {
					fmt.Fprintf(&got, "%s at %s:%d\n%s", m.ID, m.File, m.Line, edited(m.Diff))
				}
			}
			if *update {
				ar.Files = append(ar.Files[:1], txtar.File{Name: "want", Data: []byte(got.String())})
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if len(ar.Files) < 2 {
				t.Fatal("no golden: run the test with -update")
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got.String()); diff != "" {
				t.Errorf("mutants of %s (-want +got):\n%s", file, diff)
			}
		})
	}
	if named != len(Operators()) {
		t.Errorf("the families have %d operators, and there are %d", named, len(Operators()))
	}
}

// edited are the lines of a diff that are not the same in both.
func edited(diff string) string {
	var out strings.Builder
	for line := range strings.Lines(diff) {
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") {
			out.WriteString("  " + line)
		}
	}
	return out.String()
}

func TestOperatorsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, op := range Operators() {
		if seen[op.Name] || op.Does == "" {
			t.Errorf("operator %q is there twice, or does not say what it does", op.Name)
		}
		seen[op.Name] = true
	}
}

// Mutants type-check, differ from the program and from each other, have names of
// their own, and are the same every time.
func TestMutantsAreValidAndDistinct(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := program1(t, ar.Files[0].Data)
		all, err := Mutants(p)
		if err != nil {
			t.Fatal(err)
		}
		texts, ids := map[string]string{meaning(ar.Files[0].Data): "the program"}, map[string]bool{}
		for _, m := range all {
			text := meaning(m.Files["p.go"])
			if other := texts[text]; other != "" {
				t.Errorf("%s: %s says the same as %s", file, m.ID, other)
			}
			texts[text] = m.ID
			if ids[m.ID] {
				t.Errorf("%s: two mutants are %s", file, m.ID)
			}
			ids[m.ID] = true
			if err := source.Parse(p.Path, p.GoVersion, m.Files).Check(p.Imports).Err(); err != nil {
				t.Errorf("%s: %s: %v", file, m.ID, err)
			}
			if m.Diff == "" || m.Line == 0 {
				t.Errorf("%s: %s has line %d and diff %q", file, m.ID, m.Line, m.Diff)
			}
		}
		again, err := Mutants(p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(all, again, cmp.AllowUnexported(Mutant{})); diff != "" {
			t.Errorf("%s: other mutants the second time: %s", file, diff)
		}
	}
}

// A mutant's ID does not depend on what stands elsewhere in the file.
func TestIDsAreStable(t *testing.T) {
	const f = "var mu sync.Mutex\n\nfunc F() { // comment\n\tmu.Lock()\n\tn++\n\tmu.Unlock()\n}\n"
	ids := func(src string) (out []string) {
		all, err := Mutants(program1(t, []byte(src)))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			if m.Function == "F" {
				out = append(out, m.ID)
			}
		}
		return out
	}
	short := ids("package p\n\nimport \"sync\"\n\n" + f + "\nvar n int\n")
	long := ids("// Package p is another.\npackage p\n\nimport \"sync\"\n\nfunc G() {\n\tmu.Lock()\n\tn++\n\tmu.Unlock()\n}\n\n" +
		strings.Replace(f, "// comment", "", 1) + "\n// n counts.\nvar n int\n")
	if diff := cmp.Diff(short, long); diff != "" || len(short) < 5 {
		t.Errorf("%d mutants; %s", len(short), diff)
	}
}

func TestMutantsOfWhatDoesNotCompile(t *testing.T) {
	for _, src := range []string{"package p\n\nfunc f( {", "package p\n\nvar x int = \"\"\n", ""} {
		if _, err := Mutants(program1(t, []byte(src))); err == nil {
			t.Errorf("%q has mutants", src)
		}
	}
}

// What nobody formatted is mutated as well as what somebody did.
func TestMutantsOfUnformattedPrograms(t *testing.T) {
	src := "package p;import(\"sync\");type T struct{mu sync.Mutex;n int};func(t *T)F(){t.mu.Lock();defer t.mu.Unlock();t.n++;println(t.n)}\r\nfunc G(){ if true { println(1) } }"
	all, err := Mutants(program1(t, []byte(src)))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range all {
		seen[m.Operator] = true
	}
	for _, want := range []string{"lock-and-unlock-dropped", "unlock-at-once", "unlock-on-return", "lock-of-the-call", "rlock-for-lock", "field-of-the-package", "narrow-integer"} {
		if !seen[want] {
			t.Errorf("no %s", want)
		}
	}
}

func TestEquivalents(t *testing.T) {
	const good = "[[equivalent]]\nreason = \"Nobody can tell.\"\nmutants = [\"reference/a/F/12\", \"accepted/b/c/-/34\"]\n"
	known, err := ParseEquivalents([]byte(good))
	if err != nil || known.Reason("accepted/b/c/-/34") != "Nobody can tell." || known.Reason("reference/a/F/13") != "" {
		t.Errorf("%v, %v", known, err)
	}
	for name, bad := range map[string]string{
		"no reason":   "[[equivalent]]\nmutants = [\"a\"]\n",
		"no mutant":   "[[equivalent]]\nreason = \"Nobody can tell.\"\n",
		"unknown key": good + "because = \"x\"\n",
		"twice":       good + good,
		"no TOML":     "[[",
	} {
		if _, err := ParseEquivalents([]byte(bad)); err == nil {
			t.Errorf("%s: err = %v", name, err)
		}
	}
	if known, err := ParseEquivalents(nil); err != nil || len(known) > 0 {
		t.Error(errors.Join(err, fmt.Errorf("%v", known)))
	}
}
