#!/bin/sh
# Postern's policy service beside the real postgrey and the barest echo in C, on this machine: prints the second table
# of Benchmarks/README.md.
#
#   scripts/bench-policy.sh PROGRAMS [ROUNDS]    PROGRAMS: the directory with the built programs; five rounds by default
#
# All stand ready at once and take turns; a ratio is the median of those within each round. Sockets and databases lie
# in one temporary directory that goes at the end. BENCH_POLICY_FIGURES names a file for everything that was measured.
set -eu
cd "$(dirname "$0")/.."
programs=$(cd "$1" && pwd)
rounds=${2:-5}
connections=20
triplets=1000
lookups=100000
postgrey=/usr/sbin/postgrey
load=$programs/postern-policy-load

if [ "$(id -u)" -ne 0 ]; then
  echo "make bench has to be run as root: it starts the daemons as root does." >&2
  exit 1
fi

work=$(mktemp -d /tmp/postern-bench.XXXXXX)
chmod 755 "$work"
figures=$work/figures
# shellcheck source=scripts/bench-daemons.sh
. scripts/bench-daemons.sh
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# --- Daemons --------------------------------------------------------------------------------------------------------

# Starts a daemon, and waits until it answers.
start() { # NAME COMMAND…
  name=$1
  shift
  "$@" < /dev/null > "$work/$name.log" 2>&1 &
  echo $! > "$work/$name.pid"
  started="$started $!"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if timeout 10 "$load" "$work/$name.socket" --new --count 1 --patience 5 2> /dev/null \
      | grep -qx 'answers=1'; then return 0; fi
    sleep 0.25
  done
  say "$name does not answer:"
  cat "$work/$name.log" >&2
  exit 1
}

# One of the two with postgrey's options.
start_greylist() { # NAME COMMAND…
  name=$1
  shift
  # Both run as postgrey's user, whose the database has to be.
  install -d -o postgrey -g postgrey "$work/$name.db"
  start "$name" "$@" --unix="$work/$name.socket" --dbdir="$work/$name.db" --delay=1 --quiet
}

# The classic list but for what asks DNS.
settings() {
  install -d -o postgrey -g postgrey "$work/lists.db"
  settings_of lists
  cat << END
[policy.recipient]
listen = ["unix:$work/lists.socket"]
restrictions = ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination", "check_greylist"]
END
}

# --- Figures: lines of ROUND LOAD DAEMON KEY VALUE -------------------------------------------------------------------

measure() { # ROUND LOAD DAEMON ARGUMENTS…
  round=$1 kind=$2 name=$3
  shift 3
  pid=$(cat "$work/$name.pid")
  before=$(ticks "$pid")
  timeout 60 "$load" "$work/$name.socket" --connections $connections --seconds 2 "$@" > "$work/run"
  after=$(ticks "$pid")
  # Milliseconds while the load was there, at the hundred ticks a second that Linux tells everybody.
  echo "cpu_ms=$(((after - before) * 10))" >> "$work/run"
  sed -n "s/^\([a-z0-9_]*\)=/$round $kind $name \1 /p" "$work/run" >> "$figures"
}

# Known before it is measured.
known() { # ROUND LOAD DAEMON ARGUMENTS…
  timeout 60 "$load" "$work/$3.socket" --known $triplets --acquaint
  measure "$@" --known $triplets
}

# Its three rounds of known triplets are those of the table. In a process of their own, since what filling leaves behind
# would hide what looking up takes.
store() { # TRIPLETS
  mkdir -p "$work/store"
  timeout 300 "$programs/postern-store-load" "$work/store" "$1" 0
  timeout 300 "$programs/postern-store-load" "$work/store" "$1" $lookups | tr ' ' '\n' | sed -n \
    -e "s/^known\([0-9]\)_us=/\1 store $1 lookup_us /p" -e "s/^\(rss_kib\|file_mib\|bytes_a_triplet\)=/1 store $1 \1 /p" \
    >> "$figures"
}

# --- The run --------------------------------------------------------------------------------------------------------

cc -O2 -o "$work/policy_echo" Benchmarks/Baseline/policy_echo.c
start_greylist postern "$programs/posternd" postgrey
start_greylist postgrey $postgrey
settings > "$work/postern.toml"
start lists "$programs/posternd" -c "$work/postern.toml"
start echo "$work/policy_echo" "$work/echo.socket"

round=0
while [ $round -lt "$rounds" ]; do
  round=$((round + 1))
  say "policy, round $round of $rounds"
  for name in postern postgrey echo; do known $round known $name; done
  for name in lists echo; do known $round lists $name --authenticated; done
  for name in postern postgrey; do measure $round new $name --new; done
done

for count in 10 10000 1000000; do
  say "store with $count triplets"
  store $count
done

printf '%s, postgrey %s; median of %s rounds.\n\n' "$(machine)" \
  "$(dpkg-query --show --showformat '${Version}' postgrey)" "$rounds"
awk -v connections=$connections -v triplets=$triplets -f Benchmarks/figures.awk -f Benchmarks/policy-table.awk "$figures"
[ -z "${BENCH_POLICY_FIGURES:-}" ] || cp "$figures" "$BENCH_POLICY_FIGURES"
