#!/bin/sh
# Pushes to PUSH_TEST_CROWD people (20,000) against the sandbox with 50 ms for each
# message and 50 at once, on both stores: undisturbed, with the quota's end at half,
# with every token turning stale on two replicas, and with kill -9 at a third and at
# two thirds. Wants the pace kept and everybody written to once. Uses the MariaDB
# and Redis that the environment names, or starts private ones.
set -eu
cd "$(dirname "$0")/.."
crowd=${PUSH_TEST_CROWD:-20000}
work=$(mktemp -d)
trap 'sh test/services.sh stop "$work"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

export CGO_ENABLED=0
go build -trimpath -tags faults -o "$work/xinsheng" ./cmd/xinsheng
go test -trimpath -tags faults -c -o "$work/faults.test" ./test/faults
go test -trimpath -c -o "$work/service.test" ./service
if [ -z "${XINSHENG_TEST_MYSQL:-}" ] || [ -z "${XINSHENG_TEST_REDIS:-}" ]; then
	sh test/services.sh "$work" >"$work/env" || { cat "$work"/*.log >&2; exit 1; }
	. "$work/env"
fi

on_store() { # on_store NAME ENV-ARGUMENT...
	echo "== $1, load $(cut -d' ' -f1-3 /proc/loadavg)"
	shift
	(cd service && env "$@" PUSH_TEST_CROWD="$crowd" "$work/service.test" -test.v -test.timeout 30m \
		-test.run 'TestPushToMany|TestPushWaitsForTheQuotasDay|TestPushThroughStormsOfStaleTokens') || echo >>"$work/failed"
	(cd test/faults && env "$@" FAULT_PROGRAM="$work/xinsheng" FAULT_CROWD="$crowd" "$work/faults.test" -test.timeout 30m \
		-test.run TestKillWhilePushing) || echo >>"$work/failed"
}
on_store "MariaDB and Redis" XINSHENG_TEST_MYSQL="$XINSHENG_TEST_MYSQL" XINSHENG_TEST_REDIS="$XINSHENG_TEST_REDIS"
on_store "SQLite and the embedded KV" -u XINSHENG_TEST_MYSQL -u XINSHENG_TEST_REDIS
[ ! -e "$work/failed" ]
