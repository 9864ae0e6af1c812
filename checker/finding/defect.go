package finding

import "fmt"

// A DefectError is a defect that keeps racelab from doing what it was asked for.
// Its text only names the defect; whoever shows it to a person has package report
// put Finding into words.
type DefectError struct {
	Why     error // what cannot be done
	Finding Finding
}

func (e *DefectError) Error() string { return fmt.Sprintf("%v: %s", e.Why, e.Finding.Name()) }

func (e *DefectError) Unwrap() error { return e.Why }

// Name tells f from others as short as can be: "data-race by race at bank.go:7".
func (f Finding) Name() string {
	text := fmt.Sprintf("%s by %s", f.Kind, f.Detector)
	switch {
	case f.Location.File == "":
		return text
	case f.Location.Line == 0:
		return text + " in " + f.Location.File
	}
	return fmt.Sprintf("%s at %s:%d", text, f.Location.File, f.Location.Line)
}
