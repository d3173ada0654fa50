#!/usr/bin/env python3
"""Records what postgrey 1.37 answers, logs and stores: record.py DIRECTORY

Writes one file NAME.jsonl a set of flags, beside this script's whitelist files. The first line has the flags, each
further one a request with the reply and the log lines, the last one the database. Strings have one character a
byte. The time is given by the attribute policy_test_time, which postgrey obeys; the header's date is the real one,
and is put as DATE. Needs postgrey and db-util; run as root.
"""
import json, os, random, re, signal, socket, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
START = 1_700_000_000
HOUR, DAY = 3600, 86400


def request(at, **attributes):
    given = dict(
        request="smtpd_access_policy", protocol_state="RCPT", client_address="192.0.2.77",
        client_name="mx.example", sender="a@b.example", recipient="u@lab.example", queue_id="",
        instance="1.%d" % at, etrn_domain="")
    given.update(attributes)
    return at, {k: v for k, v in given.items() if v is not None}


def by_hand():
    t = START
    yield request(t, queue_id="4ABC")
    yield request(t + 10)
    yield request(t + 299)
    yield request(t + 300, instance="x")
    yield request(t + 301, instance="x")
    yield request(t + 302, sender="other@b.example", instance="y")
    # One message with two recipients: one header.
    for recipient in ("v@lab.example", "w@lab.example"):
        yield request(t + 1000, recipient=recipient, instance="m1", sender="s@b.example")
    for recipient in ("v@lab.example", "w@lab.example"):
        yield request(t + 1400, recipient=recipient, instance="m2", sender="s@b.example")
    for recipient in ("v@lab.example", "w@lab.example"):
        yield request(t + 1500, recipient=recipient, instance="m3", sender="s@b.example")
    # Networks, names, cases.
    yield request(t + 2000, client_address="192.0.2.1", sender="S@B.Example", recipient="V@LAB.example")
    yield request(t + 2001, client_address="192.0.3.1", sender="s@b.example", recipient="v@lab.example")
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "::1"):
        yield request(t + 2010, client_address=address)
        yield request(t + 2400, client_address=address)
    # Senders.
    for n, sender in enumerate([
            "", "postmaster", "a+b@c.example", "a+b+c@c.example", "+x@c.example", "list-123-45@c.example",
            "list123@c.example", "12@c.example", "a_1_b@c.example", "a.1.b@c.example", "x@12.example",
            "prvs=0123456789=user@c.example", "prvs=user=0123456789@c.example",
            "prvs=0123456789=9876543210@c.example", "prvs=tag=user@c.example", "prvs=0123456789abc=u+v-7@c.example",
            "prvs=a=b=c@c.example", "prvs=a@c.example", "prvs==@c.example", "prvs=a=@c.example", "PRVS=0123456789=u@c",
            "prvs=ABCDEFGHIJ=user@c.example", "prvs=user=ABCDEFGHIJ@c.example", "a@b@12+3", "@c.example", "a@",
            "1+2@c", "9-9@c", "\u00e91@c.example", "1\u00e9@c.example", "\u00c9@c.example", "a b 1@c", "1=2@c",
            "0", "a%s@c", "prvs=0123456789", "prvs=user=0123456789==@c.example", "prvs==a=@c", "--1--@c"]):
        yield request(t + 3000 + n, sender=sender, client_address="198.51.100.9")
        yield request(t + 3400 + n, sender=sender, client_address="198.51.100.10")
    # Recipients and what the templates make of them.
    for n, recipient in enumerate(["bare", "a@b@c.example", "%s@%r", "x@%s", "", "\u00e9@\u00ff", "a/b@c"]):
        yield request(t + 5000 + n, recipient=recipient, client_address="198.51.101.9")
    yield request(t + 5100, etrn_domain=None, recipient="exim@c")
    yield request(t + 5101, instance=None, recipient="noinstance@c")
    yield request(t + 5501, instance=None, recipient="noinstance@c")
    yield request(t + 5502, instance="", recipient="noinstance@c")
    for missing in ("client_address", "client_name", "recipient", "sender"):
        yield request(t + 5600, **{missing: None})
    yield request(t + 5601, client_name="", recipient="noname@c")
    yield request(t + 5602, client_name="0", queue_id="0", recipient="0", sender="0", client_address="0.0.0.0")
    # Only the first 512 bytes of a value count.
    for end in ("a", "ab", "b"):
        yield request(t + 5700, sender="s" * 511 + end, recipient="r" * 511 + end, client_name="c" * 511 + end,
                      queue_id="q" * 511 + end, instance="i" * 511 + end)
        yield request(t + 5700 + 400, sender="s" * 511 + end, recipient="r" * 511 + end, client_name="c" * 511 + end,
                      queue_id="q" * 511 + end, instance="i" * 511 + end)
    # The retry window, from the start of the tries that failed.
    for at in (0, 100, 2 * DAY + 50, 2 * DAY + 60, 2 * DAY + 400, 60 * DAY, 61 * DAY):
        yield request(t + 6000 + at, client_address="203.0.113.5", sender="w@window.example")
    # Its last second, and one too late.
    for n, late in enumerate((0, 1)):
        for at in (0, 2 * DAY + late):
            yield request(t + 7000 + at, client_address="203.0.%d.5" % (116 + n), sender="w@window.example")
    # A clock that goes back.
    for at in (0, -5000, -4900, -4700, 10000, 300):
        yield request(t + 20000 + at, client_address="203.0.114.5", sender="w@clock.example")
    # Whitelisting by success: one an hour counts.
    t += 100 * DAY
    client = dict(client_address="203.0.115.5", client_name="awl.example")
    for n in range(8):
        sender = "awl%s@x.example" % "abcdefgh"[n]
        yield request(t + n * HOUR, sender=sender, **client)
        yield request(t + n * HOUR + 400, sender=sender, **client)
        yield request(t + n * HOUR + 500, sender="z" + sender, **client)
        yield request(t + n * HOUR + 900, sender="z" + sender, **client)
    yield request(t + 9 * HOUR, sender="later@x.example", **client)
    yield request(t + 9 * HOUR + 10, sender="later@x.example", **client)
    yield request(t + 8 * HOUR, sender="earlier@x.example", **client)
    yield request(t + 500 * DAY, sender="much-later@x.example", **client)
    # Whitelists.
    t += 1000 * DAY
    for name in ("host.white.example", "white.example", "notwhite.example", "WHITE.Example", "x.white.example.org",
                 "s7pub.verizon.example", "s77pub.verizon.exampl", "S7PUB.verizon.example", "unknown", "rx.anywhere.example",
                 "x.dot.example", ".dot.example", "anyhash.example", "ünï.example"):
        yield request(t, client_name=name, recipient="wl@c.example")
    for address in ("10.9.8.7", "10.10.8.7", "172.16.5.4", "172.16.6.4", "172.20.0.1", "172.21.0.1",
                    "192.168.7.7", "192.168.7.8", "2001:db8:ffff::1", "2001:db8:fffe::1", "2001:db8::25", "2001:db8::26"):
        yield request(t + 1, client_address=address, recipient="wl@c.example")
    for recipient in ("postmaster@lab.example", "postmaster+x@lab.example", "postmasters@lab.example", "Abuse@x",
                      "one@only.example", "one+ext@only.example", "one+e+f@only.example", "two@only.example",
                      "one@sub.only.example", "any@free.example", "any@sub.free.example", "any@unfree.example",
                      "regex-9@x.example", "REGEX-9@x.example", "postmaster", "free.example", "one+a@b@only.example"):
        yield request(t + 2, recipient=recipient)


