# Makes the first table of Benchmarks/README.md; with figures.awk before it.

function row(load, ours, real, bare, share, wanted, is) {
  printf "| %s | %s | %s | %s | %s | %s | %s |\n", load, ours, real, bare, share, wanted, is
}
function beside(x) { return x == 0 ? "–" : times(x) " without" }
function accepted_all(load, daemon,    round, bad) {
  for (round = 1; round <= rounds; round++)
    bad += value[load, daemon, "logins", round] - value[load, daemon, "accepted", round]
  return bad == 0
}

# What no login of ours may come to.
function complain(load, daemon,    round, bad) {
  for (round = 1; round <= rounds; round++)
    for (bad in unwanted)
      if (value[load, daemon, bad, round] > 0)
        printf "%s, %s, round %d: %s %s\n", daemon, load, round, value[load, daemon, bad, round], bad
}

function uncached(load, words, wanted,    share) {
  share = ratio(load, "postern-uncached", "rate", load, "saslauthd-uncached")
  row("uncached logins/s, " words ", " 2 * workers " clients, " workers " workers", \
    number(median(load, "postern-uncached", "rate"), 0), number(median(load, "saslauthd-uncached", "rate"), 0), "–", \
    times(share) " saslauthd", "≥ " wanted " ×", reached(share >= wanted && accepted_all(load, "postern-uncached")))
  row("processor time of each, µs", number(median(load, "postern-uncached", "cpu_us"), 1), \
    number(median(load, "saslauthd-uncached", "cpu_us"), 1), "–", \
    times(ratio(load, "postern-uncached", "cpu_us", load, "saslauthd-uncached")) " saslauthd", "", "")
}

BEGIN { split("refused closed malformed unanswered", words); for (i in words) unwanted[words[i]] }

END {
  row("load", "Postern", "saslauthd", "C loop", "ratio", "wanted", "reached")
  print "|---|---|---|---|---|---|---|"

  real = ratio("cached", "postern", "rate", "cached", "saslauthd")
  bare = ratio("cached", "postern", "rate", "cached", "loop")
  row("cached logins/s, a connection each, 4 clients", number(median("cached", "postern", "rate"), 0), \
    number(median("cached", "saslauthd", "rate"), 0), number(median("cached", "loop", "rate"), 0), \
    times(real) " saslauthd, " times(bare) " C", "≥ 1.5 ×, ≥ 0.80 ×", \
    reached(real >= 1.5 && bare >= 0.8 && accepted_all("cached", "postern")))
  # The load costs as much as the C loop does, so that the rates alone flatter us.
  cost = ratio("cached", "loop", "cpu_us", "cached", "postern")
  row("processor time of each, µs", number(median("cached", "postern", "cpu_us"), 1), \
    number(median("cached", "saslauthd", "cpu_us"), 1), number(median("cached", "loop", "cpu_us"), 1), \
    "C " times(cost) " ours", "≥ 0.80 ×", reached(cost >= 0.8))

  uncached("permit", "pam_permit", "1.5")
  uncached("unix", "pam_unix with yescrypt", "1.0")

  calm = median("cached", "postern", "p99_us")
  row("cached logins, p99 (and the longest), µs", waits("cached", "postern"), waits("cached", "saslauthd"), \
    waits("cached", "loop"), "", "", "")
  p99 = median("silent", "postern", "p99_us")
  share = ratio("silent", "postern", "p99_us", "cached", "postern")
  row("the same beside " number(silent, 0) " silent clients", waits("silent", "postern"), waits("silent", "saslauthd"), "–", \
    beside(share), "≤ 2 × or 5 ms", reached(p99 != "" && (p99 <= 2 * calm || p99 <= 5000) && accepted_all("silent", "postern") && held_all()))
  p99 = median("slow", "postern", "p99_us")
  share = ratio("slow", "postern", "p99_us", "cached", "postern")
  row("the same beside " in_flight " logins of 1 s each, " workers " workers", \
    waits("slow", "postern"), waits("slow", "saslauthd"), "–", beside(share), "unchanged: ≤ 1.25 ×", \
    reached(p99 != "" && share <= 1.25 && accepted_all("slow", "postern")))

  pss = value["rest", "postern", "pss_kb", 0]
  row("memory of all processes, PSS, kB", number(pss, 0), number(value["rest", "saslauthd", "pss_kb", 0], 0), "–", \
    times(pss / value["rest", "saslauthd", "pss_kb", 0]) " saslauthd", "≤ 25,000", reached(pss <= 25000))
  row("the same after the load", number(value["after", "postern", "pss_kb", 0], 0), \
    number(value["after", "saslauthd", "pss_kb", 0], 0), "–", "", "", "")
  row("idle for 5 s: processor time, ms", value["rest", "postern", "idle_ms", 0], \
    value["rest", "saslauthd", "idle_ms", 0], "–", "", "0", reached(value["rest", "postern", "idle_ms", 0] == 0))
  row("idle for 5 s: times woken", value["rest", "postern", "wakeups", 0], \
    value["rest", "saslauthd", "wakeups", 0], "–", "", "", "")

  print ""
  for (load in loads) for (daemon in daemons) complain(load, daemon)
}

# Whether the silent clients were there; the daemon ends some by its deadline.
function held_all(    round) {
  for (round = 1; round <= rounds; round++)
    if (value["silent", "postern", "silent", round] < 0.9 * silent) return 0
  return 1
}
