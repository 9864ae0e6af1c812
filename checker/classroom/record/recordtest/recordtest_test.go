package recordtest

import (
	"reflect"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

// A class has everything that a record can say, and is the same each time.
func TestClassHasEverySort(t *testing.T) {
	b := Class(1, 8, 5)
	if !reflect.DeepEqual(b, Class(1, 8, 5)) {
		t.Error("the same seed makes another class")
	}
	seen := map[any]bool{}
	for _, r := range b.Records {
		seen[r.State] = true
		seen["late"] = seen["late"] || r.Late
		seen["earlier"] = seen["earlier"] || len(r.Earlier) > 0
		if r.Verdict != nil {
			seen[r.Verdict.Outcome] = true
			for _, f := range r.Verdict.Errors() {
				seen[f.Kind] = true
				seen["trace"] = seen["trace"] || f.Evidence.Trace != nil
			}
		}
	}
	want := []any{record.Missing, record.Untouched, record.Graded, finding.Pass, finding.Fail, finding.Inconclusive, "late", "earlier", "trace"}
	for _, k := range finding.Kinds() {
		want = append(want, k)
	}
	for _, w := range want {
		if !seen[w] {
			t.Errorf("there is no %v", w)
		}
	}
}
