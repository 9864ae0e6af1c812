package handin

import (
	"archive/tar"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// whole are archives of one right fix, in forms that students and platforms make.
func whole(t *testing.T) files {
	t.Helper()
	in := files{"lab/01-balance/bank.go": "package bank", "lab/notes.txt": strings.Repeat("x", 2000)}
	packed, compressed := in.zip(t), in.tarGz(t)
	plain := tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg})
	program := strings.Repeat("#!/bin/sh\n", 300)
	return files{
		"a tar.gz that is called.zip": compressed, "a tar that is called.zip": plain, "a zip that is called.tar.gz": packed, "a tar that is called.tgz": plain,
		"a tar.gz that is called.tar": compressed, "a zip in one that is called.zip": zipOf(t, nested("x.tar", packed)), "a tar.gz in a tar.tar": tarWith(t, "x.zip", compressed),
		"behind a program.zip": append([]byte(program), packed...), "behind another zip.zip": append(zipOf(t, entry("x.go", "")), packed...), "zeros behind it.zip": append(bytes.Clone(packed), 0, 0, 0),
		"zeros behind it.tar.gz": append(bytes.Clone(compressed), make([]byte, 300)...), "text behind it.tar.gz": append(bytes.Clone(compressed), "see above"...),
		"another file is locked.zip": zipOf(t, entry("bank.go", "package bank"), lying("secret.txt", "x", 1, zipLocked)),
		"UPPER.ZIP":                  packed,
	}
}

func TestForms(t *testing.T) {
	dir := t.TempDir()
	in := whole(t)
	in.write(t, dir)
	var want []string // of one name there are several forms
	for _, name := range slices.Sorted(maps.Keys(in)) {
		want = append(want, withoutSuffix(name)+" | 01 package bank")
	}
	if diff := cmp.Diff(slices.Compact(want), read(t, dir)); diff != "" {
		t.Error(diff)
	}
}
