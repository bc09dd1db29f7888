# Every fault of a server in every phase and by every way in; `make test` runs a selection.
.PHONY: test-faults

# Suites that take PENTIMENTO_FAULTS=all; others add theirs.
FAULT_SUITES += FaultMatrixTests

test-faults: | build-packages swift
	PENTIMENTO_FAULTS=all SWIFT_BACKTRACE=enable=no swift test --no-parallel \
	  $(addprefix --filter ,$(FAULT_SUITES))
