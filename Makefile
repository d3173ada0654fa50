# make run and make test are all that a newcomer needs; both install the Debian packages that are missing (as root,
# else they name the command). The lists of packages are in scripts/packages.sh.

PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE = .build/release

.PHONY: run test lint fuzz faults bench demo man install clean release packages

run: release
	@scripts/run.sh $(RELEASE)

test:
	@scripts/packages.sh build test
	$(SWIFT) test --disable-xctest

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Package.swift

# Each decoder against its property, 60 seconds long.
fuzz:
	@scripts/packages.sh build
	SWIFT=$(SWIFT) scripts/fuzz.sh 60

# The fault tests with more logins and longer storms than make test gives them: about half an hour, of which
# twenty minutes are one mixed load (POSTERN_SOAK=SECONDS makes it shorter or longer). Beside them the search for a
# stranger whom a list permits that is proven closed: a million tries instead of a hundred thousand
# (POSTERN_PROOF_TRIES).
faults:
	@scripts/packages.sh build test
	POSTERN_FAULTS=1 POSTERN_PROOF_TRIES=$${POSTERN_PROOF_TRIES:-1000000} $(SWIFT) test --disable-xctest --no-parallel \
	  --filter 'ClientFault|ForeignPeer|LyingWorker|WorkerLoss|SuddenDeath|PolicyConnection|SignalStorm|ProcessTable|Residue|EndToEnd/ReloadTests|MechanismChange|Flood|DistinctLogins|Enumeration|DescriptorShortage|LeakTests|Scarcity|Overload|KilledGreylist|StrickenStore|DisturbedLogin|Soak|RelayProofProperty'

# Beside the real saslauthd, postgrey, Postfix, policyd-weight and postfwd, and loops in C, as root and in eight
# minutes: the tables of Benchmarks/README.md.
bench: release
	@scripts/packages.sh bench
	@scripts/bench.sh $(RELEASE)
	@scripts/bench-policy.sh $(RELEASE)
	@scripts/bench-dns.sh $(RELEASE)

# A private Postfix with the how-tos' configuration, and what a remote user meets there.
demo: release
	@scripts/packages.sh test
	@demo/relay.sh $(RELEASE)

# The manual, in .build/man: of the daemon and its file from the same values as --help and the configuration's
# checks, of the commands from their argument parsers.
MANUAL = .build/man
DATE = $(shell git log -1 --format=%cs -- Sources)

man: release
	@mkdir -p $(MANUAL)
	@for page in $$($(RELEASE)/postern-manual); do \
	  $(RELEASE)/postern-manual $$page "$$(date -d $(DATE) '+%B %-d, %Y')" > $(MANUAL)/$$page; done
	$(SWIFT) package --disable-sandbox generate-manual --date $(DATE)
	@cp .build/plugins/GenerateManual/outputs/postern/*.1 .build/plugins/GenerateManual/outputs/testauth/*.1 $(MANUAL)

install: release man
	@scripts/packages.sh install
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" scripts/install.sh $(RELEASE) $(MANUAL)

release:
	@scripts/packages.sh build
	$(SWIFT) build --configuration release

clean:
	rm -rf .build .build-* .run
