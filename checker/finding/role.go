package finding

import (
	"math"
	"reflect"
	"strconv"
)

// A Role is what a related place has to do with a finding, as data: package
// report puts it into words.
type Role struct {
	Kind       RoleKind        `json:"kind,omitempty"`
	Goroutines []GoroutineName `json:"goroutines,omitempty"` // a few of those concerned …
	More       int             `json:"more,omitempty"`       // … and how many there are besides
	Access     *Access         `json:"access,omitempty"`
	Previous   bool            `json:"previous,omitempty"` // the access was the earlier one
	Spot       *Spot           `json:"spot,omitempty"`
	Label      string          `json:"label,omitempty"` // tells locks and channels apart: "A"
	Op         Op              `json:"op,omitempty"`
	Object     string          `json:"object,omitempty"`
	For        []GoroutineName `json:"for,omitempty"`      // who holds what is waited for
	Function   string          `json:"function,omitempty"` // that started, is called, is called back
	Reads      bool            `json:"reads,omitempty"`
	Fate       *Fate           `json:"fate,omitempty"`
	Text       string          `json:"text,omitempty"` // what a tool said
}

// RoleKind is the sort of role.
type RoleKind string

// The roles.
const (
	RoleAccess      RoleKind = "access"       // the other access of a race: Access, Previous
	RoleStarted     RoleKind = "started"      // Goroutines were started here, by Function if there is one
	RolePanicked    RoleKind = "panicked"     // it panicked again
	RoleDoes        RoleKind = "does"         // Goroutines do Spot here; Label
	RoleWaits       RoleKind = "waits"        // a goroutine of a schedule waits: Op, Object, For
	RoleHolds       RoleKind = "holds"        // a goroutine of a schedule holds Object since here
	RoleKept        RoleKind = "kept"         // a goroutine locked Object here, and does not unlock it: Fate
	RoleUnwound     RoleKind = "unwound"      // a goroutine that had locked Object panicked here
	RoleClosed      RoleKind = "closed"       // a goroutine had closed Object here
	RoleLocked      RoleKind = "locked"       // the lock that is taken again was taken here: Reads
	RoleCalls       RoleKind = "calls"        // the call, with the lock held, to Function
	RoleCallsBack   RoleKind = "calls back"   // the function called here calls back to Function
	RoleFirst       RoleKind = "first"        // of one order, its first lock
	RoleOtherFirst  RoleKind = "other first"  // of the other order, its first lock …
	RoleOtherSecond RoleKind = "other second" // … and its second one
	RoleBothFirst   RoleKind = "both first"   // the first lock of both orders
	RoleOneOrder    RoleKind = "one order"    // the call that leads to one order
	RoleOtherOrder  RoleKind = "other order"  // the call that leads to the other
	RoleHeld        RoleKind = "held"         // the lock that is waited for was taken here: Reads, Fate
	RoleHolderNow   RoleKind = "holder now"   // where the goroutine is now that holds the lock: Spot
	RoleOtherRun    RoleKind = "other run"    // in another run, a goroutine waits to lock here
	RoleQuoted      RoleKind = "quoted"       // what a tool says of the place: Text
)

// A GoroutineName is what a finding calls a goroutine: its number in a dump ("7"),
// its letter in a schedule ("b"), or MainGoroutine.
type GoroutineName string

// MainGoroutine has no number worth telling.
const MainGoroutine GoroutineName = "main"

// Numbered names a goroutine of a dump.
func Numbered(id int) GoroutineName { return GoroutineName(strconv.Itoa(id)) }

// Clock is what a schedule calls the virtual clock, which is no goroutine.
const Clock GoroutineName = "T"

// Ordinal is the place of a goroutine among those of its schedule, in order of
// their start: a is 1, z 26, aa 27. The clock is behind them all.
func (n GoroutineName) Ordinal() int {
	const longest = 6
	if n == Clock {
		return math.MaxInt
	}
	at := 0
	for _, c := range []byte(n[:min(len(n), longest)]) {
		at = 26*at + int(c-'a') + 1
	}
	return at
}

// namesKept is how many goroutines a role names one by one.
const namesKept = 4

// NameGoroutines fills in who a role is about: the first few names, and how many
// more there are.
func (r Role) NameGoroutines(names []GoroutineName) Role {
	kept := min(len(names), namesKept)
	r.Goroutines, r.More = names[:kept:kept], len(names)-kept
	return r
}

// Equal reports whether two related places say the same.
func (r Related) Equal(o Related) bool { return reflect.DeepEqual(r, o) }
