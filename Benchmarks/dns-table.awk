# Makes the third table of Benchmarks/README.md; with figures.awk before it.

function row(load, ours, others, bare, share, wanted, is) {
  printf "| %s | %s | %s | %s | %s | %s | %s |\n", load, ours, others, bare, share, wanted, is
}

function milliseconds(load, daemon) { return number(median(load, daemon, "p50_us") / 1000, 1) }
function rate(load, daemon) { return number(median(load, daemon, "rate"), 0) }
function cost(load, daemon) { return number(median(load, daemon, "cpu_us"), 1) }

# Whether everybody was let through: no list has a client.
function all(load, daemon,    round) {
  for (round = 1; round <= rounds; round++)
    if (served(load, daemon, round) == 0 || value[load, daemon, "dunno", round] != served(load, daemon, round)) return 0
  return 1
}

END {
  row("load", "Postern", "others", "c-ares alone", "ratio", "wanted", "reached")
  print "|---|---|---|---|---|---|---|"

  bare = ratio("far", "far", "p50_us", "far", "ares")
  row("a new client, ten lists, answers after " delay " ms: ms", milliseconds("far", "far"), \
    "Postfix " milliseconds("far", "postfix"), milliseconds("far", "ares") " (one lookup)", \
    times(bare) " one lookup, " times(ratio("far", "far", "p50_us", "far", "postfix")) " Postfix", "≤ 1.3 × one lookup", \
    reached(bare > 0 && bare <= 1.3 && all("far", "far")))

  slower = ratio("cached", "far", "p50_us", "without", "far")
  row("the same client again, µs (by a list without the DNS)", \
    number(median("cached", "far", "p50_us"), 1) " (" number(median("without", "far", "p50_us"), 1) ")", "–", "–", \
    times(slower) " without", "≤ 1.2 ×", reached(slower > 0 && slower <= 1.2 && all("cached", "far")))
  row("processor time of each, µs", cost("cached", "far") " (" cost("without", "far") ")", "–", "–", \
    times(ratio("cached", "far", "cpu_us", "without", "far")) " without", "", "")

  bare = 5 * ratio("near", "near", "rate", "near", "ares")
  weight = ratio("near", "near", "rate", "near", "weight")
  postfwd = ratio("near", "near", "rate", "near", "postfwd")
  row(number(clients, 0) " new clients, five lists on rbldnsd, " connections " connections: clients/s", \
    rate("near", "near"), "policyd-weight " rate("near", "weight") ", postfwd " rate("near", "postfwd"), \
    number(median("near", "ares", "rate") / 5, 0), \
    times(bare) " c-ares, " times(weight) " policyd-weight, " times(postfwd) " postfwd", "≥ 0.3 ×, ≥ 10 ×, ≥ 10 ×", \
    reached(bare >= 0.3 && weight >= 10 && postfwd >= 10 && all("near", "near")))
  row("processor time of each, µs", cost("near", "near"), "–", number(5 * median("near", "ares", "cpu_us"), 1), \
    "c-ares " times(5 * ratio("near", "ares", "cpu_us", "near", "near")) " ours", "", "")
  row("p99 (and the longest), µs", waits("near", "near"), \
    "policyd-weight " waits("near", "weight") ", postfwd " waits("near", "postfwd"), "–", "", "", "")
}
