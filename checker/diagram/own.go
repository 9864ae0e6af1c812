package diagram

import "racelab/checker/finding"

// own marks the steps that are the test's own.
func (b builder) own(steps []Step) {
	theirs := b.tests()
	for i, s := range b.Steps {
		switch {
		case s.Wrong || steps[i].Lane < 0 || s.Op == opTime, s.Op == finding.OpCall, s.Op == finding.OpReturn:
		case s.Op == finding.OpEnd, s.Op == opReports, s.Op == opTestEnds:
			steps[i].Own = true
		case s.Op == finding.OpGo || s.Object == "":
			steps[i].Own = inTests(s.Location)
		default:
			steps[i].Own = theirs[s.Object]
		}
	}
}

// tests are the objects of the tests: those that they operate on themselves. A step is
// placed in the learner's file whenever that is on the stack, also when a function of the
// tests has been called from there. Only a channel that both operate on is the learner's:
// one may be returned, or handed over.
func (b builder) tests() map[string]bool {
	theirs, channels := map[string]bool{}, map[string]bool{}
	for _, s := range b.Steps {
		if s.Object == "" || s.Op == finding.OpGo || isAccess(s.Op) {
			continue
		}
		switch s.Op {
		case finding.OpSend, finding.OpReceive, finding.OpSelect, opClose:
			channels[s.Object] = channels[s.Object] || !inTests(s.Location)
		}
		if inTests(s.Location) && s.Location.File != "" {
			theirs[s.Object] = true
		}
	}
	for object, used := range channels {
		if used {
			delete(theirs, object)
		}
	}
	return theirs
}
