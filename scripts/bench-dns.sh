#!/bin/sh
# Postern's lists in the DNS beside Postfix's own, policyd-weight, postfwd and c-ares alone, on this machine: prints the
# third table of Benchmarks/README.md.
#
#   scripts/bench-dns.sh PROGRAMS [ROUNDS]    PROGRAMS: the directory with the built programs; five rounds by default
#
# All stand ready at once and take turns; a ratio is the median of those within each round. The name servers and the
# private Postfix listen at addresses of 127.53.0.0/16, and whoever can be told of a name server by /etc/resolv.conf
# only sees one of this script's: nothing of the host is changed. BENCH_DNS_FIGURES names a file for everything that was
# measured.
set -eu
cd "$(dirname "$0")/.."
programs=$(cd "$1" && pwd)
rounds=${2:-5}
connections=20
clients=20000
delay=50
far=127.53.0.1
near=127.53.0.2
relay=127.53.0.3
relay_port=10825
weight=127.53.0.4
load=$programs/postern-policy-load
far_zones=$(for number in 0 1 2 3 4 5 6 7 8 9; do echo "list$number.far.example"; done)
near_zones=$(for number in 1 2 3 4 5; do echo "list$number.near.example"; done)

if [ "$(id -u)" -ne 0 ]; then
  echo "make bench has to be run as root: name servers listen at port 53, and daemons see a private resolv.conf." >&2
  exit 1
fi

work=$(mktemp -d /tmp/postern-bench.XXXXXX)
chmod 755 "$work"
figures=$work/figures
# shellcheck source=scripts/bench-daemons.sh
. scripts/bench-daemons.sh
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# --- Name servers ---------------------------------------------------------------------------------------------------

start_far() {
  cc -O2 -o "$work/slow_dns" Benchmarks/Baseline/slow_dns.c
  "$work/slow_dns" $far 53 $delay &
  started="$started $!"
}

# Five lists of 100,000 addresses each, none of them a client's here, and RFC 5782's test entry.
start_near() {
  perl -e '
    srand 1;
    for my $zone (@ARGV) {
      open my $list, ">", $zone or die "$zone: $!\n";
      print $list "\$SOA 3600 ns.example hostmaster.example 1 3600 600 86400 3600\n";
      print $list ":127.0.0.2:Listed by $zone, see http://$zone/\?\$\n127.0.0.2\n";
      print $list join(".", 150 + int rand 70, map { int rand 256 } 1 .. 3), "\n" for 1 .. 100_000;
    }' $(for zone in $near_zones; do echo "$work/$zone"; done)
  # shellcheck disable=SC2046  # a word for each zone
  rbldnsd -n -b $near/53 -u nobody -w "$work" $(for zone in $near_zones; do echo "$zone:ip4set:$zone"; done) \
    > "$work/rbldnsd.log" 2>&1 &
  started="$started $!"
}

# --- Daemons --------------------------------------------------------------------------------------------------------

# Waits until a policy service answers.
await() { # NAME ADDRESS
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if timeout 10 "$load" "$2" --new --count 1 --patience 5 2> /dev/null | grep -qx 'answers=1'; then return 0; fi
    sleep 0.25
  done
  say "$1 does not answer:"
  cat "$work/$1.log" >&2
  exit 1
}

# Where only this resolv.conf is seen.
with_server() { # ADDRESS COMMAND…
  echo "nameserver $1" > "$work/$1.conf"
  # shellcheck disable=SC2016  # for the inner shell
  unshare --mount sh -c 'mount --bind "$0/$1.conf" /etc/resolv.conf && shift && exec "$@"' "$work" "$@"
}

rejecting() { # ZONES
  for zone in $1; do printf '"reject_rbl_client %s", ' "$zone"; done
}

