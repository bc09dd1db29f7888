# 500 programs killed at seeded places (.ci/run kills 20): what each left reads back and goes on.
# Then ten thousand saved sessions and one of a gigabyte, with bounds on memory.
.PHONY: test-kills
test-kills: build
	PENTIMENTO_FAULTS=all SWIFT_BACKTRACE=enable=no swift test --no-parallel --filter KillTests
	$(PYTHON) -B Benchmarks/sessions/sessions.py $(BINARY) 10000 1000 --check
