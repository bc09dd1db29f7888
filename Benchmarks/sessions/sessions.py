"""Times the commands on saved sessions, with many of them and with a huge one.

    sessions.py PROGRAM [SESSIONS [MEGABYTES]] [--check]

With --check it fails if a command fails, or takes more memory than BOUND: then it would keep what it
reads.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

BOUND = 64  # MiB
GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "transcripts" / "golden"


def run(program, arguments, environment):
    """Seconds, peak memory in MiB and lines of output of one run."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [program, *arguments], env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    lines = sum(1 for _ in process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    return time.monotonic() - begun, usage.ru_maxrss / 1024, lines, os.waitstatus_to_exitcode(status)


def main():
    given = [word for word in sys.argv[1:] if word != "--check"]
    program = pathlib.Path(given[0]).resolve()
    count = int(given[1]) if len(given) > 1 else 10_000
    megabytes = int(given[2]) if len(given) > 2 else 1_000
    failed = []
    goldens = [path.read_text().splitlines(keepends=True) for path in sorted(GOLDEN.glob("*.jsonl"))]
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "data/pentimento/transcripts"
        folder.mkdir(parents=True)
        for number in range(count):
            lines = goldens[number % len(goldens)]
            header = json.loads(lines[0])
            header["session"]["id"] = f"s{number:05}"
            header["session"]["started"] += number
            head = json.dumps(header, separators=(",", ":"), sort_keys=True) + "\n"
            (folder / f"s{number:05}.jsonl").write_text(head + "".join(lines[1:]))
        size = sum(path.stat().st_size for path in folder.iterdir())
        environment = {"HOME": home, "XDG_DATA_HOME": f"{home}/data", "PATH": os.environ["PATH"]}
        print(f"{count} sessions, {size / 1e6:.0f} MB")
        for arguments in (
            ["sessions"], ["sessions", "--limit", "20"], ["sessions", "search", "hypotenuse"],
            ["sessions", "search", "nowhere to be found"], ["sessions", "show", "s00042"],
        ):
            failed += report(program, arguments, environment)

        huge = pathlib.Path(home) / "huge.jsonl"
        body = "".join(line for lines in goldens for line in lines[1:])
        with huge.open("w") as file:
            file.write(goldens[0][0])
            for _ in range(megabytes * 1_000_000 // len(body.encode())):
                file.write(body)
        print(f"one of {huge.stat().st_size / 1e6:.0f} MB")
        for arguments in (
            ["replay", str(huge)], ["export", str(huge), "--to", "html"],
            ["export", str(huge), "--to", "jsonl"],
            ["resume", str(huge), "--base-url", "http://127.0.0.1:9", "--model", "m"],
        ):
            failed += report(program, arguments, environment)
        huge.rename(folder / "huge.jsonl")
        failed += report(program, ["sessions", "--limit", "3"], environment)
        failed += report(program, ["sessions", "search", "nowhere to be found"], environment)
    if "--check" in sys.argv and failed:
        sys.exit("\n".join(failed))


def report(program, arguments, environment):
    """Prints one run, and returns what is wrong with it."""
    seconds, memory, lines, status = run(program, arguments, environment)
    shown = " ".join(word if "/" not in word else word.split("/")[-1] for word in arguments[:4])
    print(f"{shown:44} {seconds:8.2f} s {memory:7.0f} MiB {lines:9} lines, status {status}")
    expected = 1 if "nowhere to be found" in arguments else 0
    wrong = [] if status == expected else [f"{shown}: status {status}"]
    return wrong + ([f"{shown}: {memory:.0f} MiB"] if memory > BOUND else [])


if __name__ == "__main__":
    main()
