#!/bin/sh
# Shows what a remote user meets at a mail host whose passwords Postern checks: a private Postfix with the how-tos'
# configuration, a throw-away account, the gateway, and swaks as the user's mail program.
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
gateway= sink= missed=0

clean_up() {
  trap - EXIT INT TERM HUP
  [ -z "$gateway" ] || kill "$gateway" 2> /dev/null || :
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
cat > "$run/postern.toml" << END
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

useradd --no-create-home --shell /usr/sbin/nologin "$account"
echo "$account:$password" | chpasswd

"$programs/posternd" -c "$run/postern.toml" > "$run/gateway.log" 2>&1 &
gateway=$!
await test -S "$sockets/mux" || fail "posternd did not start:" "$run/gateway.log"
smtp-sink -u postfix -d "$run/outside/message." "127.0.0.1:$outside" 100 > /dev/null 2>&1 &
sink=$!
postfix -c "$run/conf" start 2> "$run/start.log" || fail "Postfix did not start:" "$run/start.log"
await is_open "$port" || fail "Postfix does not listen:" "$run/mail.log"

# --- The remote user

# session TITLE SWAKS-FLAGS...: one mail to a stranger's domain, the dialogue without the message.
session() {
  title=$1
  shift
  printf '\n%s\n' "$title"
  swaks --server 127.0.0.1 --port "$port" --ehlo laptop.example --from me@remote.example \
    --to friend@elsewhere.example --hide-informational --suppress-data "$@" > "$run/dialogue" 2>&1 || :
  # Of the offers AUTH alone matters here; what the client sends in base64 is named, not shown.
  sed -n -e '/^<- *250[- ]/ { /AUTH\|250 [0-9.]* Ok/!d; }' -e '/^<- *22[01] \|^ -> QUIT/d' \
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

# The password store is out of reach: what a directory server that is down looks like.
printf 'auth required pam_debug.so auth=authinfo_unavail\naccount required pam_unix.so\n' > "$run/pam.d/smtp"
# shellcheck disable=SC2086
session 'The right password while the mechanism is down' --auth PLAIN $right
expect 'try again later: 454, no word of a wrong password' '454 4.7.0'

printf '\nOutside\n'
two_messages() { [ "$(find "$run/outside" -type f | wc -l)" -eq 2 ]; }
if await two_messages; then
  printf '  \342\234\223 two messages have arrived at elsewhere.example\n'
else
  printf '  \342\234\227 two messages should have arrived at elsewhere.example\n'
  missed=$((missed + 1))
fi
printf '\nThe gateway says\n'
grep 'auth result=' "$run/gateway.log" | sed 's/^/    /'

[ "$missed" -eq 0 ] || fail "
$missed expectations were missed; the logs:" "$run/gateway.log" "$run/mail.log"