# Two lists that differ in what they ask the DNS. Everybody is a stranger with mail for this host.
settings() { # NAME SERVER ZONES
  settings_of "$1"
  cat << END
[policy.recipient]
listen = ["unix:$work/$1.socket"]
restrictions = ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination", $(rejecting "$3")]
[policy.without]
listen = ["unix:$work/$1.without"]
restrictions = ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination"]
[dns]
servers = ["$2"]
END
}

start_postern() { # NAME SERVER ZONES
  install -d -o postgrey -g postgrey "$work/$1.db"
  settings "$@" > "$work/$1.toml"
  # The far server lists nothing, not even test entries.
  [ "$2" = $near ] || for zone in $3; do printf '[dns.zone."%s"]\nprobe = false\n' "$zone"; done >> "$work/$1.toml"
  "$programs/posternd" -c "$work/$1.toml" < /dev/null > "$work/$1.log" 2>&1 &
  echo $! > "$work/$1.pid"
  started="$started $!"
  await "$1" "$work/$1.socket"
}

start_postfix() {
  mkdir "$work/postfix" "$work/queue"
  install -d -o postfix "$work/data"
  cat > "$work/postfix/main.cf" << END
compatibility_level = 3.6
queue_directory = $work/queue
data_directory = $work/data
maillog_file = $work/postfix.log
maillog_file_prefixes = $work
myhostname = gate.example
mydestination = lab.example
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 127.0.0.0/8, 10.0.0.0/8
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination,
$(for zone in $far_zones; do echo "  reject_rbl_client $zone,"; done)
END
  sed "s|^smtp *inet .*|$relay:$relay_port inet n - n - - smtpd|" /usr/share/postfix/master.cf.dist \
    > "$work/postfix/master.cf"
  with_server $far postfix -c "$work/postfix" start > "$work/postfix.out" 2>&1
  started="$started $(tr -d ' ' < "$work/queue/pid/master.pid")"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    if rcpt 0 1 > /dev/null 2>&1; then return 0; fi
    sleep 0.5
  done
  say "Postfix does not answer:"
  cat "$work/postfix.out" "$work/postfix.log" >&2
  exit 1
}

rcpt() { timeout 60 perl Benchmarks/Baseline/rcpt_times.pl $relay $relay_port "$@"; } # FIRST COUNT

# Both log by syslog, which isn't there everywhere; here what they log goes nowhere.
make_quiet() {
  mkdir -p "$work/perl/Sys"
  cat > "$work/perl/Sys/Syslog.pm" << 'END'
package Sys::Syslog;
use parent 'Exporter';
our $VERSION = 1;
our @EXPORT = qw(openlog syslog closelog setlogmask);
our @EXPORT_OK = qw(setlogsock);
sub openlog { 1 }
sub syslog { 1 }
sub closelog { 1 }
sub setlogmask { 1 }
sub setlogsock { 1 }
1;
END
}

# With the lists alone, and so many processes that nobody waits for one.
start_weight() {
  install -d -o polw -g polw "$work/weight.run"
  cat > "$work/weight.conf" << END
\$dnsbl_checks_only = 1;
@dnsbl_score = ($(for zone in $near_zones; do printf "'%s', 5, 0, '%s', " "$zone" "$zone"; done));
@rhsbl_score = ();
\$NS = '$near';
\$LOCKPATH = '$work/weight.run/';
\$SPATH = '$work/weight.run/cache';
\$PIDFILE = '$work/weight.run/pid';
\$BIND_ADDRESS = '$weight';
\$MIN_PROC = $connections;
1;
END
  PERL5LIB=$work/perl policyd-weight -f "$work/weight.conf" -D start < /dev/null > "$work/weight.log" 2>&1 &
  master=$!
  started="$started $master"
  await weight $weight:12525
  # Its cache outlives it.
  for child in $(children $master); do started="$started $child"; done
}

