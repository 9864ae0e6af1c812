package contract

import "racelab/checker/labrt/wire"

// In these scenarios it matters who waits for whom.
var (
	modeShape     = Shape{Budget: 2}
	busyShape     = Shape{Budget: 2, Waits: true}
	togetherShape = Shape{Budget: 1, Preempted: 8}
)

// addHeld adds scenarios of calls whose callbacks are held up when others come, after
// something else or while there are more than one.
func (b *Book) addHeld(g *generator, run Runner) error {
	for _, some := range []struct {
		scenarios []wire.Scenario
		shape     Shape
	}{{g.modes(), modeShape}, {g.busy(), busyShape}, {g.together(), togetherShape}} {
		if err := b.addSome(some.scenarios, some.shape, pairRuns, run); err != nil {
			return err
		}
	}
	return nil
}

// modeCalls is with how many calls it is tried whether another call has made them wait, for
// each other and for any.
const modeCalls = 6

// modes are a call, once or a few times, and then two others, of which the first is held up
// in its callback: what one call meets, a refusal or an error, may leave the object in a mode
// in which others wait for each other.
func (g *generator) modes() []wire.Scenario {
	var all []wire.Scenario
	for _, op := range g.ops {
		for _, x := range g.someOf(g.calls, modeCalls) {
			before, held := wire.Invocation{Op: op}, wire.Invocation{Op: x, Hold: wire.Short}
			for _, threads := range [][][]wire.Invocation{
				{{before, before, before, held}, {{Op: x}}},
				{{before, held}, {{Op: g.pick(g.ops)}}},
			} {
				all = append(all, wire.Scenario{Setup: g.setup(), Threads: threads})
			}
		}
	}
	return all
}

// besideHeld is beside how many calls that are held up each other call is tried.
const besideHeld = 4

// busy are a call beside two whose callbacks are held up: one of them alone may be no
// reason to wait.
func (g *generator) busy() []wire.Scenario {
	return g.besideHeld(func(held []wire.Invocation, op int) [][]wire.Invocation {
		return [][]wire.Invocation{held, held, {{Op: op}}}
	})
}

// together are two of the same call beside one whose callback is held up: one of them alone
// may not wait for that.
func (g *generator) together() []wire.Scenario {
	return g.besideHeld(func(held []wire.Invocation, op int) [][]wire.Invocation {
		return [][]wire.Invocation{held, {{Op: op}}, {{Op: op}}}
	})
}

func (g *generator) besideHeld(threads func(held []wire.Invocation, op int) [][]wire.Invocation) (all []wire.Scenario) {
	for _, op := range g.ops {
		for _, x := range g.someOf(g.calls, besideHeld) {
			held := []wire.Invocation{{Op: x, Hold: wire.Short}}
			all = append(all, wire.Scenario{Setup: g.setup(), Threads: threads(held, op)})
		}
	}
	return all
}
