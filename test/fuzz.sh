#!/bin/sh
# Runs every fuzz test there is, one after the other; FUZZ_TIME each (20s).
# What breaks is kept under testdata/fuzz of its package, where `go test` finds it ever after.
set -eu
cd "$(dirname "$0")/.."
run=0
failed=""
for file in $(git ls-files '*_test.go' | xargs grep -l '^func Fuzz'); do
	for name in $(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file"); do
		echo "==> $name (${file%/*})"
		run=$((run + 1))
		go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZ_TIME:-20s}" "./${file%/*}" || failed="$failed $name"
	done
done
[ -z "$failed" ] || { echo "fuzz: FAILED:$failed" >&2; exit 1; }
echo "fuzz: $run parsers held"
