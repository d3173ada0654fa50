#!/bin/sh
# The one list of Debian packages that this project needs, by what they are for, and their installation.
#
#   scripts/packages.sh PURPOSE...        PURPOSE: build, test, bench, install
#
# Installs as root what is missing; anyone else is told the one command to run.
set -eu

list() {
  case $1 in
    build)
      echo libsodium-dev libtomlplusplus-dev libpam0g-dev libcrypt-dev libpcre2-dev libidn2-dev libsqlite3-dev \
        libc-ares-dev libstdc++-12-dev pkg-config git
      ;;
    # postfix, sasl2-bin, libsasl2-modules: the mail host; swaks, python3: its users; gcc, libc6-dev, libsasl2-dev:
    # PAM modules and a libsasl client made by the tests; libpam-modules: pam_debug; systemd: its analysis of the units;
    # procps: the kill that they call; postgrey, db-util: databases to take over, and the programs that read them;
    # rbldnsd, unbound: lists in the DNS and the resolver between; iproute2: a host with addresses of its own.
    test)
      echo postfix sasl2-bin libsasl2-modules libsasl2-dev swaks python3 gcc libc6-dev libpam-modules \
        libpam-wrapper strace passwd util-linux procps systemd postgrey db-util rbldnsd unbound iproute2
      list install
      ;;
    # sasl2-bin, postgrey, postfix, policyd-weight, postfwd: the real ones; rbldnsd: lists in the DNS; gcc, libc6-dev,
    # libc-ares-dev: the loops in C and a PAM module; perl: crypt, and a client of Postfix.
    bench)
      echo sasl2-bin postgrey postfix policyd-weight postfwd rbldnsd gcc libc6-dev libc-ares-dev libpam-modules \
        perl procps util-linux
      list install
      ;;
    install) echo patchelf binutils ;;
    *)
      echo "$0: no such purpose: $1" >&2
      exit 64
      ;;
  esac
}

is_installed() {
  [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

missing=
for purpose; do
  for package in $(list "$purpose"); do
    is_installed "$package" || missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "These Debian packages are missing. Run this, then make again:" >&2
  echo "  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet
case $missing in
  # The tests bring their own configuration; the host's Postfix stays without one.
  *postfix*)
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    ;;
esac
# shellcheck disable=SC2086  # a list of words
apt-get install --quiet --yes --no-install-recommends $missing < /dev/null
# Tests and benchmarks start their own; these packages start one for the host, now and at every boot, where nothing
# forbids that.
for daemon in postgrey unbound policyd-weight postfwd; do
  case $missing in
    *"$daemon"*)
      service "$daemon" stop || :
      update-rc.d "$daemon" disable
      ;;
  esac
done
