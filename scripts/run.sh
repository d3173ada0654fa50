#!/bin/sh
# Starts the gateway in the foreground for a trial: the shipped configuration and PAM files, sockets in a private
# directory. Ctrl-C ends it.
#
#   scripts/run.sh PROGRAMS               PROGRAMS: the directory with the built programs
set -eu
cd "$(dirname "$0")/.."
programs=$1
project=$PWD

# Root's gateway checks passwords as another user, who has to reach the PAM files.
reachable() {
  [ "$(id -u)" -ne 0 ] || setpriv --reuid nobody --regid nogroup --clear-groups test -x "$1" 2> /dev/null
}
run=$project/.run
mkdir -p "$run"
if ! reachable "$run"; then
  run=$(mktemp -d /tmp/postern.XXXXXX)
  echo "Other users can't pass through $project: running in $run."
  mkdir "$run/bin"
  for program in posternd postern-auth postern-policy postern-worker postern testauth; do cp "$programs/$program" "$run/bin/"; done
  programs=$run/bin
fi
chmod 755 "$run"
mkdir -p "$run/pam.d" "$run/control"
cp pam.d/* "$run/pam.d/"

set -- -e "s|/run/saslauthd|$run|" -e "s|/run/postern|$run/control|" -e "s|/etc/pam\.d|$run/pam.d|" \
  -e 's|^to *=.*|to = "stderr"|'
if [ "$(id -u)" -ne 0 ]; then
  set -- "$@" -e 's|^group *=.*|group = ""|'
elif ! getent passwd postern postern-local > /dev/null; then
  # A trial makes no users, it borrows two that every Debian has; make install does.
  set -- "$@" -e 's|^front *=.*|front = "nobody"|' -e 's|^local *=.*|local = "daemon"|'
fi
sed "$@" etc/postern/postern.toml > "$run/postern.toml"

echo "Socket:  $run/mux"
echo "Control: $run/control"
echo "Try:     $programs/testauth -f $run/mux -s smtp $(id -un)"
echo "Ctrl-C ends it."
exec "$programs/posternd" -c "$run/postern.toml"
