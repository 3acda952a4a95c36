#!/bin/sh
# Kills the program at every mark of a payment's way, FAULT_ROUNDS times on each
# store, and wants every payment settled exactly once. Uses the MariaDB and Redis
# that the environment names, or starts private ones.
set -eu
cd "$(dirname "$0")/.."
FAULT_ROUNDS=${FAULT_ROUNDS:-1}
work=$(mktemp -d)
trap 'sh test/services.sh stop "$work"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
begun=$(date +%s)

export CGO_ENABLED=0
FAULT_PROGRAM=$work/xinsheng
export FAULT_ROUNDS FAULT_PROGRAM
go build -trimpath -tags faults -o "$FAULT_PROGRAM" ./cmd/xinsheng
go test -trimpath -tags faults -c -o "$work/faults.test" ./test/faults
if [ -z "${XINSHENG_TEST_MYSQL:-}" ] || [ -z "${XINSHENG_TEST_REDIS:-}" ]; then
	sh test/services.sh "$work" >"$work/env" || { cat "$work"/*.log >&2; exit 1; }
	. "$work/env"
fi

on_store() { # on_store ENV-ARGUMENT...
	{ (cd test/faults && env "$@" "$work/faults.test" -test.parallel 4 -test.timeout 30m) && echo >>"$work/held"; } | grep -v '^PASS$'
}
on_store -u XINSHENG_TEST_MYSQL -u XINSHENG_TEST_REDIS || true
on_store XINSHENG_TEST_MYSQL="$XINSHENG_TEST_MYSQL" XINSHENG_TEST_REDIS="$XINSHENG_TEST_REDIS" || true

: >>"$work/held"
took="5 marks x $FAULT_ROUNDS rounds x 2 stores, $(($(date +%s) - begun)) s"
if [ "$(wc -l <"$work/held")" = 2 ]; then
	echo "faults: every payment settled exactly once ($took)"
else
	echo "faults: FAILED ($took)"
	exit 1
fi
