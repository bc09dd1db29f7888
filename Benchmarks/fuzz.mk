# Hostile bytes: what reads foreign text under libFuzzer and AddressSanitizer; included by the
# Makefile.

# Executions of the targets that read bytes, and of those that draw or write pages.
BYTE_RUNS ?= 2000000
PAGE_RUNS ?= 500000
# Seconds for each target of `make fuzz-smoke`.
SMOKE_SECONDS ?= 10

FUZZ_BYTES := events critiques transcripts settings
FUZZ_PAGES := texts pages
FUZZ_TARGETS := $(FUZZ_BYTES) $(FUZZ_PAGES)
HOSTILE := Benchmarks/.build-hostile
# The sessions and what their pages may have are those of the tests.
HOSTILE_DRIVER := $(wildcard Benchmarks/fuzz/hostile/*.swift) \
  Tests/pentimentoTests/HostileSession.swift Tests/pentimentoTests/PageFaults.swift
HOSTILE_MODULES := pentimento Tutoring Endpoint Typeset Algebra LineEditor BigInt ArgumentParser \
  ArgumentParserToolInfo CCurl CEditLine
HOSTILE_LIMITS := -timeout=20 -rss_limit_mb=2000 -print_final_stats=1

.PHONY: fuzz fuzz-smoke tsan $(FUZZ_TARGETS:%=fuzz-%) $(FUZZ_TARGETS:%=fuzz-smoke-%)

# The driver with the objects that SwiftPM left in a folder (an optimised module has none for its
# whole, though its map names one): $(call hostile-driver,FOLDER,FLAGS)
define hostile-driver
	for module in $(HOSTILE_MODULES); do \
	  map=$(1)/$$module.build/output-file-map.json; \
	  if [ -f $$map ]; then grep -o "\"object\" *: *\"[^\"]*\"" $$map | sed "s/.*: *\"//; s/\"$$//"; \
	  else find -L $(1)/$$module.build -name "*.o"; fi; \
	done | while read -r object; do [ ! -e "$$object" ] || echo "\"$$object\""; done > $@.objects
	swiftc $(2) -swift-version 6 -parse-as-library -module-name Hostile -I $(1)/Modules \
	  -Xcc -fmodule-map-file=$(1)/CCurl.build/module.modulemap -Xcc -ISources/CCurl/include \
	  -Xcc -fmodule-map-file=Sources/CCurlSystem/module.modulemap \
	  -Xcc -fmodule-map-file=$(1)/CEditLine.build/module.modulemap -Xcc -ISources/CEditLine/include \
	  -Xcc -fmodule-map-file=Sources/CEditLineSystem/module.modulemap \
	  $(shell pkg-config --cflags libcurl libedit) $(HOSTILE_DRIVER) @$@.objects -lcurl -ledit -o $@
endef

# What a run finds goes to a folder of its own; the corpus is only read.
# $(call hostile-run,DRIVER,TARGET,FLAGS)
define hostile-run
	rm -rf $(HOSTILE)/found/$(2) && mkdir -p $(HOSTILE)/found/$(2)
	FUZZ_TARGET=$(2) SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 nice $(1) $(3) \
	  $(HOSTILE_LIMITS) -dict=Benchmarks/fuzz/hostile/$(2).dict \
	  -artifact_prefix=$(HOSTILE)/found/$(2)- $(HOSTILE)/found/$(2) Benchmarks/fuzz/corpus/$(2)
endef

# Instrumented in a folder of its own; no program is linked there.
$(HOSTILE)/driver: $(SOURCES) $(HOSTILE_DRIVER) Package.swift
	swift build -c release --scratch-path $(HOSTILE) --target pentimento \
	  -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer,address
	$(call hostile-driver,$(HOSTILE)/release,-O -sanitize=fuzzer -sanitize=address)

fuzz: $(FUZZ_TARGETS:%=fuzz-%)

$(FUZZ_BYTES:%=fuzz-%): fuzz-%: $(HOSTILE)/driver
	$(call hostile-run,$<,$*,-runs=$(BYTE_RUNS) -max_len=600)

$(FUZZ_PAGES:%=fuzz-%): fuzz-%: $(HOSTILE)/driver
	$(call hostile-run,$<,$*,-runs=$(PAGE_RUNS) -max_len=250)

# The same promises on the objects of the tests, with every trap of a debug build but without the
# sanitizer, so that there is nothing to compile but the driver.
$(HOSTILE)/smoke: $(SOURCES) $(HOSTILE_DRIVER) Package.swift
	swift build --target pentimento
	mkdir -p $(HOSTILE)
	$(call hostile-driver,.build/debug,-Onone -sanitize=fuzzer)

fuzz-smoke: $(FUZZ_TARGETS:%=fuzz-smoke-%)

$(FUZZ_TARGETS:%=fuzz-smoke-%): fuzz-smoke-%: $(HOSTILE)/smoke
	$(call hostile-run,$<,$*,-max_total_time=$(SMOKE_SECONDS) -max_len=250 -seed=1 \
	  -verbosity=0)

# The name beside the others; see Benchmarks/wire/wire.mk.
tsan: test-tsan
