# The loop measured on recorded replies (seconds, no model), and the recording itself (hours).

.PHONY: eval-recorded calibrate sample-recorded eval-checker

RECORDED = transcripts/recorded
# The policy that the README reports, chosen on the train half.
EVALUATED = --config Benchmarks/evaluation.toml

eval-recorded: build
	@./$(BINARY) eval --from $(RECORDED)/gsm8k-test.jsonl --ablation $(EVALUATED)

calibrate: build
	@./$(BINARY) calibrate $(RECORDED)/gsm8k-train.jsonl $(EVALUATED)

# Goes on where it was stopped; what is recorded is not asked again.
sample-recorded: build fetch
	./$(BINARY) sample $(DATA)/gsm8k_train.jsonl --limit 50 --calculations 3 \
	  --out $(RECORDED)/gsm8k-train.jsonl $(EVALUATED) $(ARGS)
	./$(BINARY) sample $(DATA)/gsm8k_test.jsonl --limit 100 --candidates 8 --judged 4 --calculations 3 \
	  --out $(RECORDED)/gsm8k-test.jsonl $(EVALUATED) $(ARGS)

eval-checker: build
	@for set in processbench_gsm8k.json processbench_math.json realcritic_gsm8k.jsonl \
	    realcritic_math.jsonl student_solutions.json; do \
	  ./$(BINARY) eval $(DATA)/$$set --mode checker; echo; done
