# What the tables of Benchmarks/README.md are made of: lines "ROUND LOAD DAEMON KEY VALUE" and their medians.

{
  value[$2, $3, $4, $1] = $5
  if ($1 > rounds) rounds = $1
  loads[$2]
  daemons[$3]
}

function sorted_middle(list, count,    i, j, held) {
  for (i = 2; i <= count; i++) {
    held = list[i]
    for (j = i - 1; j >= 1 && list[j] > held; j--) list[j + 1] = list[j]
    list[j + 1] = held
  }
  return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

function served(load, daemon, round) {
  return value[load, daemon, "logins", round] + value[load, daemon, "answers", round]
}

# Of one round; "" when there is none. cpu_us: the daemon's own, for each login or answer.
function figure(load, daemon, key, round) {
  if (key == "cpu_us") {
    if (served(load, daemon, round) == 0) return ""
    return value[load, daemon, "cpu_ms", round] * 1000 / served(load, daemon, round)
  }
  if (key == "p99_us" && value[load, daemon, "accepted", round] + value[load, daemon, "answers", round] == 0) return ""
  return value[load, daemon, key, round]
}

function median(load, daemon, key,    round, list, count) {
  for (round = 1; round <= rounds; round++)
    if (figure(load, daemon, key, round) != "") list[++count] = figure(load, daemon, key, round) + 0
  return count == 0 ? "" : sorted_middle(list, count)
}

# The median of the rounds' own ratios.
function ratio(load, daemon, key, other_load, other,    round, list, count) {
  for (round = 1; round <= rounds; round++)
    if (figure(load, daemon, key, round) != "" && figure(other_load, other, key, round) + 0 > 0)
      list[++count] = figure(load, daemon, key, round) / figure(other_load, other, key, round)
  return count == 0 ? 0 : sorted_middle(list, count)
}

function number(x, digits,    text, whole, rest) {
  if (x == "") return "no answer"
  text = sprintf("%." digits "f", x)
  whole = int(text)
  rest = substr(text, index(text ".", "."))
  text = whole ""
  while (match(text, /[0-9][0-9][0-9][0-9]($|,)/)) text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
  return text rest
}

# Of answers: the 99th percentile, and the longest of all.
function waits(load, daemon,    round, longest, p99) {
  p99 = median(load, daemon, "p99_us")
  if (p99 == "") return "no answer"
  for (round = 1; round <= rounds; round++)
    if (figure(load, daemon, "max_us", round) + 0 > longest) longest = figure(load, daemon, "max_us", round) + 0
  return number(p99, 0) " (" number(longest, 0) ")"
}

function times(x) { return x == 0 ? "–" : sprintf("%.2f ×", x) }
function reached(is) { return is ? "yes" : "no" }
