# The loop measured on recorded replies (seconds, no model), and the recording itself (hours).

.PHONY: eval-recorded eval-dialogue calibrate sample-recorded eval-checker

RECORDED = transcripts/recorded
# The policy that the README reports, chosen on the train half.
EVALUATED = --config Benchmarks/evaluation.toml

eval-recorded: build
	@./$(BINARY) eval --from $(RECORDED)/gsm8k-test.jsonl --ablation $(EVALUATED)

# The settings that a dialogue has without a file, but for the length that was recorded.
eval-dialogue: build
	@./$(BINARY) eval --from $(RECORDED)/gsm8k-test.jsonl --set solution_tokens=600

calibrate: build
	@./$(BINARY) calibrate $(RECORDED)/gsm8k-train.jsonl $(EVALUATED)

# Goes on where it was stopped; what is recorded is not asked again.
sample-recorded: build fetch
	./$(BINARY) sample $(DATA)/gsm8k_train.jsonl --limit 50 --calculations 3 \
	  --out $(RECORDED)/gsm8k-train.jsonl $(EVALUATED) $(ARGS)
	./$(BINARY) sample $(DATA)/gsm8k_test.jsonl --limit 100 --candidates 8 --judged 4 --calculations 3 \
	  --out $(RECORDED)/gsm8k-test.jsonl $(EVALUATED) $(ARGS)
	for half in train test; do \
	  ./$(BINARY) sample $(DATA)/gsm8k_$$half.jsonl --limit $$([ $$half = train ] && echo 50 || echo 100) \
	    --candidates 1 --out $(RECORDED)/gsm8k-$$half.jsonl --set solution_tokens=600 $(ARGS); done

eval-checker: build
	@for set in processbench_gsm8k.json processbench_math.json realcritic_gsm8k.jsonl \
	    realcritic_math.jsonl student_solutions.json; do \
	  ./$(BINARY) eval $(DATA)/$$set --mode checker; echo; done
