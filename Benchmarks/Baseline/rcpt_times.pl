# How long Postfix takes for RCPT, each time for another client.
#
#     perl rcpt_times.pl ADDRESS PORT FIRST COUNT
#
# It is one SMTP connection, and XCLIENT says who the client is: 10.0.0.0 and so on, from number FIRST on. Only RCPT and
# its reply are timed. It prints a line each of answers=, the 250 among them as accepted=, p50_us= and max_us=.
use strict;
use warnings;
use IO::Socket::INET;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

die "usage: rcpt_times.pl ADDRESS PORT FIRST COUNT\n" if @ARGV != 4;
my ($address, $port, $first, $count) = @ARGV;
alarm 60;
my $server = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port) or die "$address:$port: $@\n";

# The code of the reply's last line.
sub reply {
  while (my $line = <$server>) { return $1 if $line =~ /^(\d{3}) / }
  die "the server has closed the connection\n";
}

sub ask {
  my ($line) = @_;
  $server->syswrite("$line\r\n");
  return reply();
}

my (@times, $accepted);
reply();
for my $number ($first .. $first + $count - 1) {
  my $client = join '.', 10, $number >> 16 & 255, $number >> 8 & 255, $number & 255;
  for my $line ('EHLO gate.example', "XCLIENT NAME=[UNAVAILABLE] ADDR=$client", 'EHLO mx.sender.example',
    'MAIL FROM:<somebody@sender.example>') {
    my $code = ask($line);
    die "$line: $code\n" if $code !~ /^2/;
  }
  my $start = clock_gettime(CLOCK_MONOTONIC);
  my $code = ask('RCPT TO:<user@lab.example>');
  push @times, clock_gettime(CLOCK_MONOTONIC) - $start;
  $accepted += $code == 250;
}
@times = sort { $a <=> $b } @times;
printf "answers=%d\naccepted=%d\np50_us=%.1f\nmax_us=%.1f\n", scalar @times, $accepted, 1e6 * $times[@times / 2],
  1e6 * $times[-1];
