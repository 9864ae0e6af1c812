package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// A Tier is how well processes are kept from what is not theirs.
type Tier string

// The tiers, from the weakest to the strongest.
const (
	// Limits is what Limited does: a process may reach what its user can.
	TierLimits Tier = "limits"
	// TierLandlock keeps walls with landlock and seccomp. Other processes of the machine, and
	// the names of files, can be seen by the check, though not by the submission.
	TierLandlock Tier = "landlock"
	// TierNamespaces is that, and a whole check has name spaces of its own around it: users,
	// processes, files, network, communication, host name.
	TierNamespaces Tier = "namespaces"
	// TierBubblewrap is TierLandlock, and bwrap makes the name spaces around a check.
	TierBubblewrap Tier = "bubblewrap"
)

// Tiers are all of them. Those that are not Usual are used only if they are asked for.
var Tiers = []Tier{TierLimits, TierLandlock, TierNamespaces, TierBubblewrap}

// Usual are those of which the strongest is used that a machine allows.
var Usual = []Tier{TierLimits, TierLandlock, TierNamespaces}

// ParseTier reads the name of a tier.
func ParseTier(name string) (Tier, error) {
	if t := Tier(name); slices.Contains(Tiers, t) {
		return t, nil
	}
	return "", fmt.Errorf("there is no sandbox %q: there are %s", name, names(Tiers))
}

func names(tiers []Tier) string {
	var all []string
	for _, t := range tiers {
		all = append(all, string(t))
	}
	return strings.Join(all, ", ")
}
