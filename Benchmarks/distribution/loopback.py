"""What the programs here share: the server as a process, problems, and outputs made comparable."""

import contextlib
import json
import os
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


@contextlib.contextmanager
def server(latency=0, faults=0):
    """The server of `server.py`; gives its base URL."""
    process = subprocess.Popen(
        [sys.executable, "-B", os.path.join(HERE, "server.py"), "--latency", str(latency)]
        + ["--faults", str(faults)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait()


def problem(number):
    hall = f"Hall {number} has some rows of chairs, every row alike. How many chairs are there?"
    return {"id": f"p{number}", "problem": hall, "answer": number}


def write_problems(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(problem(number)) + "\n")


def timeless(value):
    """A record without what a clock measured."""
    if isinstance(value, dict):
        clocks = ("milliseconds", "firstTokenMilliseconds", "at")
        return {name: timeless(inner) for name, inner in value.items() if name not in clocks}
    if isinstance(value, list):
        return [timeless(inner) for inner in value]
    return value


def records(lines):
    """The records of an output, sorted by id, each as one line of JSON."""
    rows = [timeless(json.loads(line)) for line in lines if line.strip()]
    rows.sort(key=lambda row: row["id"])
    return [json.dumps(row, sort_keys=True) for row in rows]


def background(work):
    """Runs `work` on a thread; gives a function that waits for what it returns."""
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()

    def result():
        thread.join()
        return results[0]

    return result
