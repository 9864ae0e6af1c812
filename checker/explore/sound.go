package explore

import "racelab/checker/labrt/wire"

// maxCases bounds the cases of a select.
const maxCases = 1 << 10

// Sound reports whether a trace can be walked: a program that forges it must not
// make us read, allocate or queue what is not there.
func Sound(t wire.Trace) bool {
	for g, parent := range t.Parents {
		if parent >= g || parent < -1 {
			return false
		}
	}
	mentioned := 0
	for _, s := range t.Steps {
		for _, p := range s.Enabled {
			mentioned += len(p.Objects)
			if p.G < wire.Clock || p.G >= len(t.Parents) || p.Class > wire.Peek || p.Cases < 0 || p.Cases > maxCases {
				return false
			}
			if isClock := p.G == wire.Clock; isClock != (p.Op == wire.OpTime) || isClock && p.Cases+len(p.Objects) > 0 {
				return false
			}
			for _, o := range p.Objects {
				if o < 0 || o > mentioned {
					return false
				}
			}
		}
		if p, ok := chosen(s); !ok || s.Case < 0 || s.Case >= max(1, p.Cases) || s.Taken < -1 || s.Taken > maxCases {
			return false
		}
	}
	return true
}
