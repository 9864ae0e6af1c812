package schedule

import (
	"fmt"
	"strconv"
	"strings"

	"racelab/checker/labrt/wire"
)

// luckLetter marks the number that luck is.
const luckLetter = "R"

// printChoices writes, with dots between them, what there is of racing lines, luck and
// picks.
func (s Schedule) printChoices() string {
	var parts []string
	if len(s.Racing) > 0 {
		parts = append(parts, printRacing(s.Racing))
	}
	if s.Luck != 0 {
		parts = append(parts, luckLetter+strconv.FormatUint(s.Luck, 10))
	}
	if len(s.Picks) > 0 {
		parts = append(parts, printPicks(s.Picks))
	}
	return strings.Join(parts, ".")
}

// parseChoices reads what printChoices wrote.
func (s *Schedule) parseChoices(text string) (err error) {
	rest := text
	if strings.HasPrefix(rest, racingLetter) {
		var lines string
		lines, rest, _ = strings.Cut(rest, ".")
		if s.Racing, err = parseRacing(lines); err != nil {
			return err
		}
	}
	if strings.HasPrefix(rest, luckLetter) {
		var number string
		number, rest, _ = strings.Cut(rest, ".")
		if s.Luck, err = strconv.ParseUint(number[len(luckLetter):], 10, 64); err != nil {
			return fmt.Errorf("%w: %q", errSchedule, text)
		}
	}
	if s.Picks, err = parsePicks(rest); err == nil && s.printChoices() != text {
		err = fmt.Errorf("%w: %q", errSchedule, text)
	}
	return err
}

// printPicks writes picks as "a3b.b2/1.b4T": when a has taken 3 steps, b goes on;
// b's second step, a select, tries case 1 first; when b has taken 4 steps, time
// passes. In "a3-9a", a goes on when it has taken 3 steps, and so on until 9.
func printPicks(ps wire.Picks) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(Letters(p.Last))
		b.WriteString(strconv.Itoa(p.Steps))
		if p.More > 0 {
			b.WriteString("-" + strconv.Itoa(p.Steps+p.More))
		}
		if p.Case {
			b.WriteByte('/')
			b.WriteString(strconv.Itoa(p.To))
		} else {
			b.WriteString(Letters(p.To))
		}
	}
	return b.String()
}

// parsePicks reads what printPicks wrote.
func parsePicks(text string) (wire.Picks, error) {
	if text == "" {
		return nil, nil
	}
	var ps wire.Picks
	for part := range strings.SplitSeq(text, ".") {
		p, ok := parsePick(part)
		if !ok {
			return nil, fmt.Errorf("%w: %q", errSchedule, part)
		}
		ps = append(ps, p)
	}
	return ps, nil
}

func parsePick(text string) (p wire.Pick, ok bool) {
	digit := func(r rune) bool { return '0' <= r && r <= '9' }
	from := strings.IndexFunc(text, digit)
	if from <= 0 {
		return p, false
	}
	to := from + strings.IndexFunc(text[from:]+"x", func(r rune) bool { return !digit(r) })
	p.Last, ok = parseLetters(text[:from])
	if !ok {
		return p, false
	}
	var err error
	if p.Steps, err = strconv.Atoi(text[from:to]); err != nil {
		return p, false
	}
	rest := text[to:]
	if several, is := strings.CutPrefix(rest, "-"); is {
		return parseMore(p, several)
	}
	if number, isCase := strings.CutPrefix(rest, "/"); isCase {
		p.Case = true
		p.To, err = strconv.Atoi(number)
		return p, err == nil && p.To >= 0
	}
	p.To, ok = parseLetters(rest)
	return p, ok
}

// maxMore bounds the picks that one stands for: a schedule has not more steps.
const maxMore = 1 << 20

// parseMore reads the end of a pick that stands for several.
func parseMore(p wire.Pick, text string) (wire.Pick, bool) {
	to := strings.TrimLeft(text, "0123456789")
	last, err := strconv.Atoi(strings.TrimSuffix(text, to))
	p.More = last - p.Steps
	var ok bool
	p.To, ok = parseLetters(to)
	return p, err == nil && ok && p.To == p.Last && 0 < p.More && p.More <= maxMore
}

// Letters names goroutine i: a, b, … z, aa, ab, …; and the clock: T.
func Letters(i int) string {
	if i == wire.Clock {
		return clockLetter
	}
	var buf [8]byte
	at := len(buf)
	for i++; i > 0 && at > 0; i = (i - 1) / 26 {
		at--
		buf[at] = byte('a' + (i-1)%26)
	}
	return string(buf[at:])
}

const clockLetter = "T"

// maxLetters bounds what parseLetters reads: no program has more goroutines.
const maxLetters = 4

func parseLetters(text string) (i int, ok bool) {
	if text == clockLetter {
		return wire.Clock, true
	}
	if text == "" || len(text) > maxLetters {
		return 0, false
	}
	for _, c := range []byte(text) {
		if c < 'a' || c > 'z' {
			return 0, false
		}
		i = 26*i + int(c-'a') + 1
	}
	return i - 1, true
}
