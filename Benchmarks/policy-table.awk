# Makes the second table of Benchmarks/README.md; with figures.awk before it.

function row(load, ours, real, bare, share, wanted, is) {
  printf "| %s | %s | %s | %s | %s | %s | %s |\n", load, ours, real, bare, share, wanted, is
}

function rate(load, daemon) { return number(median(load, daemon, "rate"), 0) }
function cost(load, daemon) { return number(median(load, daemon, "cpu_us"), 1) }

# Whether every request was answered, and as it has to be.
function all(load, daemon, kind,    round) {
  for (round = 1; round <= rounds; round++) {
    if (value[load, daemon, "rate", round] == "") continue
    if (served(load, daemon, round) == 0 || value[load, daemon, kind, round] != served(load, daemon, round)) return 0
  }
  return 1
}

END {
  row("load", "Postern", "postgrey", "C echo", "ratio", "wanted", "reached")
  print "|---|---|---|---|---|---|---|"

  real = ratio("known", "postern", "rate", "known", "postgrey")
  bare = ratio("known", "postern", "rate", "known", "echo")
  row("known triplets/s, " connections " connections", rate("known", "postern"), rate("known", "postgrey"), \
    rate("known", "echo"), times(real) " postgrey, " times(bare) " C", "≥ 25 ×, ≥ 0.60 ×", \
    reached(real >= 25 && bare >= 0.6 && all("known", "postern", "dunno")))
  row("processor time of each, µs", cost("known", "postern"), cost("known", "postgrey"), cost("known", "echo"), \
    "C " times(ratio("known", "echo", "cpu_us", "known", "postern")) " ours", "", "")
  row("p99 (and the longest), µs", waits("known", "postern"), waits("known", "postgrey"), waits("known", "echo"), \
    times(ratio("known", "postern", "p99_us", "known", "postgrey")) " postgrey", "", "")

  real = ratio("new", "postern", "rate", "new", "postgrey")
  row("new triplets/s, committed, " connections " connections", rate("new", "postern"), rate("new", "postgrey"), "–", \
    times(real) " postgrey", "≥ 10 ×", reached(real >= 10 && all("new", "postern", "deferred")))
  row("processor time of each, µs", cost("new", "postern"), cost("new", "postgrey"), "–", \
    times(ratio("new", "postern", "cpu_us", "new", "postgrey")) " postgrey", "", "")
  row("p99 (and the longest), µs", waits("new", "postern"), waits("new", "postgrey"), "–", \
    times(ratio("new", "postern", "p99_us", "new", "postgrey")) " postgrey", "", "")

  bare = ratio("lists", "lists", "rate", "lists", "echo")
  row("the classic list, who is logged in, requests/s", rate("lists", "lists"), "–", rate("lists", "echo"), \
    times(bare) " C", "≥ 0.60 ×", reached(bare >= 0.6 && all("lists", "lists", "ok")))
  row("processor time of each, µs", cost("lists", "lists"), "–", cost("lists", "echo"), \
    "C " times(ratio("lists", "echo", "cpu_us", "lists", "lists")) " ours", "", "")

  slower = ratio("store", "1000000", "lookup_us", "store", "10000")
  row("a lookup among 1,000,000 triplets, µs (among 10,000)", \
    number(median("store", "1000000", "lookup_us"), 1) " (" number(median("store", "10000", "lookup_us"), 1) ")", \
    "–", "–", times(slower), "≤ 2 ×", reached(slower > 0 && slower <= 2))
  memory = value["store", "1000000", "rss_kib", 1] - value["store", "10", "rss_kib", 1]
  row("what 1,000,000 of them add to the memory of ten, KiB", number(memory, 0), "–", "–", "", "≤ 8,192", reached(memory <= 8192))
  row("the file of 1,000,000 triplets, MiB", number(value["store", "1000000", "file_mib", 1], 0), "–", "–", "", "", "")
}
