# Critique records in the stack that trains on them; included by the Makefile.

CFT_STACK := Benchmarks/.build-cft
# Problems to build from; without them, one confirmed correction from a transcript.
CFT_FROM ?= --transcripts transcripts/golden/pentagon.jsonl --no-against

.PHONY: test-cft-training-stack

$(CFT_STACK)/bin/python: Benchmarks/cft/requirements.txt
	$(PYTHON) -m venv $(CFT_STACK)
	$(CFT_STACK)/bin/pip install --quiet -r $<
	$(CFT_STACK)/bin/pip install --quiet --no-deps --target $(CFT_STACK)/stack \
	  llamafactory==0.9.5 transformers==5.6.0
	@touch $@

# Both layouts, loaded by LLaMA-Factory's own dataset reader; half a gigabyte on disk, no PyTorch.
test-cft-training-stack: build $(CFT_STACK)/bin/python
	for layout in instruction messages; do \
	  ./$(BINARY) cft build $(CFT_FROM) --layout $$layout --force --out $(CFT_STACK)/$$layout || exit 1; \
	done
	$(CFT_STACK)/bin/python -B Benchmarks/cft/training_stack.py $(CFT_STACK)/stack \
	  $(CFT_STACK)/instruction $(CFT_STACK)/messages
