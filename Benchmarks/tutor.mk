# Figures about the tutor itself; included by the Makefile. DATA names the folder with the rows, FLAGS
# the model: make measure-hints DATA=DIR FLAGS='--base-url http://localhost:8080/v1 --model m'

FLAGS ?=
MEASURED ?= .build

.PHONY: measure-hints measure-work measure-work-model

# Leak rate of each rung before and after the guard, on 60 problems; goes on where it was stopped.
measure-hints: build
	$(BINARY) measure hints $(DATA)/gsm8k_test.jsonl --limit 60 --out $(MEASURED)/hints.jsonl $(FLAGS)

# The first faulty step that the checker names alone, against the label, on 200 student solutions.
measure-work: build
	$(BINARY) measure work $(DATA)/student_solutions.json --limit 200 --no-critic \
	  --out $(MEASURED)/work-checker.jsonl

# The same with a critic, on 100.
measure-work-model: build
	$(BINARY) measure work $(DATA)/student_solutions.json --limit 100 \
	  --out $(MEASURED)/work-model.jsonl $(FLAGS)
