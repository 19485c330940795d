#!/usr/bin/env bash
# Installs a server of Debian's that tests run against: test-servers.sh PACKAGE PROGRAM. Says in one line why it cannot, and ends with 3 then.
set -euo pipefail
package=$1 program=$2
[ -x "/usr/sbin/$program" ] && exit 0
command -v apt-get >/dev/null || { echo "this system has no apt-get"; exit 3; }
[ "$(id -u)" -eq 0 ] || { echo "only root may install packages"; exit 3; }
export DEBIAN_FRONTEND=noninteractive
# No service is to be started: invoke-rc.d asks this program (3.2 of Debian's policy for it), and 101 forbids.
policy=/usr/sbin/policy-rc.d
[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod 755 "$policy"; trap 'rm -f "$policy"' EXIT; }
# A mirror that does not answer is given up before the tests are.
apt() { apt-get -q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 -o DPkg::Lock::Timeout=120 "$@" >/dev/null 2>&1; }
install() { apt install -y --no-install-recommends "$package"; }
install || { apt update && install; } || { echo "apt-get could not install $package"; exit 3; }
