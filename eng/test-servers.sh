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
install() { apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 "$package" >/dev/null 2>&1; }
install || { apt-get update -q >/dev/null 2>&1 && install; } || { echo "apt-get could not install $package"; exit 3; }
