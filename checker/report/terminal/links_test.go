package terminal

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestLinksOf(t *testing.T) {
	plain, code, kitty := Links{On: true, Host: "box"}, Links{On: true, Line: "#L"}, Links{On: true, Host: "box", Line: "#"}
	off := Links{}
	for _, tt := range []struct {
		env  string
		want Links
	}{
		{"", off},
		{"TERM=xterm-256color", off},
		{"TERM_PROGRAM=Apple_Terminal TERM_PROGRAM_VERSION=455", off},
		{"TERM_PROGRAM=vscode TERM_PROGRAM_VERSION=1.95.0", code},
		{"TERM=xterm-kitty", kitty},
		{"TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.5.0", plain},
		{"TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.0.9", off},
		{"TERM_PROGRAM=iTerm.app", off},
		{"TERM_PROGRAM=WezTerm", plain},
		{"TERM=foot-extra", plain},
		{"TERM=alacritty", plain},
		{"VTE_VERSION=7600", plain},
		{"VTE_VERSION=5000", off},
		{"VTE_VERSION=4900", off},
		{"VTE_VERSION=7600 TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a", off},
		{"TMUX=/tmp/x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4", plain},
		{"TMUX=/tmp/x TERM_PROGRAM=vscode", off},
		{"STY=1.pts TERM_PROGRAM=WezTerm", off},
		{"FORCE_HYPERLINK=1", plain},
		{"FORCE_HYPERLINK=0 TERM_PROGRAM=vscode", off},
	} {
		env := map[string]string{}
		for _, kv := range strings.Fields(tt.env) {
			name, value, _ := strings.Cut(kv, "=")
			env[name] = value
		}
		got := LinksOf(func(name string) (string, bool) { v, ok := env[name]; return v, ok }, "box")
		if got.On != tt.want.On || got.On && got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.env, got, tt.want)
		}
	}
}

func TestPlace(t *testing.T) {
	file, err := filepath.Abs("/home/ada's lab/ü #1.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		links Links
		line  int
		want  string
	}{
		{Links{}, 7, "x"},
		{Links{On: true, Host: "box"}, 7, "\x1b]8;;file://box/home/ada%27s%20lab/%C3%BC%20%231.go\ax\x1b]8;;\a"},
		{Links{On: true, Line: "#L"}, 7, "\x1b]8;;file:///home/ada%27s%20lab/%C3%BC%20%231.go#L7\ax\x1b]8;;\a"},
		{Links{On: true, Line: "#L"}, 0, "\x1b]8;;file:///home/ada%27s%20lab/%C3%BC%20%231.go\ax\x1b]8;;\a"},
	} {
		if got := tt.links.Place("x", file, tt.line); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.links, got, tt.want)
		}
	}
	if got := (Links{On: true}).Place("x", "relative.go", 1); got != "x" {
		t.Errorf("a relative name becomes %q", got)
	}
}
