#!/bin/sh
# Postern beside the real saslauthd and the barest loop in C, on this machine: prints Benchmarks/README.md's table.
#
#   scripts/bench.sh PROGRAMS [ROUNDS]    PROGRAMS: the directory with the built programs; five rounds by default
#
# All stand ready at once and take turns; a ratio is the median of those within each round. Both daemons are started
# with saslauthd's command line and see the same private /etc, with PAM files and accounts of this script's: nothing
# of the host is changed, and what is made lies in one temporary directory that goes at the end. BENCH_FIGURES names a
# file for everything that was measured.
set -eu
cd "$(dirname "$0")/.."
programs=$1
rounds=${2:-5}
workers=5
silent=1000
in_flight=20
saslauthd=/usr/sbin/saslauthd

if [ "$(id -u)" -ne 0 ]; then
  echo "make bench has to be run as root: it gives both daemons a private /etc and starts them as root does." >&2
  exit 1
fi

work=$(mktemp -d /tmp/postern-bench.XXXXXX)
chmod 755 "$work"
load=$work/bin/postern-login-load
figures=$work/figures
# shellcheck source=scripts/bench-daemons.sh
. scripts/bench-daemons.sh
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# --- What the daemons see -------------------------------------------------------------------------------------------

account() { # LOGIN UID HASH
  echo "$1:x:$2:$2::/nonexistent:/usr/sbin/nologin" >> "$work/etc/passwd"
  echo "$1:x:$2:" >> "$work/etc/group"
  echo "$1:$3:20000::::::" >> "$work/etc/shadow"
}

stack() { # SERVICE AUTH-LINE…
  service=$1
  shift
  for line; do echo "auth $line"; done > "$work/etc/pam.d/$service"
  echo "account required ${line##* }" >> "$work/etc/pam.d/$service"
}

make_etc() {
  mkdir "$work/etc"
  for name in passwd group shadow ld.so.cache nsswitch.conf hosts host.conf services login.defs security localtime; do
    [ ! -e "/etc/$name" ] || cp -aL "/etc/$name" "$work/etc/$name"
  done
  cp -R pam.d "$work/etc/pam.d"
  account postern 64001 '!'
  account postern-local 64002 '!'
  # Debian's own cost of yescrypt.
  # shellcheck disable=SC2016  # the dollars are the hash's
  account bench 64003 "$(perl -e 'print crypt("secret", q($y$j9T$F5Jx5fExrKuPp53xLKQ..1))')"
  sed -i '/^shadow:/{s/:$/:postern-local/;t;s/$/,postern-local/}' "$work/etc/group"
  cc -shared -fPIC -O2 -o "$work/pam_sleep_test.so" Tests/PAMModules/pam_sleep_test.c -lpam
  stack smtp 'required pam_permit.so'
  stack imap 'required pam_unix.so'
  # Refused in the end, or the second one would come out of the cache.
  stack pop "optional $work/pam_sleep_test.so login=slow seconds=1 mark=/dev/null" 'required pam_deny.so'
}

# --- Daemons --------------------------------------------------------------------------------------------------------

# Starts a daemon that detaches, and waits until it answers.
start() { # NAME COMMAND…
  name=$1
  shift
  mkdir "$work/$name"
  unshare --mount sh -c 'mount --bind "$0" /etc && exec "$@"' "$work/etc" \
    "$@" -a pam -m "$work/$name" -n "$workers" < /dev/null > "$work/$name.log" 2>&1 || {
    cat "$work/$name.log" >&2
    exit 1
  }
  await "$name"
  started="$started $(pid "$name")"
}

start_loop() {
  mkdir "$work/loop"
  cc -O2 -o "$work/bin/login_loop" Benchmarks/Baseline/login_loop.c
  "$work/bin/login_loop" "$work/loop/mux" &
  echo $! > "$work/loop/saslauthd.pid"
  started="$started $!"
  await loop
}

pid() { cat "$work/$1/saslauthd.pid"; }

await() { # NAME
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if [ -s "$work/$1/saslauthd.pid" ] && "$load" "$work/$1/mux" --count 1 --patience 5 2> /dev/null \
      | grep -qx 'accepted=1'; then return 0; fi
    sleep 0.25
  done
  say "$1 does not accept a login:"
  cat "$work/$1.log" >&2
  exit 1
}

stop() { # NAME
  stopped=$(pid "$1")
  end "$stopped"
  started=$(echo "$started" | sed "s/ $stopped\b//")
}

