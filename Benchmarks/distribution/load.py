"""64 problems in flight for some minutes while one reply in twenty fails.

    load.py PROGRAM MINUTES

Every problem must end in a verdict or a recorded error, nothing may be written twice, memory must be
flat and no descriptor may be left behind: see `watch.py` for what that means.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import loopback
import watch


def feed(process, until):
    """Writes problems as fast as they are taken, until the time is over."""
    count = 0
    while time.monotonic() < until:
        for _ in range(64):
            process.stdin.write(json.dumps(loopback.problem(count)) + "\n")
            count += 1
        process.stdin.flush()
    process.stdin.close()
    return count


def endings(out):
    """How the problems of an output ended, and which ids it has more than once."""
    ended = {"verdict": 0, "broken off": 0, "error": 0, "neither": 0}
    ids, twice = set(), set()
    with open(out, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            (twice if record["id"] in ids else ids).add(record["id"])
            if record.get("verdict"):
                kind = "broken off" if record.get("ending") == "truncated" else "verdict"
            else:
                kind = "error" if record.get("error") else "neither"
            ended[kind] += 1
    return ended, ids, twice


def main():
    program, minutes = sys.argv[1], float(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder, loopback.server(0.05, 0.05) as url:
        out = os.path.join(folder, "runs.jsonl")
        process = subprocess.Popen(
            [program, "batch", "--out", out, "--jobs", "64", "--brief"]
            + ["--base-url", url, "--model", "m"],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        began = time.monotonic()
        watcher = watch.Watch(process.pid)
        feeder = loopback.background(lambda: feed(process, began + 60 * minutes))
        while process.poll() is None:
            watcher.look()
            time.sleep(1)
        posed, seconds = feeder(), time.monotonic() - began
        ended, ids, twice = endings(out)
    print(f"{posed} problems in {seconds:.0f} s, status {process.returncode}: {ended}")
    faults = watcher.report(posed)
    if len(ids) != posed:
        faults.append(f"{posed - len(ids)} problems left no line")
    if ended["neither"]:
        faults.append(f"{ended['neither']} lines with neither a verdict nor an error")
    if twice:
        faults.append(f"{len(twice)} problems were written twice")
    sys.exit(watch.verdict(faults))


if __name__ == "__main__":
    main()
