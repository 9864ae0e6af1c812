package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"racelab/checker/finding"
)

// Bounds of a verdict: whoever hands in a program that has something wrong in each of a
// hundred thousand places, or says a lot, has a record as small as anybody's.
const (
	mostFindings = 100
	longestText  = 8 << 10   // bytes
	mostListed   = 100       // in one list of a finding
	mostBytes    = 512 << 10 // of all findings, as JSON
)

// Capped is a verdict within bounds. What is too long says how much of it was left out, and
// LeftOut counts findings; of those, errors stay before warnings.
func Capped(v finding.Verdict) finding.Verdict {
	v.Reason = shortened(v.Reason)
	left := mostBytes
	keep := make([]bool, len(v.Findings))
	kept := 0
	short := make([]finding.Finding, len(v.Findings))
	for _, severity := range []finding.Severity{finding.Error, finding.Warning} {
		for i, f := range v.Findings {
			if (f.Severity == finding.Error) != (severity == finding.Error) || kept == mostFindings {
				continue
			}
			short[i] = cappedFinding(f)
			text, err := json.Marshal(short[i])
			if err != nil || len(text) > left && kept > 0 {
				continue
			}
			keep[i], kept, left = true, kept+1, left-len(text)
		}
	}
	var out []finding.Finding
	for i, f := range short {
		if keep[i] {
			out = append(out, f)
		}
	}
	v.LeftOut += len(v.Findings) - len(out)
	v.Findings = out
	return v
}

// cappedFinding has no interleaving that is longer than all else may be: its schedule is there.
func cappedFinding(f finding.Finding) finding.Finding {
	trace := f.Evidence.Trace
	f.Evidence.Trace = nil
	f = capped(reflect.ValueOf(f)).Interface().(finding.Finding)
	if text, err := json.Marshal(trace); err == nil && len(text) <= mostBytes/4 {
		f.Evidence.Trace = trace
	}
	return f
}

// capped is a copy of a value with shorter texts and lists. A schedule stays whole, since half
// of one is none.
func capped(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		out.SetString(shortened(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(capped(v.Elem()))
		}
	case reflect.Slice:
		if n := min(v.Len(), mostListed); n > 0 {
			out.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				out.Index(i).Set(capped(v.Index(i)))
			}
		}
		if more := v.Len() - out.Len(); more > 0 && v.Type().Elem().Kind() == reflect.String {
			out.Index(out.Len() - 1).SetString(fmt.Sprintf("and %d more", more+1))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Schedule" {
				out.Field(i).Set(capped(v.Field(i)))
			}
		}
	}
	return out
}

func shortened(text string) string {
	if len(text) <= longestText {
		return text
	}
	return strings.ToValidUTF8(text[:longestText], "") + fmt.Sprintf(" … (%d bytes more were left out)", len(text)-longestText)
}
