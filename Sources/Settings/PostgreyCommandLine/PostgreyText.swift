/// What `--help` and `--version` print under postgrey's name.
enum PostgreyText {
  /// The version whose options and behaviour these are.
  static let version = "1.37"

  /// The same options in the same order as postgrey's own help, in our words: its text is under the GPL.
  static let help = """
    Usage:
        postgrey [options...]

         -h, --help                   print this text
             --version                print the version
         -v, --verbose                log more
             --syslog-facility=NAME   log to syslog under NAME (mail)
         -q, --quiet                  log only what is odd
         -u, --unix=PATH              listen on the unix socket PATH
             --socketmode=MODE        permissions of that socket (0666)
         -i, --inet=[HOST:]PORT       listen on PORT of HOST (localhost)
         -d, --daemonize              leave the terminal
             --pidfile=PATH           where a daemon writes its process id
             --user=USER              run as USER (postgrey)
             --group=GROUP            run as GROUP (postgrey)
             --dbdir=PATH             where the database is (/var/lib/postgrey)
             --delay=N                seconds from the first try to one that passes (300)
             --max-age=N              days without a try after which all is forgotten (35)
             --retry-window=N         days within which the second try must come (2); Nh for hours
             --greylist-action=A      what Postfix is told to do (DEFER_IF_PERMIT)
             --greylist-text=TXT      what the client is told; %s: seconds missing, %r: the recipient's domain
             --lookup-by-subnet       clients of one network are one client (default)
             --ipv4cidr=N             bits of an IPv4 network (24)
             --ipv6cidr=N             bits of an IPv6 network (64)
             --lookup-by-host         every address is a client of its own
             --privacy                keep only hashes of addresses
             --hostname=NAME          this host's name in the header (what hostname says)
             --exim                   close the connection after each answer
             --whitelist-clients=FILE     clients that are never greylisted; may be given several times
                                          (/etc/postgrey/whitelist_clients and the same with .local)
             --whitelist-recipients=FILE  recipients, likewise
                                          (/etc/postgrey/whitelist_recipients and the same with .local)
             --auto-whitelist-clients=N   greylist a client no more after N successes, one an hour at most
                                          (5); 0: never
             --listen-queue-size=N        connections that may wait to be accepted
             --x-greylist-header=TXT      header of a mail that was delayed; %t: seconds, %v: version,
                                          %h: host, %d: date


    """
}
