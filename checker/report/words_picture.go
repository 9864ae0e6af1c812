package report

import (
	"fmt"
	"slices"

	"racelab/checker/diagram"
	"racelab/checker/finding"
	"racelab/checker/report/webpage"
)

func idleWords(names []finding.GoroutineName) string {
	return "Not shown, since nothing of interest happens there: " + shortList(names) + "."
}

// othersLane stands above a lane that many goroutines share.
const othersLane = "…"

func othersWords(names []finding.GoroutineName) string {
	return "There are too many goroutines for a line each. These share the last one: " + shortList(names) + "."
}

func foldWords(n int) string { return Count(n, "step") + " of the test itself" }

// accessText is an access of a race, as a step: "write, in (*Account).Deposit".
func accessText(a finding.Access) string {
	text := plainOp(a)
	if a.Inside != "" {
		text += " inside " + a.Inside
	}
	return text
}

// calledAt says from where a goroutine has come to the line where it waits.
func calledAt(l finding.Location) string {
	if placeOf(l) == "" {
		return ""
	}
	return "called at " + inFunction(l)
}

// divergedHere says what a row means at which another interleaving begins.
func divergedHere(d finding.Divergence, reached bool) string {
	switch {
	case !reached:
		return "here it ended; when it was recorded, it went on"
	case d.To > d.From:
		return "from here on it may do something else"
	}
	return "here it does something else"
}

// orderedAfter names a step after which something orders another one.
func orderedAfter(s finding.Step) string {
	if s.Number == 0 {
		return fmt.Sprintf("%s by %s", stepText(s), s.Goroutine)
	}
	return fmt.Sprintf("%s of %s (%s)", numberOf(s), s.Goroutine, stepText(s))
}

func afterWords(steps []string) string {
	const most = 4
	if more := len(steps) - most; more > 0 {
		steps = append(slices.Clone(steps[:most]), number(more)+" more")
	}
	return "This comes after " + list(steps) + "."
}

// waitNow says what a goroutine waits for while others take steps.
func waitNow(d diagram.Diagram, w diagram.Wait) string {
	text := string(d.Lanes[w.Lane].Name) + " " + waitText(finding.Waiting{Op: w.Op, Object: w.Object}, 1)
	if len(w.For) == 0 {
		return text
	}
	var names []finding.GoroutineName
	for _, l := range w.For {
		names = append(names, d.Lanes[l].Name)
	}
	switch w.Op {
	case finding.OpLock, finding.OpReadLock, finding.OpWaitReader:
		if len(names) == 1 && w.For[0] == w.Lane {
			return text + ", which it holds itself"
		}
		return text + ", which " + shortList(names) + " " + hold(len(names))
	}
	return text + ", for " + shortList(names)
}

func hold(n int) string {
	if n == 1 {
		return "holds"
	}
	return "hold"
}

