package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// A normaliser replaces what differs between two runs of the same program.
type normaliser struct {
	paths      *strings.Replacer
	addresses  map[string]string
	goroutines map[string]string
}

var (
	address   = regexp.MustCompile(`\b0x0*([0-9a-f]{6,16})\b`)
	offset    = regexp.MustCompile(` \+0x[0-9a-f]+`)
	registers = regexp.MustCompile(` fp=0x[0-9a-f]+ sp=0x[0-9a-f]+ pc=0x[0-9a-f]+`)
	register  = regexp.MustCompile(`(?m)^(r[a-z0-9]+|[cfg]s|rflags)( +)0x[0-9a-f]+$`)
	pc        = regexp.MustCompile(`\b(PC|pc|addr|gp|mp)=0x[0-9a-f]+`)
	seconds   = regexp.MustCompile(`\(\d+\.\d\ds\)`)
	goroutine = regexp.MustCompile(`(\b[Gg]oroutine |"goroutine":)(\d+)\b`)
	// an argument that may be stale: its value means nothing
	stale = regexp.MustCompile(`\b0x[0-9a-f]+\?`)
	// growing numbers of bytes in the message of an out-of-memory error
	inUse = regexp.MustCompile(`\d+( in use|-byte block)`)
)

// normaliser makes one for the files of one recording, so that what is equal in
// two of them stays equal.
func (l *lab) normaliser() *normaliser {
	home, _ := os.UserHomeDir()
	modules := l.env["GOMODCACHE"]
	return &normaliser{
		addresses: map[string]string{},
		// The run-time numbers goroutines as it likes, but for these.
		goroutines: map[string]string{"0": "0", "1": "1"},
		paths: strings.NewReplacer(
			l.dir, "/lab", l.env["GOROOT"], "/goroot",
			// go-deadlock shortens the home folder.
			strings.Replace(modules, home, "~", 1), "~/go/pkg/mod", modules, "/modules"),
	}
}

func (n *normaliser) apply(data []byte) []byte {
	s := n.paths.Replace(string(data))
	s = registers.ReplaceAllString(s, " fp=0x1 sp=0x1 pc=0x1")
	s = register.ReplaceAllString(s, "${1}${2}0x1")
	s = offset.ReplaceAllString(s, " +0x1")
	s = pc.ReplaceAllString(s, "${1}=0x1")
	s = seconds.ReplaceAllString(s, "(0.00s)")
	s = inUse.ReplaceAllString(s, "64${1}")
	s = stale.ReplaceAllString(s, "0x0?")
	s = goroutine.ReplaceAllStringFunc(s, n.goroutine)
	s = address.ReplaceAllStringFunc(s, n.address)
	return []byte(s)
}

// goroutine numbers goroutines in the order in which they appear.
func (n *normaliser) goroutine(s string) string {
	parts := goroutine.FindStringSubmatch(s)
	known, ok := n.goroutines[parts[2]]
	if !ok {
		known = strconv.Itoa(len(n.goroutines))
		n.goroutines[parts[2]] = known
	}
	return parts[1] + known
}

// address numbers addresses in the order in which they appear, in the width in
// which they were printed.
func (n *normaliser) address(s string) string {
	value := address.FindStringSubmatch(s)[1]
	known, ok := n.addresses[value]
	if !ok {
		known = fmt.Sprintf("c0000%05x", 16*(1+len(n.addresses)))
		n.addresses[value] = known
	}
	if strings.HasPrefix(s, "0x00") { // as the race detector prints them
		return "0x00" + known
	}
	return "0x" + known
}
