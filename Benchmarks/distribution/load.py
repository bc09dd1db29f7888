"""64 problems in flight for some minutes while one reply in twenty fails.

    load.py PROGRAM MINUTES

Every problem must end in a verdict or a recorded error; memory and open descriptors are read from
/proc once a second, and their slope is that of a straight line through the later half.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import loopback


def resident(pid):
    """Resident memory in MB."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def slope(points):
    """Of the line through points (x, y) with the least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points) or 1
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


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
        began, samples = time.monotonic(), []
        feeder = loopback.background(lambda: feed(process, began + 60 * minutes))
        while process.poll() is None:
            try:
                descriptors = len(os.listdir(f"/proc/{process.pid}/fd"))
                samples.append((time.monotonic() - began, resident(process.pid), descriptors))
            except (FileNotFoundError, ProcessLookupError):
                break
            time.sleep(1)
        status = process.wait()
        posed, seconds = feeder(), time.monotonic() - began
        ended = {"verdict": 0, "error": 0, "broken off": 0}
        ids = set()
        with open(out, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                ids.add(record["id"])
                kind = "verdict" if record.get("verdict") else "error"
                ended["broken off" if record.get("ending") == "truncated" else kind] += 1
        late = samples[len(samples) // 2 :]
        print(f"{posed} problems in {seconds:.0f} s, status {status}: {ended}, {len(ids)} ids")
        print(
            f"memory {samples[0][1]:.1f} MB at first, {max(s[1] for s in samples):.1f} at most, "
            f"slope {3600 * slope([(s[0], s[1]) for s in late]):+.1f} MB/h "
            f"({1e6 * slope([(s[0], s[1]) for s in late]) * seconds / posed:+.0f} bytes a problem)"
        )
        print(f"descriptors {max(s[2] for s in samples)} at most, {samples[-1][2]} at last")
        sys.exit(0 if len(ids) == posed else 1)


if __name__ == "__main__":
    main()
