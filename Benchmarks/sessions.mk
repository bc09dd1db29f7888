# Ten thousand saved sessions, and one of a gigabyte: seconds and memory.
.PHONY: bench-sessions
bench-sessions: build
	$(PYTHON) -B Benchmarks/sessions/sessions.py $(BINARY)
