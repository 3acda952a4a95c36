#!/bin/sh
# Format, vet, lint and types: what reads well and is not plainly wrong.
set -eu
cd "$(dirname "$0")/.."

echo "==> gofmt"
bad=$(git ls-files '*.go' | xargs gofmt -l)
[ -z "$bad" ] || { echo "gofmt: $bad" >&2; exit 1; }
echo "==> go vet"
go vet ./...
go vet -tags faults ./service ./test/faults
echo "==> staticcheck"
go tool staticcheck ./...
echo "==> pages: eslint, vue-tsc"
(cd static && npm run --silent check)
