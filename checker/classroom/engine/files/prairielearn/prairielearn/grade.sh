#!/bin/bash
# PrairieLearn runs this for each submission, and reads /grade/results/results.json.
set -euo pipefail

root=${GRADE:-/grade}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/class" "$root/results"
cp -R "$root/student" "$work/class/submission"

# Status 3 means that racelab or the machine failed; that is tried again. If it stays so, the
# results say that the submission was not gradable: that costs no attempt.
for try in 1 2 3; do
  status=0
  racelab grade "$work/class" --exercises "${EXERCISES:-}" --store "$work/grades.db" || status=$?
  [ "$status" = 3 ] || break
  echo "try $try: racelab could not grade everything"
done
[ "$status" = 0 ] || [ "$status" = 3 ] || exit "$status"
racelab report --store "$work/grades.db" --format prairielearn >"$work/results.json"
mv "$work/results.json" "$root/results/results.json"
