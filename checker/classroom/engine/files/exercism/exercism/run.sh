#!/bin/bash
# run.sh SLUG INPUT OUTPUT grades the solution in the folder INPUT, and writes
# OUTPUT/results.json. SLUG is the exercise's name, as in unlocked-balance.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/class" "$3"
cp -R "$2" "$work/class/submission"

# Status 3 means that racelab or the machine failed; that is tried again. If it stays so, the
# results say "error", which Exercism does not take for a failing test.
for try in 1 2 3; do
  status=0
  racelab grade "$work/class" --exercises "$1" --store "$work/grades.db" || status=$?
  [ "$status" = 3 ] || break
  echo "try $try: racelab could not grade everything"
done
[ "$status" = 0 ] || [ "$status" = 3 ] || exit "$status"
racelab report --store "$work/grades.db" --format exercism >"$work/results.json"
mv "$work/results.json" "$3/results.json"
