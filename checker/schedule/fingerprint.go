package schedule

import (
	"fmt"
	"strconv"
	"strings"

	"racelab/checker/labrt/wire"
)

const (
	maxMarks = 32 // characters of a fingerprint, at most
	checks   = 4  // characters of the hash of the whole
	digits   = "0123456789abcdefghijklmnopqrstuv"
	maxSteps = 1 << 30
)

// A Fingerprint tells interleavings apart, and where they part. Each mark is
// five bits of the hash of all steps up to the end of a stride, so from the
// stride in which two interleavings part their marks differ: each with odds of
// 31 to 1. Strides are single steps for up to 32 of them.
type Fingerprint struct {
	Steps int
	marks string
	check string // of the whole, since one mark is little when only the last step differs
}

// Print is the fingerprint of a trace.
func Print(t wire.Trace) Fingerprint {
	f := Fingerprint{Steps: len(t.Steps)}
	var marks strings.Builder
	h := uint64(start)
	for i, s := range t.Steps {
		h = mixStep(h, s)
		if end := i + 1; end%f.stride() == 0 || end == f.Steps {
			marks.WriteByte(digits[finish(h)&31])
		}
	}
	f.marks = marks.String()
	whole := Hash(t)
	for range checks {
		f.check += string(digits[whole&31])
		whole >>= 5
	}
	return f
}

// stride is how many steps one mark stands for.
func (f Fingerprint) stride() int { return max(1, (f.Steps+maxMarks-1)/maxMarks) }

// length is how many marks there are.
func (f Fingerprint) length() int { return (f.Steps + f.stride() - 1) / f.stride() }

func (f Fingerprint) String() string {
	return strconv.Itoa(f.Steps) + "." + f.marks + "." + f.check
}

func parsePrint(text string) (f Fingerprint, err error) {
	bad := fmt.Errorf("%w: fingerprint %q", errSchedule, text)
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return f, bad
	}
	f.Steps, err = strconv.Atoi(parts[0])
	if err != nil || f.Steps < 0 || f.Steps > maxSteps || parts[0] != strconv.Itoa(f.Steps) {
		return Fingerprint{}, bad
	}
	f.marks, f.check = parts[1], parts[2]
	if len(f.marks) != f.length() || len(f.check) != checks || strings.Trim(f.marks+f.check, digits) != "" {
		return Fingerprint{}, bad
	}
	return f, nil
}

// A Divergence is where another interleaving was recognised: in one of the
// steps From to To, counted from 1. To is one more than there are steps when it
// ended too early.
type Divergence struct{ From, To int }

func (d Divergence) String() string {
	if d.From == d.To {
		return fmt.Sprintf("at step %d", d.From)
	}
	return fmt.Sprintf("between steps %d and %d", d.From, d.To)
}

// Diverges says where t parts from the interleaving of f; false if it does not.
func (f Fingerprint) Diverges(t wire.Trace) (Divergence, bool) {
	if f == Print(t) {
		return Divergence{}, false
	}
	h, end, stride := uint64(start), 0, f.stride()
	for i := range f.marks {
		from := end + 1
		for last := min(end+stride, f.Steps); end < last; end++ {
			if end == len(t.Steps) {
				return Divergence{from, end + 1}, true
			}
			h = mixStep(h, t.Steps[end])
		}
		if f.marks[i] != digits[finish(h)&31] {
			return Divergence{from, end}, true
		}
	}
	if len(t.Steps) > f.Steps { // it went on where it had ended
		return Divergence{f.Steps + 1, f.Steps + 1}, true
	}
	return Divergence{1, f.Steps}, true
}

// Hash is equal for traces of the same interleaving: the same steps of the same
// goroutines on the same objects, with the same cases taken.
func Hash(t wire.Trace) uint64 {
	h := uint64(start)
	for _, s := range t.Steps {
		h = mixStep(h, s)
	}
	for _, parent := range t.Parents {
		h = mix(h, parent)
	}
	return finish(h)
}

// FNV-1a's numbers, on whole words.
const (
	start = 14695981039346656037
	prime = 1099511628211
)

func mix(h uint64, n int) uint64 {
	h = (h ^ uint64(n)) * prime
	return h ^ h>>29 // FNV alone never moves high bits down
}

func mixStep(h uint64, s wire.Step) uint64 {
	h = mix(mix(h, s.G), s.Taken)
	for _, p := range s.Enabled {
		if p.G != s.G {
			continue
		}
		h = mix(mix(h, int(p.Op)), len(p.Objects))
		for _, o := range p.Objects {
			h = mix(h, o)
		}
	}
	return h
}

// finish spreads what the last steps changed over all bits.
func finish(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
