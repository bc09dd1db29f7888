# Batches that other engines distribute, and what a batch does in a second.
DISTRIBUTION := Benchmarks/distribution
SPARK := Benchmarks/.build-spark

$(SPARK)/bin/python: $(DISTRIBUTION)/requirements.txt
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/pip install --quiet -r $<
	@touch $@

# GNU parallel, an array of shards, a local Spark and files of requests, each held against one run;
# needs Java for Spark.
.PHONY: test-distribution
test-distribution: build $(SPARK)/bin/python
	@.ci/packages parallel
	$(SPARK)/bin/python -B $(DISTRIBUTION)/distribute.py $(abspath $(BINARY))

# Memory and descriptors while 5 % of the replies fail: MINUTES of 64 problems in flight.
MINUTES ?= 30
.PHONY: load-batch
load-batch: build
	$(PYTHON) -B $(DISTRIBUTION)/load.py $(abspath $(BINARY)) $(MINUTES)

# Problems a second at 1, 4, 16 and 64 in flight, and memory by the number of problems.
.PHONY: bench-batch
bench-batch: build
	$(PYTHON) -B $(DISTRIBUTION)/throughput.py $(abspath $(BINARY))