# --- Figures: lines of ROUND LOAD DAEMON KEY VALUE -------------------------------------------------------------------

measure() { # ROUND LOAD DAEMON ARGUMENTS…
  round=$1 kind=$2 name=$3
  shift 3
  before=$(ticks "$(pid "$name")")
  timeout 60 "$load" "$work/$name/mux" "$@" > "$work/run"
  after=$(ticks "$(pid "$name")")
  # Milliseconds while the load was there, at the hundred ticks a second that Linux tells everybody.
  echo "cpu_ms=$(((after - before) * 10))" >> "$work/run"
  sed -n "s/^\([a-z0-9_]*\)=/$round $kind $name \1 /p" "$work/run" >> "$figures"
}

# A hundred logins, in the cache before it is measured.
cached() { # ROUND LOAD DAEMON ARGUMENTS…
  timeout 60 "$load" "$work/$3/mux" --users 100 --clients 4 --count 200 > "$work/run"
  measure "$@" --users 100 --clients 4
}

# PSS in kB, processor ticks and switches that the processes made by themselves in five seconds without a login.
at_rest() { # ROUND LOAD DAEMON
  members=$(family "$(pid "$3")")
  pss=$(for member in $members; do cat "/proc/$member/smaps_rollup"; done | awk '/^Pss:/ { sum += $2 } END { print sum }')
  before=$(ticks "$(pid "$3")") woken=$(switches "$members")
  sleep 5
  after=$(ticks "$(pid "$3")")
  {
    echo "$1 $2 $3 pss_kb $pss"
    echo "$1 $2 $3 idle_ms $(((after - before) * 10))"
    echo "$1 $2 $3 wakeups $(($(switches "$members") - woken))"
  } >> "$figures"
}

switches() { # PIDS
  for member in $1; do cat "/proc/$member/status"; done | awk '/^voluntary/ { sum += $2 } END { print sum }'
}

unix_logins() { # DAEMON
  "$load" "$work/$1/mux" --login bench --service imap --clients $workers --count 50 > "$work/run"
  grep -qx 'accepted=50' "$work/run" || {
    say "$1 refuses the yescrypt user:"
    cat "$work/run" >&2
    exit 1
  }
}

# --- The run --------------------------------------------------------------------------------------------------------

# As installed: stripped, with the private runtime.
DESTDIR=$work/dest PREFIX=/usr scripts/install.sh "$programs"
mkdir "$work/bin"
cp "$programs/postern-login-load" "$work/bin/"
posternd="$work/dest/usr/sbin/posternd saslauthd"
make_etc

# Memory first, each alone: whoever runs twice shares its pages with itself.
# shellcheck disable=SC2086  # a program and its first argument
for name in postern saslauthd; do
  say "memory and rest: $name"
  case $name in
    postern) start postern $posternd -c ;;
    saslauthd) start saslauthd $saslauthd -c ;;
  esac
  unix_logins $name
  at_rest 0 rest $name
done

# shellcheck disable=SC2086
start postern-uncached $posternd
start saslauthd-uncached $saslauthd
start_loop

round=0
while [ $round -lt "$rounds" ]; do
  round=$((round + 1))
  say "round $round of $rounds"
  for name in postern saslauthd loop; do cached $round cached $name --seconds 2; done
  cached $round silent postern --seconds 2 --silent $silent
  cached $round silent saslauthd --seconds 2 --silent $silent --patience 2
  for name in postern saslauthd; do
    cached $round slow $name --seconds 3 --background $in_flight --background-service pop
    # Those that sleep are done before the next one begins.
    sleep 1.2
  done
  for name in postern-uncached saslauthd-uncached; do
    measure $round permit $name --seconds 2 --clients $((2 * workers)) --users 100
    measure $round unix $name --seconds 4 --clients $((2 * workers)) --login bench --service imap
  done
done

stop postern-uncached
stop saslauthd-uncached
for name in postern saslauthd; do at_rest 0 after $name; done

printf '%s, %s; median of %s rounds.\n\n' "$(machine)" "$("$saslauthd" -v 2>&1 | sed -n 1p)" "$rounds"
awk -v silent=$silent -v in_flight=$in_flight -v workers=$workers -f Benchmarks/figures.awk -f Benchmarks/table.awk "$figures"
[ -z "${BENCH_FIGURES:-}" ] || cp "$figures" "$BENCH_FIGURES"
