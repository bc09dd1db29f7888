# The embedded model's server seen from outside: loopback, key, end. Needs the model; a minute.
.PHONY: test-server
test-server: build fetch
	$(PYTHON) -B Benchmarks/server/local_server.py $(abspath $(BINARY))
