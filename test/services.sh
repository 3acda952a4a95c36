#!/bin/sh
# Starts a private MariaDB, Redis and S3 server on free ports under $1 and prints the
# environment for the tests; further arguments are MariaDB's. `sh test/services.sh
# stop DIR` ends them.
set -eu

port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }
end() { [ -f "$1" ] && kill "$(cat "$1")" 2>/dev/null || true; rm -f "$1"; }

if [ "$1" = stop ]; then
	end "$2/redis.pid"; end "$2/mariadb.pid"; end "$2/s3.pid"
	exit 0
fi

dir=$1
shift
mkdir -p "$dir/mariadb"
user=$(id -un)
mysqld=$(command -v mariadbd || echo /usr/sbin/mariadbd)
mysql_port=$(port)
redis_port=$(port)
s3_port=$(port)
mariadb-install-db --no-defaults --user="$user" --datadir="$dir/mariadb" --auth-root-authentication-method=normal --skip-test-db >"$dir/install.log" 2>&1
"$mysqld" --no-defaults --user="$user" --datadir="$dir/mariadb" --port="$mysql_port" --bind-address=127.0.0.1 \
	--socket="$dir/mariadb.sock" --pid-file="$dir/mariadb.pid" --innodb-buffer-pool-size=128M \
	--character-set-server=utf8mb4 --max-connections=400 "$@" >"$dir/mariadb.log" 2>&1 &
redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$dir" \
	--pidfile "$dir/redis.pid" --daemonize yes >"$dir/redis.log" 2>&1
tools=$(cd "$(dirname "$0")/.." && pwd)/bin
[ -x "$tools/versitygw" ] || GOBIN="$tools" go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 >&2
mkdir -p "$dir/s3"
"$tools/versitygw" --access xinsheng --secret xinsheng-test --port "127.0.0.1:$s3_port" --quiet posix "$dir/s3" >"$dir/s3.log" 2>&1 &
echo $! >"$dir/s3.pid"
for _ in $(seq 100); do
	mariadb-admin --no-defaults -uroot -h127.0.0.1 -P"$mysql_port" ping >/dev/null 2>&1 && break
	sleep 0.2
done
mariadb-admin --no-defaults -uroot -h127.0.0.1 -P"$mysql_port" ping >/dev/null
echo "XINSHENG_TEST_MYSQL='root@tcp(127.0.0.1:$mysql_port)/'"
echo "XINSHENG_TEST_S3='http://127.0.0.1:$s3_port'"
echo "XINSHENG_TEST_REDIS='127.0.0.1:$redis_port'"
