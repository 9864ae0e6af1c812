package finding

// A Breach is a rule of the exercise that a submission breaks. What Name and Want
// are depends on the rule.
type Breach struct {
	Rule    Rule       `json:"rule"`
	Name    string     `json:"name,omitempty"`
	Want    string     `json:"want,omitempty"`
	Allowed []string   `json:"allowed,omitempty"` // imports; files that are read
	KiB     int        `json:"kib,omitempty"`
	More    int        `json:"more,omitempty"` // files of which the same is true
	API     *APIChange `json:"api,omitempty"`
}

// Rule is what a submission must keep.
type Rule string

// The rules. Name is the file unless something else is said.
const (
	RuleImport     Rule = "import"    // Name is not one of Allowed
	RuleMember     Rule = "member"    // Name is none of the Allowed members of its package
	RuleDirective  Rule = "directive" // Name is a comment that speaks to the compiler
	RulePackage    Rule = "package"   // the package is called Name, not Want
	RuleEmpty      Rule = "empty"     // the file is empty
	RuleText       Rule = "text"      // it is not UTF-8
	RuleMissing    Rule = "missing"   // it is not there
	RuleRegular    Rule = "regular"   // it is a link, a folder or a device
	RuleSize       Rule = "size"      // it is larger than KiB
	RuleReadable   Rule = "readable"  // it cannot be read; Want is the system's reason
	RuleNotRead    Rule = "not read"  // it lies beside the Allowed ones, which alone are read
	RulePlace      Rule = "place"     // Name may tell the program where it stands and who calls it
	RuleUntampered Rule = "tampered"  // the record of the tests was tampered with
	RuleMemory     Rule = "memory"    // checking it takes more than KiB, or running its tests where Want says so
	RuleProcessor  Rule = "processor" // checking it takes longer than Want on a processor
	RuleAPI        Rule = "api"       // API: what was exported must stay
)

// An APIChange is something that a package exported and no longer does, or exports
// otherwise.
type APIChange struct {
	Thing   APIThing `json:"thing,omitempty"`
	Name    string   `json:"name,omitempty"`
	Was     string   `json:"was,omitempty"`
	Now     string   `json:"now,omitempty"` // "" when it is gone
	NotType bool     `json:"not_type,omitempty"`
}

// APIThing is what has changed. Of an Object, Was and Now are whole declarations.
type APIThing string

// The things that a package exports.
const (
	APIObject APIThing = "object"
	APIType   APIThing = "type"
	APIMethod APIThing = "method"
	APIField  APIThing = "field"
)
