# What the streaming client does in a second beside the curl command, and how fast it lets go.
WIRE_SWIFT = swift run -c release -Xswiftc -enable-testing \
	--package-path Benchmarks/wire --scratch-path .build-release/wire

.PHONY: bench-wire
bench-wire:
	$(WIRE_SWIFT) measure-wire

# The endpoint's tests under the thread sanitizer; see Sources/Endpoint/SanitizedMutex.swift. One after
# another, as in `make test`: beside the others a reader gets no core before a deadline of 0.2 s.
.PHONY: test-tsan
test-tsan:
	SWIFT_BACKTRACE=enable=no swift test --sanitize=thread -Xswiftc -DTHREAD_SANITIZER \
		--no-parallel --scratch-path .build-tsan --filter EndpointTests
