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

# While 5 % of the replies fail: 64 problems in flight and a dialogue at a terminal, so many minutes
# each, and how long 64 replies take to cancel. What they promise stands in the programs.
MINUTES ?= 30
DIALOGUE_MINUTES ?= 15
CANCELLATIONS ?= 40
.PHONY: load load-batch load-dialogue bench-cancel
load: load-batch load-dialogue bench-cancel
load-batch: build
	$(PYTHON) -B $(DISTRIBUTION)/load.py $(abspath $(BINARY)) $(MINUTES)

load-dialogue: build
	$(PYTHON) -B $(DISTRIBUTION)/dialogue.py $(abspath $(BINARY)) $(DIALOGUE_MINUTES)

bench-cancel: build
	$(PYTHON) -B $(DISTRIBUTION)/cancel.py $(abspath $(BINARY)) $(CANCELLATIONS)

# Problems a second at 1, 4, 16 and 64 in flight, and memory by the number of problems.
.PHONY: bench-batch
bench-batch: build
	$(PYTHON) -B $(DISTRIBUTION)/throughput.py $(abspath $(BINARY))
