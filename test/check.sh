#!/bin/sh
# Format, vet, lint and types: what reads well and is not plainly wrong.
set -eu
cd "$(dirname "$0")/.."
# The pages' check takes one core and goes on beside Go's; its output comes last.
pages=$(mktemp)
trap 'kill $checker 2>/dev/null || true; rm -f "$pages"' EXIT
trap 'exit 130' INT TERM
(cd static && exec npm run --silent check) >"$pages" 2>&1 &
checker=$!

echo "==> gofmt"
bad=$(git ls-files '*.go' | xargs gofmt -l)
[ -z "$bad" ] || { echo "gofmt: $bad" >&2; exit 1; }
echo "==> go vet"
go vet ./...
go vet -tags faults ./service ./test/faults
echo "==> staticcheck"
go tool staticcheck ./...
echo "==> pages: eslint, vue-tsc"
status=0
wait $checker || status=$?
cat "$pages"
exit $status
