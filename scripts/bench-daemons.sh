# What the benchmarks share, for `.`: daemons that are ended by their number, and what they have had of the
# processors. Expects $work, the run's directory; keeps the numbers of what was started in $started.
started=

say() { echo "$*" >&2; }

children() { ps -o pid= --ppid "$1" || true; }

family() { echo "$1" "$(children "$1")"; }

# A postern.toml but for what a benchmark is about: lists, and the DNS.
settings_of() { # NAME
  cat << END
[mail]
from_postfix = ""
mynetworks = "127.0.0.0/8"
mydestination = "lab.example"
[auth]
listen = ["$work/$1.mux"]
group = "root"
mechanisms = ["getpwent"]
services = ["smtp"]
workers = 1
[store]
path = "$work/$1.db/postern.db"
[control]
directory = "$work/$1.control"
group = "root"
[log]
to = "stderr"
level = "notice"
[run]
front = "postgrey"
local = "nobody"
END
}

# The real ones miss a TERM now and then, or see it only when somebody asks, which is what the second signal is for.
end() { # PID
  relatives=$(family "$1")
  kill -TERM "$1" 2> /dev/null || return 0
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    # shellcheck disable=SC2086  # a list of pids
    kill -0 $relatives 2> /dev/null || return 0
    sleep 0.2
  done
  # shellcheck disable=SC2086
  kill -KILL $relatives 2> /dev/null || true
}

clean_up() {
  for pid in $started; do end "$pid"; done
  rm -rf "$work"
}

# What a daemon with all its processes, those too that have ended, has had of the processors: ticks.
ticks() { # PID
  for member in $(family "$1"); do cat "/proc/$member/stat" 2> /dev/null || true; done \
    | sed 's/.*) //' | awk '{ sum += $12 + $13 + $14 + $15 } END { print sum + 0 }'
}

machine() {
  # shellcheck disable=SC1091
  . /etc/os-release
  printf '%s × %s, %s, Linux %s' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed -n 1p)" \
    "$PRETTY_NAME" "$(uname -r)"
}
