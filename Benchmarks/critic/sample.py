"""Samples worked solutions and calculations, thousands at a time.

    sample.py WEIGHTS OUT SECONDS FILE:START:COUNT:WORKED[,…]

FILE is one of $PENTIMENTO_DATA; WORKED candidates a problem, the first greedy, and three
calculations. $TOKENIZER names a tokenizer.json that Transformers made of the weights. The sampler is
llama.cpp's by default: top-k 40, top-p 0.95, min-p 0.05, temperature 0.7.
"""

import sys, os, json, time, torch
from engine import *
from tokenizers import Tokenizer

W, OUT, SEC, SETS = sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4]
DATA = os.environ["PENTIMENTO_DATA"]
PROMPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../prompts")
t0 = time.time()
dev = "cuda" if torch.cuda.is_available() else "cpu"
tk = Tokenizer.from_file(os.environ["TOKENIZER"])


def messages(path, problem):
    out = []
    for line in open(path).read().split("\n"):
        if line.startswith("--- "):
            out.append([line[4:], ""])
        else:
            out[-1][1] += line + "\n"
    return [(r, c.strip().replace("{{problem}}", problem)) for r, c in out]


def chat(ms):
    s = (
        ""
        if ms[0][0] == "system"
        else "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
    )
    for r, c in ms:
        s += f"<|im_start|>{r}\n{c}<|im_end|>\n"
    return tk.encode(s + "<|im_start|>assistant\n", add_special_tokens=False).ids


# Sets: FILE:START:COUNT:WORKED
sets = []
for a in SETS.split(","):
    f, st, ct, wk = a.split(":")
    sets.append((f, int(st), int(ct), int(wk)))
net = Net(W, dev)
print("loaded", time.time() - t0, flush=True)
jobs = []
question = {}
for f, st, ct, wk in sets:
    rows = [json.loads(l) for l in open(os.path.join(DATA, f))]
    for i in range(st, min(st + ct, len(rows))):
        q = rows[i]["question"].strip()
        question[f, i] = q
        p = chat(messages(PROMPTS + "/propose.txt", q))
        c = chat(messages(PROMPTS + "/calculate.txt", q))
        if len(p) > 290:
            continue
        for k in range(wk):
            jobs.append((("p", (f, i), k), p, 0.0 if k == 0 else 0.7, 600))
        if len(c) < 640:
            for k in range(3):
                jobs.append((("c", (f, i), k), c, 0.0 if k == 0 else 0.7, 250))
print(len(jobs), "jobs", flush=True)
cpu = dev == "cpu"
say = lambda *a: print(*a, flush=True)
s = Sampler(net, 3 if cpu else 1024, 896)
graph = None
if not cpu:
    try:
        s.run(jobs[:70], {151645, 151643}, time.time() + 4, say, graph=True)
        graph = True
    except Exception as e:
        say("graph failed", repr(e)[:300])
        s = Sampler(net, 1024, 896)
        graph = False
    torch.cuda.synchronize()
    s.pos.zero_()
d = s.run(jobs, {151645, 151643}, t0 + SEC, say, graph=False if cpu else graph)
out = {}
for (kind, i, k), toks, end in d:
    out.setdefault(question[i], {}).setdefault(kind, {})[str(k)] = (tk.decode(toks), end)
json.dump(out, open(OUT, "w"))
say("wrote", len(out), "problems", time.time() - t0)
