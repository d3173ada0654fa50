#!/bin/sh
# Installs the built programs with what they need.
#
#   DESTDIR=… PREFIX=/usr/local scripts/install.sh PROGRAMS [MANUAL]
#
# The programs carry one private copy of the Swift runtime: a mail host needs no toolchain. Configuration and PAM
# files that exist are left as they are.
set -eu
cd "$(dirname "$0")/.."
programs=$1
manual=${2:-}
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}
target=$root$prefix
runtime=$target/lib/postern

# Everything is made ready beside its place and then renamed: a service that runs meanwhile sees the old file or
# the new one, whole.
binary() { # SOURCE TARGET RUNPATH
  install -D -m 755 "$1" "$2.new"
  strip --strip-unneeded "$2.new"
  [ -z "$3" ] || patchelf --set-rpath "\$ORIGIN/$3/lib/postern" "$2.new"
  mv -f "$2.new" "$2"
}

# Where a program goes, and from there to the runtime.
program() { binary "$programs/$1" "$target/$2/$1" "$3"; }

runtime_libraries() {
  ldd "$@" | sed -n 's|.* => \(.*/swift/linux/[^ ]*\) .*|\1|p' | sort -u
}

configuration() { # SOURCE TARGET
  [ -e "$root$2" ] || install -D -m 644 "$1" "$root$2"
}

template() { # SOURCE TARGET
  mkdir -p "$(dirname "$2")"
  sed "s|@PREFIX@|$prefix|g" "$1" > "$2"
  chmod 644 "$2"
}

# The programs as built still find the toolchain's runtime; as installed they no longer do.
libraries=$(cd "$programs" && runtime_libraries posternd postern-auth postern-policy postern-worker postern testauth)
for library in $libraries; do binary "$library" "$runtime/$(basename "$library")" ""; done
program posternd sbin ..
program postern bin ..
program testauth bin ..
program postern-auth libexec/postern ../..
program postern-policy libexec/postern ../..
program postern-worker libexec/postern ../..
install -D -m 755 scripts/saslauthd-defaults.sh "$target/libexec/postern/saslauthd-defaults"

for page in ${manual:+"$manual"/*.[1-8]}; do
  install -D -m 644 "$page" "$target/share/man/man${page##*.}/$(basename "$page")"
done

configuration etc/postern/postern.toml /etc/postern/postern.toml
configuration etc/postern/dnsbl-zones /etc/postern/dnsbl-zones
for script in etc/postern/rehearsals/*.rehearsal; do configuration "$script" "/$script"; done
configuration etc/default/saslauthd /etc/default/saslauthd
for service in pam.d/*; do configuration "$service" "/etc/$service"; done
for unit in etc/systemd/*; do template "$unit" "$target/lib/systemd/system/$(basename "$unit")"; done
template etc/sysusers/postern.conf "$target/lib/sysusers.d/postern.conf"
template etc/tmpfiles/postern.conf "$target/lib/tmpfiles.d/postern.conf"

# Into a package's directory nothing more is done; on this host the users and run directories are made now.
if [ -z "$root" ] && [ "$(id -u)" -eq 0 ]; then
  systemd-sysusers "$target/lib/sysusers.d/postern.conf"
  systemd-tmpfiles --create "$target/lib/tmpfiles.d/postern.conf"
  [ ! -d /run/systemd/system ] || systemctl daemon-reload
fi
