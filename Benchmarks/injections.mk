# Texts that talk to the critic, on a real one: verdicts flipped without and with the fence.
# BASE_URL names its server; the key, if it wants one, stands in INJECTION_KEY. Hours on two cores.
INJECTED ?= .build/injections.jsonl

.PHONY: measure-injections
measure-injections: build
	@test -n "$(BASE_URL)" || { echo "say where the critic is: make $@ BASE_URL=http://127.0.0.1:8080/v1" >&2; exit 64; }
	$(PYTHON) -B Benchmarks/injections/measure.py $(abspath $(BINARY)) $(BASE_URL) $(INJECTED) $(ARGS)
