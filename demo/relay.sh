#!/bin/sh
# Shows what a remote user meets at a mail host whose passwords Postern checks and whose strangers it looks up and
# greylists: a private Postfix with the how-tos' configuration, a throw-away account, the gateway in place of saslauthd
# and of postgrey, rbldnsd as the rest of the DNS, and swaks as the user's mail program and as a mail server elsewhere.
#
#   demo/relay.sh PROGRAMS                PROGRAMS: the directory with the built programs
#
# Needs root (Postfix does). Leaves nothing behind, also when interrupted.
set -eu
cd "$(dirname "$0")/.."
programs=$(cd "$1" && pwd)

[ "$(id -u)" -eq 0 ] || {
  echo "The demo starts a Postfix of its own, which takes root: sudo make demo" >&2
  exit 1
}

run=$(mktemp -d /tmp/postern-demo.XXXXXX)
account=demo$$
password=$(od -An -N9 -tx1 /dev/urandom | tr -d ' \n')
gateway= sink= names= missed=0

clean_up() {
  trap - EXIT INT TERM HUP
  [ -z "$gateway" ] || kill "$gateway" 2> /dev/null || :
  [ -z "$names" ] || kill "$names" 2> /dev/null || :
  [ -z "$sink" ] || kill "$sink" 2> /dev/null || :
  [ ! -s "$run/queue/pid/master.pid" ] || postfix -c "$run/conf" stop 2> /dev/null || :
  wait
  userdel "$account" 2> /dev/null || :
  rm -rf "$run"
}
trap clean_up EXIT
trap 'clean_up; exit 130' INT TERM HUP

fail() {
  echo "$1" >&2
  shift
  [ $# -eq 0 ] || cat "$@" >&2
  exit 1
}

# Waits until a command succeeds, ten seconds at most.
await() {
  tries=100
  until "$@" 2> /dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

is_open() { python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])))' "$1"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# --- The mail host

chmod 755 "$run"
mkdir -p "$run/conf/sasl" "$run/queue/etc" "$run/data" "$run/outside" "$run/pam.d" "$run/control"
chown postfix "$run/data" "$run/outside"
port=$(free_port)
outside=$(free_port)
sed "s|@RUN@|$run|; s|@SINK@|[127.0.0.1]:$outside|" demo/postfix/main.cf > "$run/conf/main.cf"
# Mail from elsewhere is for lab.example, and its clients are who XCLIENT says.
cat >> "$run/conf/main.cf" << END
smtpd_recipient_restrictions = check_policy_service unix:postern/recipient,
  permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
relay_domains = lab.example
relay_transport = smtp:[127.0.0.1]:$outside
smtpd_authorized_xclient_hosts = 127.0.0.1
END
cp demo/postfix/sasl/smtpd.conf "$run/conf/sasl/"
# Debian's own services, smtpd chrooted as shipped; only the port is another.
sed "s|^smtp *inet|127.0.0.1:$port inet|" /usr/share/postfix/master.cf.dist > "$run/conf/master.cf"
cp /etc/resolv.conf /etc/hosts /etc/services /etc/nsswitch.conf "$run/queue/etc/"

