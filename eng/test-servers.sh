#!/usr/bin/env bash
# Installs Debian's servers that tests run against. Says in one line why it cannot, and ends with 3 then.
set -euo pipefail
command -v dnsmasq >/dev/null || [ -x /usr/sbin/dnsmasq ] && exit 0
command -v apt-get >/dev/null || { echo "this system has no apt-get"; exit 3; }
[ "$(id -u)" -eq 0 ] || { echo "only root may install packages"; exit 3; }
export DEBIAN_FRONTEND=noninteractive
# The package with the program alone: no service is started.
install() { apt-get install -y -q --no-install-recommends dnsmasq-base >/dev/null 2>&1; }
install || { apt-get update -q >/dev/null 2>&1 && install; } || { echo "apt-get could not install dnsmasq-base"; exit 3; }