def by_chance(seed, count):
    draw = random.Random(seed)
    at = START
    for n in range(count):
        at += draw.choice([1, 5, 30, 100, 299, 301, 900, HOUR, 3 * HOUR]) if n % 150 else 20 * DAY
        yield request(
            at, client_address=draw.choice(["192.0.2.%d" % draw.randrange(4), "198.51.100.7", "2001:db8::%x" % draw.randrange(3)]),
            client_name=draw.choice(["mx.example", "unknown"]), sender=draw.choice(["a@b.example", "", "l-%d@x.example" % n, "c+%d@d" % n]),
            recipient=draw.choice(["u@lab.example", "V@lab.example"]), instance="i%d" % (n // draw.choice([1, 2])),
            queue_id=draw.choice(["", "Q%d" % n]))


RECORDINGS = {
    "defaults": ([], by_hand),
    "chance": (["--delay=300"], lambda: by_chance(1, 300)),
    "by-host": (["--lookup-by-host", "--delay=60", "--auto-whitelist-clients=2", "--retry-window=6h"],
                lambda: by_chance(2, 150)),
    "narrow": (["--ipv4cidr=31", "--ipv6cidr=127", "--auto-whitelist-clients=0", "--greylist-action=451",
                "--greylist-text=4.7.1 wait %s, %s at %r %r", "--x-greylist-header=X-Late: %t %t %v %h"],
               lambda: by_chance(3, 150)),
    "privacy": (["--privacy", "--greylist-text=%r %s"], lambda: by_chance(4, 80)),
}


def latin(text):
    return text.encode("utf-8") if any(ord(c) > 255 for c in text) else text.encode("latin-1")


def record(name, flags, requests, directory):
    with tempfile.TemporaryDirectory(prefix="postgrey-") as run:
        path, log = run + "/socket", run + "/log"
        with open(log, "wb") as errors:
            daemon = subprocess.Popen(
                ["/usr/sbin/postgrey", "--unix=" + path, "--dbdir=" + run, "--user=root", "--group=root",
                 "--hostname=gate.example", "--whitelist-clients=" + HERE + "/whitelist_clients",
                 "--whitelist-recipients=" + HERE + "/whitelist_recipients"] + flags,
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        try:
            client = socket.socket(socket.AF_UNIX)
            for _ in range(100):
                try:
                    client.connect(path)
                    break
                except OSError:
                    time.sleep(0.1)
            client.settimeout(10)
            with open("%s/%s.jsonl" % (directory, name), "w") as out:
                out.write(json.dumps({"flags": flags}) + "\n")
                for at, attributes in requests:
                    seen = os.path.getsize(log)
                    lines = ["%s=%s\n" % item for item in attributes.items()] + ["policy_test_time=%d\n\n" % at]
                    client.sendall(latin("".join(lines)))
                    reply = b""
                    while not reply.endswith(b"\n\n"):
                        piece = client.recv(65536)
                        if not piece:
                            raise SystemExit("closed after %r, log %s" % (attributes, open(log).read()[-500:]))
                        reply += piece
                    with open(log, "rb") as errors:
                        errors.seek(seen)
                        logged = errors.read().decode("latin-1").splitlines()
                    logged = [re.sub(r"^\d{4}/\d\d/\d\d-\d\d:\d\d:\d\d ", "", line) for line in logged]
                    logged = [line for line in logged if not line.startswith(("cleaning", "rm "))]
                    text = re.sub(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} \w+", "DATE", reply.decode("latin-1"))
                    out.write(json.dumps({
                        "at": at, "given": {k: latin(v).decode("latin-1") for k, v in attributes.items() if k not in ("request", "protocol_state")},
                        "reply": text, "log": logged}) + "\n")
                client.close()
                # A signal is seen only when the loop has something else to do.
                while daemon.poll() is None:
                    daemon.send_signal(signal.SIGTERM)
                    time.sleep(0.2)
                out.write(json.dumps({"triplets": dump(run + "/postgrey.db"),
                                      "clients": dump(run + "/postgrey_clients.db")}) + "\n")
        finally:
            daemon.kill()
            daemon.wait()


def dump(path):
    if not os.path.exists(path):
        return {}
    text = subprocess.run(["db_dump", path], check=True, stdout=subprocess.PIPE).stdout.decode()
    data = text.split("HEADER=END\n")[1].split("DATA=END")[0].split("\n")[:-1]
    cells = [bytes.fromhex(line.strip()).decode("latin-1") for line in data]
    return dict(zip(cells[::2], cells[1::2]))


if __name__ == "__main__":
    for name, (flags, requests) in RECORDINGS.items():
        record(name, flags, requests(), sys.argv[1])