# The chrooted smtpd finds the socket inside its queue directory. On a real host the directory belongs to the group
# sasl and postfix joins it; the demo leaves the host's groups alone.
sockets=$run/queue/var/run/saslauthd
mkdir -p "$sockets"
chgrp postfix "$sockets"
chmod 710 "$sockets"
cp pam.d/* "$run/pam.d/"
mkdir -p "$run/queue/postern" "$run/store"
chown nobody "$run/store"
dns=$(free_port)
cat > "$run/postern.toml" << END
[policy.recipient]
listen = ["unix:$run/queue/postern/recipient"]
restrictions = ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination",
                "reject_unknown_sender_domain", "reject_rbl_client bl.example", "check_greylist"]
[greylist]
delay = "2s"
[mail]
from_postfix = "$run/conf"
[dns]
servers = ["127.0.0.1:$dns"]
[store]
path = "$run/store/postern.db"
[auth]
listen = ["$sockets/mux"]
group = "postfix"
pam_directory = "$run/pam.d"
[control]
directory = "$run/control"
[log]
to = "stderr"
[run]
front = "nobody"
local = "daemon"
END

# A blocklist, with the entry for tests that each has, and the domains that there are.
mkdir "$run/dns"
printf ':127.0.0.2:known for spam, see http://bl.example/?$\n127.0.0.2\n192.0.2.9\n' > "$run/dns/bl.example"
printf '%s MX 10 mx.example\n' remote sender elsewhere > "$run/dns/example"
/usr/sbin/rbldnsd -n -c 0 -w "$run/dns" -b "127.0.0.1/$dns" bl.example:ip4set:bl.example example:generic:example \
  > "$run/dns.log" 2>&1 &
names=$!
await grep -q started "$run/dns.log" || fail "rbldnsd did not start:" "$run/dns.log"

useradd --no-create-home --shell /usr/sbin/nologin "$account"
echo "$account:$password" | chpasswd

"$programs/posternd" -c "$run/postern.toml" > "$run/gateway.log" 2>&1 &
gateway=$!
await test -S "$sockets/mux" && await test -S "$run/queue/postern/recipient" || fail "posternd did not start:" "$run/gateway.log"
smtp-sink -u postfix -d "$run/outside/message." "127.0.0.1:$outside" 100 > /dev/null 2>&1 &
sink=$!
postfix -c "$run/conf" start 2> "$run/start.log" || fail "Postfix did not start:" "$run/start.log"
await is_open "$port" || fail "Postfix does not listen:" "$run/mail.log"

# --- The remote user

# session TITLE SWAKS-FLAGS...: one mail to a stranger's domain, the dialogue without the message.
session() {
  printf '\n%s\n' "$1"
  shift
  talk "$@"
}

talk() {
  swaks --server 127.0.0.1 --port "$port" --ehlo laptop.example --from me@remote.example \
    --to friend@elsewhere.example --hide-informational --suppress-data "$@" > "$run/dialogue" 2>&1 || :
  # Of the offers AUTH alone matters here; what the client sends in base64 is named, not shown.
  sed -n -e '/^<- *250[- ]/ { /AUTH\|250 [0-9.]* Ok/!d; }' -e '/^<- *22[01] \|^ -> QUIT\|^ -> XCLIENT/d' \
    -e 's/^\( -> AUTH PLAIN\) .*/\1 <login and password>/' -e '/-> DATA$/!s/^ -> [A-Za-z0-9+/]*=*$/ -> <login or password>/' \
    -e 's/^\(<[-*]*\|[ ~]*->\) */    \1 /p' "$run/dialogue"
}

# expect WHAT PATTERN: whether the dialogue has such a line.
expect() {
  if grep -q -- "$2" "$run/dialogue"; then
    printf '  \342\234\223 %s\n' "$1"
  else
    printf '  \342\234\227 %s\n' "$1"
    missed=$((missed + 1))
  fi
}

right="--auth-user $account --auth-password $password"

# shellcheck disable=SC2086  # flags, separated by blanks
session 'The right password, method PLAIN' --auth PLAIN $right
expect 'EHLO offers AUTH PLAIN LOGIN' '250-AUTH PLAIN LOGIN'
expect 'and AUTH=PLAIN LOGIN for old mail programs' '250-AUTH=PLAIN LOGIN'
expect 'the login is accepted' '235 2.7.0'
expect 'the mail is taken for relaying' 'queued as'

# shellcheck disable=SC2086
session 'The right password, method LOGIN' --auth LOGIN $right
expect 'the login is accepted' '235 2.7.0'
expect 'the mail is taken for relaying' 'queued as'

session 'A wrong password' --auth PLAIN --auth-user "$account" --auth-password wrong
expect 'refused for good: 535' '535 5.7.8'

session 'No login at all'
expect 'a stranger does not relay: 554' '554 5.7.1 .*Relay access denied'