start_postfwd() {
  install -d -o postfw -g postfw "$work/postfwd.run"
  echo "id=LISTS; rbl=$(echo $near_zones | tr ' ' ','); rblcount>=1; action=REJECT" > "$work/postfwd.cf"
  echo "id=REST; action=DUNNO" >> "$work/postfwd.cf"
  with_server $near perl -T "-I$work/perl" /usr/sbin/postfwd2 --daemon --perfmon -f "$work/postfwd.cf" \
    -u postfw -g postfw --proto unix --port "$work/postfwd.run/socket" \
    --cache_proto unix --cache_port "$work/postfwd.run/cache" --pidfile "$work/postfwd.run/pid" \
    --min_servers $((connections + 5)) < /dev/null > "$work/postfwd.log" 2>&1
  sleep 1
  started="$started $(cat "$work/postfwd.run/pid")"
  await postfwd "$work/postfwd.run/socket"
}

# --- Figures: lines of ROUND LOAD DAEMON KEY VALUE -------------------------------------------------------------------

keep() { sed -n "s/^\([a-z0-9_]*\)=/$1 $2 $3 \1 /p" "$work/run" >> "$figures"; } # ROUND LOAD NAME

ask() { # ROUND LOAD NAME ADDRESS ARGUMENTS…
  round=$1 kind=$2 name=$3 address=$4
  shift 4
  # Of the others it isn't known: their processes come and go.
  pid=$(cat "$work/$name.pid" 2> /dev/null || echo $$)
  before=$(ticks "$pid")
  timeout 60 "$load" "$address" "$@" > "$work/run"
  # Milliseconds while the load was there, at the hundred ticks a second that Linux tells everybody.
  [ "$pid" = $$ ] || echo "cpu_ms=$((($(ticks "$pid") - before) * 10))" >> "$work/run"
  keep "$round" "$kind" "$name"
}

alone() { # ROUND LOAD SERVER COUNT IN-FLIGHT ZONES…
  round=$1 kind=$2
  shift 2
  timeout 60 "$work/ares_loop" "$@" > "$work/run"
  keep "$round" "$kind" ares
}

# --- The run --------------------------------------------------------------------------------------------------------

cc -O2 -o "$work/ares_loop" Benchmarks/Baseline/ares_loop.c -lcares
start_far
start_near
make_quiet
start_postern far $far "$far_zones"
start_postern near $near "$near_zones"
start_postfix
start_weight
start_postfwd
# The probes of the lists are over.
sleep 1

round=0
while [ $round -lt "$rounds" ]; do
  round=$((round + 1))
  first=$((round * clients))
  say "lists in the DNS, round $round of $rounds"

  ask $round far far "$work/far.socket" --new --first $first --connections 1 --count 20
  alone $round far $far 20 1 list0.far.example
  rcpt $first 5 > "$work/run"
  keep $round far postfix

  timeout 10 "$load" "$work/far.socket" --known 1 --connections 1 --count 1 > /dev/null
  ask $round cached far "$work/far.socket" --known 1 --connections 1 --seconds 1
  ask $round without far "$work/far.without" --known 1 --connections 1 --seconds 1

  ask $round near near "$work/near.socket" --new --first $first --connections $connections --count $clients
  # shellcheck disable=SC2086  # a word for each zone
  alone $round near $near $((5 * clients)) $((5 * connections)) $near_zones
  ask $round near weight $weight:12525 --new --first $first --connections $connections --seconds 2
  ask $round near postfwd "$work/postfwd.run/socket" --new --first $first --connections $connections --seconds 2
done

version() { dpkg-query --show --showformat '${Version}' "$1"; }
printf '%s, Postfix %s, policyd-weight %s, postfwd %s, rbldnsd %s, c-ares %s; median of %s rounds.\n\n' "$(machine)" \
  "$(version postfix)" "$(version policyd-weight)" "$(version postfwd)" "$(version rbldnsd)" \
  "$(version libc-ares-dev)" "$rounds"
awk -v connections=$connections -v clients=$clients -v delay=$delay -f Benchmarks/figures.awk \
  -f Benchmarks/dns-table.awk "$figures"
[ -z "${BENCH_DNS_FIGURES:-}" ] || cp "$figures" "$BENCH_DNS_FIGURES"
