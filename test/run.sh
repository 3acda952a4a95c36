#!/bin/sh
# Everything that must hold: house rules, both stores, kill marks, the pages in
# a browser. Installs what is missing; starts private servers and ends them.
set -u
cd "$(dirname "$0")/.."
unset PORT SANDBOX_PORT DATA XINSHENG_CONFIG

work=$(mktemp -d)
passed=0
failed=0
begun=$(date +%s)
trap 'sh test/services.sh stop "$work"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

part() { # part NAME COMMAND...
	name=$1
	shift
	start=$(date +%s)
	echo
	echo "==> $name"
	if "$@"; then
		passed=$((passed + 1))
		verdict=ok
	else
		failed=$((failed + 1))
		verdict=FAILED
	fi
	echo "<== $name: $verdict, $(($(date +%s) - start)) s"
}

packages() { (cd test/journey && npm ci --no-audit --no-fund); }
stores() {
	sh test/services.sh "$work" >"$work/env" || { cat "$work"/*.log; return 1; }
	. "$work/env"
	export XINSHENG_TEST_MYSQL XINSHENG_TEST_REDIS XINSHENG_TEST_S3
	CGO_ENABLED=1 go test -race -p 2 -timeout 40m ./store ./service ./handler
}
faults() { . "$work/env" && export XINSHENG_TEST_MYSQL XINSHENG_TEST_REDIS && FAULT_ROUNDS=1 sh test/faults.sh; }
journeys() { (cd test/journey && npx playwright test); }

sh test/install.sh || exit 1
part "packages of the journeys" packages
part "build" make build
part "house rules" sh test/check.sh
part "Go suite on SQLite and the embedded KV" go test -timeout 40m ./...
part "Go suite on MariaDB and Redis, with the race detector" stores
part "kill -9 at the marks, on both stores" faults
part "journeys in the browser" journeys

echo
echo "took $(($(date +%s) - begun)) s"
echo "xinsheng: $passed passed, $failed failed"
[ "$failed" = 0 ]
