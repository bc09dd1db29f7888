# Exported pages in a real browser; it needs Chromium and is no part of `make test`.
.PHONY: test-browser
test-browser: build
	$(PYTHON) -B Benchmarks/browser/browser.py $(BINARY)
