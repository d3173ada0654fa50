#!/bin/sh
# Starts posternd as saslauthd, with what the administrator has set for saslauthd: Debian's /etc/default/saslauthd
# (START, MECHANISMS, MECH_OPTIONS, THREADS, OPTIONS), Red Hat's /etc/sysconfig/saslauthd (SOCKETDIR, MECH, FLAGS).
#
#   saslauthd-defaults enabled            whether it shall run: START, which only Debian's file has
#   saslauthd-defaults start POSTERND     becomes POSTERND saslauthd with the flags
set -eu
etc=${SASLAUTHD_ETC:-/etc}

START=yes
MECHANISMS= MECH_OPTIONS= THREADS= OPTIONS=
SOCKETDIR= MECH= FLAGS=
for file in "$etc/default/saslauthd" "$etc/sysconfig/saslauthd"; do
  # shellcheck disable=SC1090  # the administrator's
  [ ! -r "$file" ] || . "$file"
done

case $1 in
  enabled)
    [ "$START" = yes ] || {
      echo "START is not yes in $etc/default/saslauthd"
      exit 1
    }
    ;;
  start)
    posternd=$2
    # Of several mechanisms the real one has only ever used the first.
    mechanism=${MECHANISMS%% *}
    set -- -a "${MECH:-${mechanism:-pam}}"
    [ -z "$MECH_OPTIONS" ] || set -- "$@" -O "$MECH_OPTIONS"
    [ -z "$THREADS" ] || set -- "$@" -n "$THREADS"
    [ -z "$SOCKETDIR" ] || set -- "$@" -m "$SOCKETDIR"
    # shellcheck disable=SC2086  # flags, separated by blanks
    exec "$posternd" saslauthd "$@" $OPTIONS $FLAGS -f
    ;;
  *)
    echo "usage: $0 enabled | start POSTERND" >&2
    exit 64
    ;;
esac
