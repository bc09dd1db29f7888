"""What a batch does in a second against a server of fixed latency, and what memory that takes.

    throughput.py PROGRAM

With a latency of L seconds and J problems in flight a server of no other cost allows J/L requests a
second; the share of it that is reached is the figure. Memory is the highest resident size of the
program, for more and more problems at 64 in flight.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

import loopback

LATENCY = 0.5


def solve(command):
    """Runs a batch; gives seconds, its processor seconds and its highest memory in MB."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def requests_in(path):
    with open(path, encoding="utf-8") as file:
        return sum(json.loads(line)["cost"]["calls"] for line in file)


def measure(program, url, folder, count, jobs, latency):
    problems = os.path.join(folder, "problems.jsonl")
    out = os.path.join(folder, "runs.jsonl")
    loopback.write_problems(problems, count)
    command = [program, "batch", problems, "--out", out, "--jobs", str(jobs)]
    seconds, processor, memory = solve([*command, "--base-url", url, "--model", "m"])
    asked = requests_in(out)
    os.remove(out)
    allowed = f"{100 * asked * latency / jobs / seconds:5.1f} %" if latency else "      -"
    print(
        f"{jobs:6} {count:8} {seconds:7.1f} {count / seconds:10.1f} {asked / seconds:10.1f} "
        f"{allowed} {1000 * processor / count:6.2f} {memory:6.1f}",
        flush=True,
    )


def stop(program, url, folder, jobs):
    """How long Ctrl-C takes with so many in flight."""
    problems = os.path.join(folder, "problems.jsonl")
    loopback.write_problems(problems, 10 * jobs)
    command = [program, "batch", problems, "--jobs", str(jobs), "--base-url", url, "--model", "m"]
    taken = []
    for _ in range(20):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.readline()
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        process.wait()
        taken.append(1000 * (time.monotonic() - begun))
    taken.sort()
    print(f"Ctrl-C with {jobs} in flight: p50 {taken[10]:.0f} ms, max {taken[-1]:.0f} ms")


def main():
    program = sys.argv[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    print("in flight  problems  seconds  problems/s  requests/s  of allowed  ms CPU  MB")
    with tempfile.TemporaryDirectory() as folder:
        with loopback.server(LATENCY) as url:
            # At the end slots stand empty while the last problems run: 40 problems a slot make that
            # a small share.
            for jobs, count in ((1, 20), (4, 160), (16, 640), (64, 2560), (256, 5000)):
                measure(program, url, folder, count, jobs, LATENCY)
            stop(program, url, folder, 64)
        with loopback.server() as url:
            for count in (500, 2000, 8000):
                measure(program, url, folder, count, 64, 0)


if __name__ == "__main__":
    main()
