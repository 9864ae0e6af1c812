#!/bin/sh
# Runs each program natively, under -race, and prints how many runs went wrong.
#
#   ./measure.sh [-n RUNS] [-f] [NAME...]      -f: the fixed twins
#
# A run is a process of its own. It goes wrong when a test fails, when it panics,
# when the race detector reports something, when it takes more than two seconds,
# or when goroutines are left half a second after the tests. A quarter of the runs
# each has GOMAXPROCS 1, 2, 4 and 8.
set -eu
cd "$(dirname "$0")"
runs=100 twin=buggy
while getopts n:f flag; do
	case $flag in
	n) runs=$OPTARG ;;
	f) twin=fixed ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- */
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# What counts the goroutines is laid over the folder, so that it holds no such file.
main() {
	cat <<END
package $1

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	before := runtime.NumGoroutine()
	status := m.Run()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			os.Exit(status)
		}
		time.Sleep(5 * time.Millisecond)
	}
	fmt.Println("goroutines are left")
	os.Exit(1)
}
END
}

kind() {
	case $1 in
	*"DATA RACE"*) echo data-race ;;
	*"test timed out"*) echo deadlock ;;
	*panic:*) echo panic ;;
	*"goroutines are left"*) echo goroutine-leak ;;
	*) echo wrong-result ;;
	esac
}

for name; do
	name=${name%/}
	cmp -s "$name/buggy/${name}_test.go" "$name/fixed/${name}_test.go" || {
		echo "$name: the twins have different tests" >&2
		exit 1
	}
	main "$name" >"$tmp/main.go"
	printf '{"Replace":{"%s/zz_main_test.go":"%s"}}' "$PWD/$name/$twin" "$tmp/main.go" >"$tmp/overlay.json"
	go test -race -c -overlay "$tmp/overlay.json" -o "$tmp/run" "./$name/$twin"
	: >"$tmp/kinds"
	i=0
	while [ $i -lt "$runs" ]; do
		procs=$((1 << (i * 4 / runs)))
		# The race detector sleeps for a second at the end of a process; as all
		# goroutines have ended by then, there is nothing to wait for.
		said=$(GOMAXPROCS=$procs GORACE=atexit_sleep_ms=0 "$tmp/run" -test.timeout 2s 2>&1) || kind "$said" >>"$tmp/kinds"
		i=$((i + 1))
	done
	printf '%-10s %3d of %d %s\n' "$name" "$(wc -l <"$tmp/kinds")" "$runs" \
		"$(sort "$tmp/kinds" | uniq -c | awk '{ printf " %s %d", $2, $1 }')"
done