# Mail servers elsewhere.
to_us="--from news@sender.example --to u@lab.example --xclient-name mx.sender.example"
# shellcheck disable=SC2086
session 'A mail server that is on a blocklist' $to_us --xclient-addr 192.0.2.9
expect 'refused, with the reason of the list: 554' \
  '554 5.7.1 .*\[192.0.2.9\] blocked using bl.example; known for spam, see http://bl.example/?192.0.2.9'

# shellcheck disable=SC2086
session 'A sender whose domain does not exist' $to_us --xclient-addr 198.51.100.25 --from news@nowhere.example
expect 'put off: 450' '450 4.1.2 .*Domain not found'

# Before the delay is over it is put off.
stranger="$to_us --xclient-addr 198.51.100.25"
# shellcheck disable=SC2086
session 'A mail server that nobody knows yet' $stranger
expect 'greylisted: 450' '450 4.2.0 .*Greylisted'

# shellcheck disable=SC2086
accepted() {
  talk $stranger > "$run/shown"
  grep -q 'queued as' "$run/dialogue"
}
printf '\n%s\n' 'It comes again until the delay is over'
await accepted || :
cat "$run/shown"
expect 'the mail is accepted' 'queued as'

# shellcheck disable=SC2086
session 'A user of ours from the address that is on the blocklist' --auth PLAIN $right \
  --xclient-name dialup.example --xclient-addr 192.0.2.9
expect 'who logs in relays: neither refused nor greylisted' 'queued as'

# shellcheck disable=SC2086
session 'A user of ours writes to a friend' --auth PLAIN $right --from u@lab.example
expect 'the mail is taken for relaying' 'queued as'

# shellcheck disable=SC2086
session 'The friend answers, from a mail server that nobody knows' $to_us --from friend@elsewhere.example \
  --xclient-name mx.elsewhere.example --xclient-addr 203.0.113.77
expect 'who was written to is not greylisted' 'queued as'

printf '\n%s\n' 'The blocklist is shut down, and lists the whole world from now on'
printf ':127.0.0.2:this list is gone\n0.0.0.0/1\n128.0.0.0/1\n' > "$run/dns/bl.example"
kill -HUP "$names"
# It would be noticed within hours; a reload looks at all lists at once.
"$programs/postern" reload -c "$run/postern.toml" > /dev/null
is_aside() { "$programs/postern" status -c "$run/postern.toml" > "$run/dialogue" && grep -q 'set aside' "$run/dialogue"; }
await is_aside || :
grep 'set aside' "$run/dialogue" | sed 's/^/    /'
expect 'postern status says so' 'set aside .*bl.example'
# shellcheck disable=SC2086
session 'A mail server that would have been refused by it' $to_us --xclient-addr 203.0.113.25 --from list@sender.example
expect 'is treated as anybody else: greylisted' '450 4.2.0 .*Greylisted'

# The password store is out of reach: what a directory server that is down looks like.
printf 'auth required pam_debug.so auth=authinfo_unavail\naccount required pam_unix.so\n' > "$run/pam.d/smtp"
# shellcheck disable=SC2086
session 'The right password while the mechanism is down' --auth PLAIN $right
expect 'try again later: 454, no word of a wrong password' '454 4.7.0'

printf '\nBehind the gate\n'
# arrived COUNT TEXT: whether so many messages with the text have come.
arrived() { [ "$(grep -l -- "$2" "$run/outside"/* | wc -l)" -eq "$1" ]; }
report() {
  if await arrived "$2" "$3"; then
    printf '  \342\234\223 %s\n' "$1"
  else
    printf '  \342\234\227 %s\n' "$1"
    missed=$((missed + 1))
  fi
}
report 'four messages have arrived at elsewhere.example' 4 '^X-Rcpt-Args: <friend@elsewhere.example>'
report 'two messages have arrived at lab.example' 2 '^X-Rcpt-Args: <u@lab.example>'
report 'that which was put off says so' 1 '^X-Greylist: delayed [0-9]* seconds by '
printf '\nThe gateway says\n'
grep 'auth result=\|policy action=\|set aside' "$run/gateway.log" | uniq | sed 's/^/    /'

[ "$missed" -eq 0 ] || fail "
$missed expectations were missed; the logs:" "$run/gateway.log" "$run/mail.log"
