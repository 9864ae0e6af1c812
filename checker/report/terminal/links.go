package terminal

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// Links makes the names of files clickable (OSC 8, https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
// The zero value leaves them as they are.
type Links struct {
	// On is set for a terminal that is known to show links.
	On bool
	// Host is the machine's name, by which a terminal sees that a file is not on another one;
	// "" for one that wants none.
	Host string
	// Line is what stands between the address of a file and a line in it, for a terminal that
	// opens an editor there; "" for others, which would not find the file.
	Line string
}

// LinksOf says which links the terminal knows that the environment is of. Nobody can ask a
// terminal. So this goes by the names that they leave there; one that is not named shows what
// it does not know as garbage, perhaps. FORCE_HYPERLINK, which other programs know too, is
// stronger: 0 means no, anything else yes.
func LinksOf(lookupEnv func(string) (string, bool), host string) Links {
	env := func(name string) string { value, _ := lookupEnv(name); return value }
	plain := Links{On: true, Host: host}
	switch force := env("FORCE_HYPERLINK"); force {
	case "":
	case "0", "false":
		return Links{}
	default:
		return plain
	}
	program, term := env("TERM_PROGRAM"), env("TERM")
	switch {
	case env("STY") != "": // screen
		return Links{}
	case env("TMUX") != "": // it is the terminal, whatever else is left of the outer one's names
		plain.On = program == "tmux" && atLeast(env("TERM_PROGRAM_VERSION"), 3, 4)
		return plain
	case program == "vscode":
		return Links{On: true, Line: "#L"}
	case term == "xterm-kitty":
		return Links{On: true, Host: host, Line: "#"}
	case program == "iTerm.app":
		plain.On = atLeast(env("TERM_PROGRAM_VERSION"), 3, 1)
		return plain
	case program == "WezTerm", program == "ghostty", strings.HasPrefix(term, "foot"), term == "alacritty":
		return plain
	}
	// GNOME's terminal, Tilix and others of the same library. Its version 0.50.0 crashes.
	vte, err := strconv.Atoi(env("VTE_VERSION"))
	plain.On = err == nil && vte > 5000
	return plain
}

// atLeast compares the first two numbers of a version.
func atLeast(version string, major, minor int) bool {
	var a, b int
	if n, _ := fmt.Sscanf(version, "%d.%d", &a, &b); n < 2 {
		return false
	}
	return a > major || a == major && b >= minor
}

// Place links text to a file, which is named absolutely, and to a line of it if that is not 0.
func (l Links) Place(text, file string, line int) string {
	if !l.On || !filepath.IsAbs(file) {
		return text
	}
	file = filepath.ToSlash(file)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file // C:/…
	}
	address := (&url.URL{Scheme: "file", Host: l.Host, Path: file}).String()
	if line > 0 && l.Line != "" {
		address += l.Line + strconv.Itoa(line)
	}
	return unstyled.Hyperlink(address).Render(text)
}
