package exercise

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestSymptomsText(t *testing.T) {
	text, err := Symptoms{
		"rejected/sleep": {Shows: []string{"data-race in TestAdd", "wrong-result in TestAdd"}},
		Broken:           {Of: "x", Shows: []string{"data-race in TestAdd"}},
	}.Text()
	if err != nil {
		t.Fatal(err)
	}
	ex := Exercise{Reference: fstest.MapFS{SymptomsFile: {Data: text}}}
	known, err := ex.Symptoms()
	if err != nil || len(known) != 2 || known[Broken].Of != "x" || !slices.Equal(known["rejected/sleep"].Shows, []string{"data-race in TestAdd", "wrong-result in TestAdd"}) {
		t.Errorf("%v, %v", known, err)
	}
	first, _ := known.Text()
	again, err := maps.Clone(known).Text()
	if err != nil || string(first) != string(again) {
		t.Errorf("the text is not always the same: %v\n%s\n%s", err, first, again)
	}
}

// What programs show depends on tests and sources, not on their comments.
func TestStamp(t *testing.T) {
	stamp := func(source, test string) string {
		ex := Exercise{Manifest: Manifest{Files: []string{"a.go"}}, Dir: fstest.MapFS{"a_test.go": {Data: []byte(test)}}, Reference: fstest.MapFS{}}
		of, err := ex.Stamps()
		if err != nil {
			t.Fatal(err)
		}
		return of(map[string][]byte{"a.go": []byte(source)})
	}
	of := stamp("package a; var x = 1", "package a_test")
	for name, same := range map[string]bool{
		stamp("// A.\npackage a\nvar y = 1", "package a_test // more"): true,
		stamp("package a; var x = 2", "package a_test"):                false,
		stamp("package a; var x = 1", "package a_test; var x = 1"):     false,
	} {
		if (name == of) != same {
			t.Errorf("%s and %s: want the same to be %v", of, name, same)
		}
	}
}

func TestValidateSymptoms(t *testing.T) {
	tr := fixture()
	ex, err := load(tr.content(), fixtureID)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := ex.Stamps()
	if err != nil {
		t.Fatal(err)
	}
	known := Symptoms{}
	for name, program := range map[string]map[string][]byte{Broken: ex.handedOut(), "rejected/late": ex.Complete(ex.Variants[3])} {
		known[name] = Symptom{Of: stamp(program), Shows: []string{"data-race in TestTill"}}
	}
	known["rejected/gone"] = Symptom{Of: "x"}
	text, err := known.Text()
	if err != nil {
		t.Fatal(err)
	}
	file := "solutions/07-till/" + SymptomsFile
	tr[file] = string(text)
	expectProblems(t, tr, []string{file + ": what it says of rejected/half, rejected/sleep, rejected/twice, rejected/gone is of other sources"})
	tr[fxTest] = strings.Replace(tr[fxTest], "func Test", "func TestMore(t *testing.T) {}\n\nfunc Test", 1)
	_, problems, _ := Validate(tr.content(), fixtureID)
	if !slices.ContainsFunc(problems, func(p Problem) bool { return p.File == file && strings.Contains(p.Message, "of broken, rejected/") }) {
		t.Errorf("tests have changed: %v", problems)
	}
	expectProblems(t, fixtureWith(file, "broken = 1\n"), []string{file + ": symptoms.toml: "})
}

func fixtureWith(file, text string) tree {
	tr := fixture()
	tr[file] = text
	return tr
}
