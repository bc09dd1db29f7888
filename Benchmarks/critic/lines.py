"""A record of `cft build` in the lines that the loop reads."""

import re

GOOD = [
    r"Step (\d+): (.*) is right(?:; (.*))?\.",
    r"Step (\d+) is correct: (.*?)(?:; (.*))?\.",
    r"In step (\d+), (.*) is correct(?:; (.*))?\.",
    r"Step (\d+) is right, (.*?)(?:; (.*))?\.",
    r"Step (\d+): (.*), which is correct(?:; (.*))?\.",
]
FIX = [
    r"It should be (.*)\.$",
    r"Correct: (.*)$",
    r"What should stand there is (.*)\.$",
    r"Instead: (.*)\.$",
]
FAULT = [
    r'(?:The first mistake is in step|Step) (\d+)(?: is wrong)?: "(.*?)"\.(.*)$',
    r'Step (\d+) is wrong where it says "(.*?)"\.(.*)$',
    r'Step (\d+), "(.*?)", is a mistake\.(.*)$',
    r'There is an error in step (\d+), which says "(.*?)"\.(.*)$',
    r'The solution goes wrong in step (\d+): "(.*?)"\.(.*)$',
    r'This is wrong from step (\d+) on, where it says "(.*?)"\.(.*)$',
    r'Step (\d+) contains a mistake: "(.*?)"\.(.*)$',
]


def critique(o):
    o = o.removeprefix("Critique:\n").strip()
    ls = o.split("\n")
    out = []
    step = quote = reason = corr = None
    right = o.endswith("Conclusion: right [END]")
    for n, l in enumerate(ls):
        if l.startswith("Wrong step: "):
            step = int(l[12:])
            continue
        if l.startswith("Quote: "):
            quote = l[7:]
            continue
        if l.startswith("Reason: "):
            reason = l[8:]
            continue
        hit = next((m for f in FAULT if (m := re.match(f, l))), None)
        if hit and step is None:
            step, quote, reason = int(hit[1]), hit[2], hit[3].strip() or None
            continue
        fix = next((m for f in FIX if (m := re.match(f, l))), None)
        if fix and corr is None:
            corr = fix[1]
            reason = reason or (ls[n - 1] if n else None)
            continue
        g = next((m for f in GOOD if (m := re.fullmatch(f, l))), None)
        if g and corr is None:
            out.append((int(g[1]), f"Step {g[1]}: {g[2]}" + (f"; {g[3]}" if g[3] else "") + "."))
    if right:
        if not out:
            return None
        return "\n".join(t[:190] for _, t in out[:12]) + "\nConclusion: right [END]"
    if not (step and quote and corr and reason):
        return None
    if any(len(x) > 190 for x in (quote, corr)) or len(reason) > 290:
        return None
    good = [t[:190] for k, t in out if k < step]
    return "\n".join(
        good
        + [
            f"Wrong step: {step}",
            f"Quote: {quote}",
            f"Reason: {reason}",
            f"Correct: {corr}",
            "Conclusion: wrong [END]",
        ]
    )


if __name__ == "__main__":
    import json, sys, collections

    d = json.load(open(sys.argv[1]))
    c = collections.Counter()
    for r in d:
        o = critique(r["output"])
        c["right" if "right [END]" in r["output"] else "wrong", o is not None] += 1
    print(c)
    import random

    random.seed(int(sys.argv[2]))
    for r in random.sample(d, 6):
        print("---")
        print(critique(r["output"]))
