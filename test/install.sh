#!/bin/sh
# Makes sure that what the tests need is here: as root, or with sudo, it
# installs what is missing; otherwise it says the one line to run.
set -eu

missing=""
need() { # need PROGRAM PACKAGE
	command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"
}
need mariadbd mariadb-server
need redis-server redis-server
need chromium chromium
need gcc gcc
need pdftotext poppler-utils
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

line="apt-get update && apt-get install -y --no-install-recommends$missing"
command -v apt-get >/dev/null 2>&1 || { echo "please install:$missing" >&2; exit 1; }
if [ "$(id -u)" = 0 ]; then run="sh -c"
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then run="sudo sh -c"
else echo "the tests need$missing; run this once:  sudo sh -c '$line'" >&2; exit 1; fi
echo "==> installing$missing"
# Debian would start the servers; the tests start private ones instead.
$run "export DEBIAN_FRONTEND=noninteractive; printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; ($line) >/tmp/xinsheng-install.log 2>&1; s=\$?; rm -f /usr/sbin/policy-rc.d; [ \$s = 0 ] || tail -20 /tmp/xinsheng-install.log; exit \$s"
