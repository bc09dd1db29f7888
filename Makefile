# pentimento: `make run` opens the tutor, `make test` tests it, `make help` lists the rest.

.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# `embedded` fetches the built-in model; `none` leaves it out, and you name an endpoint.
MODEL ?= embedded
# Arguments for the program: make run ARGS="--base-url http://localhost:8080/v1"
ARGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
PYTHON ?= python3

BUILD_PACKAGES = libedit-dev libcurl4-openssl-dev pkg-config
MODEL_PACKAGES = python3 python3-venv libgomp1

STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
# With the folders: a file that was deleted makes its folder newer.
SOURCES := $(shell find Sources -name '*.swift' -o -name '*.[ch]' -o -name '*.modulemap' -o -type d)
BINARY = .build/release/pentimento

.PHONY: help run build fetch test lint format prompts install swift build-packages model-packages

help:
	@echo "make run                opens the tutor on the embedded model (fetched the first time)"
	@echo "make run MODEL=none     the same on an endpoint that you name: ARGS='--base-url URL'"
	@echo "make test               builds and runs the tests; no model, no network"
	@echo "make build              builds $(BINARY)"
	@echo "make fetch              fetches and verifies the embedded model"
	@echo "make install PREFIX=DIR installs program, prompts and transcripts; default $(PREFIX)"
	@echo "make lint, make format  checks the layout of the Swift files, or mends it"
	@echo "make prompts            compiles prompts/ into the program as its last resort"

ifeq ($(filter embedded none,$(MODEL)),)
$(error MODEL is `$(MODEL)`; it can be `embedded` or `none`)
endif

.PHONY: run-embedded run-none
run: run-$(MODEL)
run-embedded: build fetch
	@./$(BINARY) $(ARGS)
run-none: build
	@./$(BINARY) $(ARGS)

build: $(BINARY)

$(BINARY): $(SOURCES) Package.swift | build-packages swift
	swift build -c release $(STATIC) --product pentimento
	@touch $@

fetch: | model-packages
	@$(PYTHON) Sources/EmbeddedModel/fetch.py

test: | build-packages swift
# One test after another: those that drive a terminal block a thread while they wait, and on two
# cores there is none left for the others.
	SWIFT_BACKTRACE=enable=no swift test --no-parallel
	$(PYTHON) -B Tests/EmbeddedModelTests/fetch_tests.py

swift:
	@command -v swift >/dev/null || { echo "Swift 6.3 is missing: see https://www.swift.org/install" >&2; exit 69; }

build-packages:
	@.ci/packages $(BUILD_PACKAGES)

# After the others, because two apt-get at once refuse each other.
model-packages: | build-packages
	@.ci/packages $(MODEL_PACKAGES)

lint: | swift
	swift format lint --strict -r Sources Tests

format: | swift
	swift format -i -r Sources Tests

prompts:
	@$(PYTHON) .ci/builtin-prompts prompts > .build/BuiltinPrompts.swift
	@mv .build/BuiltinPrompts.swift Sources/Tutoring/BuiltinPrompts.swift

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/pentimento/prompts" \
	  "$(DESTDIR)$(PREFIX)/share/pentimento/transcripts/golden" \
	  "$(DESTDIR)$(PREFIX)/share/pentimento/embedded"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/pentimento"
	! command -v strip >/dev/null || strip "$(DESTDIR)$(PREFIX)/bin/pentimento"
	for file in prompts/*; do \
	  [ ! -f "$$file" ] || install -m 644 "$$file" "$(DESTDIR)$(PREFIX)/share/pentimento/prompts" || exit 74; \
	done
	for file in transcripts/golden/*.jsonl; do \
	  [ ! -f "$$file" ] || install -m 644 "$$file" "$(DESTDIR)$(PREFIX)/share/pentimento/transcripts/golden" || exit 74; \
	done
	install -m 644 Sources/EmbeddedModel/*.py Sources/EmbeddedModel/*.lock \
	  Sources/EmbeddedModel/*.gguf \
	  "$(DESTDIR)$(PREFIX)/share/pentimento/embedded"

-include Benchmarks/*.mk Benchmarks/*/*.mk