// lostWords say how a write came to undo others: "b read a.balance (0) in step 9 …".
func lostWords(in finding.Interleaving, d diagram.Diagram, l diagram.Lost) string {
	read, write := in.Steps[l.Read], in.Steps[l.Write]
	var who []finding.GoroutineName
	for _, i := range l.Undone {
		if name := in.Steps[i].Goroutine; !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	text := fmt.Sprintf("%s read %s%s in %s and wrote it%s in %s. In between %s wrote it, too (%s): that is lost.",
		read.Goroutine, l.Object, valued(read), numberOf(read), valued(write), numberOf(write), shortList(who), stepsList(in, l.Undone))
	if at := placeOf(write.Location); at != "" {
		text += fmt.Sprintf(" The read and the write are those of one line, %s, which is no single step.", at)
	}
	return text
}

func lostHere(in finding.Interleaving, l diagram.Lost) string {
	last := in.Steps[l.Undone[len(l.Undone)-1]]
	return fmt.Sprintf("made of what was read in %s: what %s has written since is lost", numberOf(in.Steps[l.Read]), last.Goroutine)
}

// valued is a value that a step tells, in parentheses.
func valued(s finding.Step) string {
	if s.Value == "" {
		return ""
	}
	return " (" + s.Value + ")"
}

// stepsList names steps by their numbers: "steps 11 and 13".
func stepsList(in finding.Interleaving, steps []int) string {
	const most = 4
	var numbers []string
	for _, i := range steps {
		if n := in.Steps[i].Number; n > 0 {
			numbers = append(numbers, number(n))
		}
	}
	more := len(numbers) - most
	switch {
	case len(numbers) == 0:
		return "in between"
	case len(numbers) == 1:
		return "step " + numbers[0]
	case more > 0:
		numbers = append(numbers[:most:most], number(more)+" more")
	}
	return "steps " + list(numbers)
}

func missingWords(d diagram.Diagram, m diagram.Missing) string {
	first, second := d.Lanes[m.First.Lane].Name, d.Lanes[m.Second.Lane].Name
	text := fmt.Sprintf("%s %s and %s %s, and nothing orders the two, neither a lock nor a channel nor a wait.",
		first, placedAccess(m.First.Access), second, placedAccess(m.Second.Access))
	one, other := heldAt(d, m.First), heldAt(d, m.Second)
	apart := areApart(one, other)
	for _, i := range m.Earlier {
		apart = apart && areApart(heldAt(d, diagram.Point{Lane: m.First.Lane, After: i}), other)
	}
	switch {
	case !apart:
	case len(m.Earlier) > 0: // which of its locks that was is not known
		text += " Each holds a lock there, but not the same one."
	default:
		text += fmt.Sprintf(" %s holds %s there, and %s %s: different locks.", first, list(one), second, list(other))
	}
	return text
}

// areApart reports whether there are locks on both sides, and none is the same.
func areApart(one, other []string) bool {
	return len(one) > 0 && len(other) > 0 && !slices.ContainsFunc(one, func(lock string) bool { return slices.Contains(other, lock) })
}

// heldAt are the locks that a goroutine holds during an access.
func heldAt(d diagram.Diagram, p diagram.Point) []string {
	var locks []string
	for _, s := range d.Sections {
		if s.Lane == p.Lane && s.Holds(p.After) && !slices.Contains(locks, s.Object) {
			locks = append(locks, s.Object)
		}
	}
	return locks
}

// accessVerbs say what a goroutine does in an access; of others they say that it makes it.
var accessVerbs = map[finding.AccessOp]string{
	finding.AccessRead: "reads", finding.AccessWrite: "writes", finding.AccessAtomicRead: "reads atomically", finding.AccessAtomicWrite: "writes atomically",
	finding.AccessMapRead: "reads a map", finding.AccessMapWrite: "writes to a map", finding.AccessClose: "closes a channel", finding.AccessSend: "sends to a channel",
}

func placedAccess(a finding.Access) string {
	text, ok := accessVerbs[a.Op]
	if !ok {
		text = "makes a " + plainOp(a)
	}
	if a.Inside != "" {
		text += " inside " + a.Inside
	}
	if at := placeOf(a.Place); at != "" {
		text += " (" + at + ")"
	}
	return text
}

func missingHere(d diagram.Diagram, m diagram.Missing) string {
	return fmt.Sprintf("data race: nothing orders this after the %s of %s", accessText(m.First.Access), d.Lanes[m.First.Lane].Name)
}

// gapWords say that others had a lock between two times that a goroutine did.
func gapWords(in finding.Interleaving, d diagram.Diagram, g diagram.Gap) string {
	who, steps := othersIn(d, g)
	name, again := d.Lanes[g.Lane].Name, in.Steps[g.Second.From].Location
	return fmt.Sprintf("%s locks %s at %s, and again at %s. In between (%s to %s)%s it does not hold the lock, and %s %s it (%s): what %s saw the first time may no longer be so.",
		name, g.Object, inFunction(in.Steps[g.First.From].Location), inFunction(again),
		numberOf(in.Steps[g.First.To]), numberOf(in.Steps[g.Second.From]), meanwhileAt(in, d, g), shortList(who), verbFor("take", len(who)), stepsList(in, steps), name)
}

// inFunction names a place and the function that it is in.
func inFunction(l finding.Location) string {
	if l.Function == "" || placeOf(l) == "" {
		return placeOf(l)
	}
	return placeOf(l) + " in " + l.Function
}

// meanwhileAt says where a goroutine is between the two times, if it is in a third function:
// that is often the one which has called the others.
func meanwhileAt(in finding.Interleaving, d diagram.Diagram, g diagram.Gap) string {
	for i := g.First.To + 1; i < g.Second.From; i++ {
		at := in.Steps[i].Location
		if d.Steps[i].Lane != g.Lane || d.Steps[i].Own || at.Function == "" || at.File != in.Steps[g.Second.From].Location.File {
			continue
		}
		if at.Function != in.Steps[g.First.To].Location.Function && at.Function != in.Steps[g.Second.From].Location.Function {
			return ", at " + inFunction(at) + ","
		}
	}
	return ""
}

func gapHere(in finding.Interleaving, d diagram.Diagram, g diagram.Gap) string {
	who, _ := othersIn(d, g)
	return fmt.Sprintf("%s had %s since %s, when %s gave it back", shortList(who), g.Object, numberOf(in.Steps[g.First.To]), d.Lanes[g.Lane].Name)
}

func othersIn(d diagram.Diagram, g diagram.Gap) (who []finding.GoroutineName, steps []int) {
	for _, s := range g.Others {
		if name := d.Lanes[s.Lane].Name; !slices.Contains(who, name) {
			who = append(who, name)
		}
		steps = append(steps, s.From)
	}
	return who, steps
}

const passingTitle = "The nearest schedule that was found to pass"

// decidingWords say what is in another order in a schedule that passes.
func decidingWords(in finding.Interleaving, d diagram.Deciding) string {
	text := fmt.Sprintf("Another schedule, which begins in the same way, passes: there %s comes to %s (%s in %s) before %s (%s); ",
		d.Late, d.Object, d.Op, placeOf(d.LateAt), d.Early, placeOf(d.EarlyAt))
	if d.Second < 0 {
		return text + fmt.Sprintf("here %s is first, and %s never gets there.", d.Early, d.Late)
	}
	return text + fmt.Sprintf("here %s is first (%s, and %s for %s).", d.Early, numberOf(in.Steps[d.First]), numberOf(in.Steps[d.Second]), d.Late)
}

func beforeWords(other finding.GoroutineName, at finding.Location) string {
	return fmt.Sprintf("this comes before %s at %s: the other way round than in the other schedule", other, placeOf(at))
}

func afterWordsOf(other finding.GoroutineName, at finding.Location) string {
	return fmt.Sprintf("this comes after %s at %s", other, placeOf(at))
}

// pictureKeys explain the marks and lines that a drawing has.
func pictureKeys(p *webpage.Picture) []webpage.Key {
	sorts := map[webpage.Sort]string{
		webpage.Cut: "a goroutine that could have gone on was interrupted before this", webpage.Cause: "this makes it go wrong",
		webpage.Wrong: "here it goes wrong", webpage.Access: "an access that races", webpage.Stuck: "waits for ever", webpage.Differs: "not what was recorded",
		webpage.Decides: "in the other schedule these two come the other way round",
	}
	var keys []webpage.Key
	add := func(has bool, sort, text string) {
		if has {
			keys = append(keys, webpage.Key{Sort: sort, Text: text})
		}
	}
	hasSort := func(s webpage.Sort) bool {
		return slices.ContainsFunc(p.Rows, func(r webpage.Row) bool { return r.Sort == s })
	}
	missing := func(e webpage.Edge) bool { return e.Kind == webpage.MissingEdge }
	add(slices.ContainsFunc(p.Edges, func(e webpage.Edge) bool { return !missing(e) }), "edge", "in this schedule, what comes before the upper one is done when the lower one goes on")
	add(slices.ContainsFunc(p.Edges, missing), "missing", "nothing orders these two")
	add(slices.ContainsFunc(p.Bands, func(b webpage.Band) bool { return !b.Gap && !b.Own }), "band", "holds a lock")
	add(slices.ContainsFunc(p.Bands, func(b webpage.Band) bool { return b.Gap }), "gap", "does not hold it between two times")
	add(len(p.Waits) > 0, "idle", "has to wait")
	for _, s := range []webpage.Sort{webpage.Cut, webpage.Cause, webpage.Access, webpage.Wrong, webpage.Stuck, webpage.Differs, webpage.Decides} {
		add(hasSort(s), string(s), sorts[s])
	}
	return keys
}

// wrongInBrief says what was found, for the head of a page: the first of it.
func (v view) wrongInBrief(problems []finding.Problem) string {
	if len(problems) == 0 {
		return ""
	}
	text := v.brief(problems[0].Head)
	if more := len(problems) - 1; more > 0 {
		text += " (and " + Count(more, "more problem") + ")"
	}
	return text
}
