#!/bin/sh
# Runs every fuzzer for a while: fuzz.sh [SECONDS [FUZZER…]]. What it finds lies under .build-fuzz/, the inputs that
# have to stay fine under Tests/Fuzzers/Corpus/.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- LoginRequest LoginReply WorkerMessage CheckFrame Settings PolicyRequest Whitelist \
  RestrictionList AccessTable RehearsalScript DatabaseDump DNSAnswer WeightedList ReplyTemplate

# Swift's crash reporter would wait for a debugger that nobody has.
export POSTERN_FUZZERS=1 SWIFT_BACKTRACE=enable=no
build=.build-fuzz
for name in "$@"; do
  ${SWIFT:-swift} build --configuration release --sanitize fuzzer --scratch-path $build --product "${name}Fuzzer"
done
for name in "$@"; do
  mkdir -p "$build/corpus/$name"
  echo "== $name"
  "$build/release/${name}Fuzzer" -max_total_time="$seconds" -print_final_stats=1 -verbosity=1 \
    -artifact_prefix="$build/$name-" "$build/corpus/$name" "Tests/Fuzzers/Corpus/$name" 2>"$build/$name.log" || {
    tail -n 40 "$build/$name.log"
    exit 1
  }
  grep -E '^stat::(number_of_executed_units|average_exec_per_sec)' "$build/$name.log"
done
