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
trap 'kill $running 2>/dev/null; sh test/services.sh stop "$work"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
running=""

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

# What mostly waits runs beside other parts; its output comes where it is joined.
beside() { # beside COMMAND
	{ "$1"; echo $? >"$work/$1.status"; } >"$work/$1.out" 2>&1 &
	running="$running $!"
	eval "$1_job=$!"
}
joined() { # joined COMMAND
	eval "wait \$$1_job"
	cat "$work/$1.out"
	[ "$(cat "$work/$1.status")" = 0 ]
}

packages() { (cd test/journey && npm ci --no-audit --no-fund); }
# The house rules run go vet, and four tests at once fill what two cores wait for.
suite() { go test -vet=off -parallel 4 -timeout 40m "$@"; }
# Nothing here outlives a crash of MariaDB, so it need not wait for the disk.
stores() {
	sh test/services.sh "$work" --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 >"$work/env" || { cat "$work"/*.log; return 1; }
	. "$work/env"
	export XINSHENG_TEST_MYSQL XINSHENG_TEST_REDIS XINSHENG_TEST_S3
	CGO_ENABLED=1 suite -race -p 2 ./store ./service ./handler
	tested=$?
	unset XINSHENG_TEST_MYSQL XINSHENG_TEST_REDIS XINSHENG_TEST_S3
	sh test/services.sh stop "$work"
	return $tested
}
# With servers of its own, whose MariaDB writes as in production.
faults() { FAULT_ROUNDS=1 sh test/faults.sh; }
journeys() { (cd test/journey && npx playwright test); }

sh test/install.sh || exit 1
beside packages
part "build" make build
part "house rules" sh test/check.sh
part "packages of the journeys" joined packages
beside faults
part "Go suite on SQLite and the embedded KV" suite ./...
part "kill -9 at the marks, on both stores" joined faults
part "Go suite on MariaDB and Redis, with the race detector" stores
part "journeys in the browser" journeys

echo
echo "took $(($(date +%s) - begun)) s"
echo "xinsheng: $passed passed, $failed failed"
[ "$failed" = 0 ]
