"""Solves the same problems in one run and distributed, and compares line by line.

    distribute.py PROGRAM [COUNT]

The server answers by the request alone, so every way must give the same records, costs in
milliseconds aside.
"""

import glob
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time

import loopback
import server


def run(command, **options):
    return subprocess.run(command, check=True, **options)


def lines_of(pattern):
    for path in sorted(glob.glob(pattern)):
        with open(path, encoding="utf-8") as file:
            yield from file


def single(batch, problems, folder):
    out = os.path.join(folder, "single.jsonl")
    run([*batch, problems, "--out", out, "--jobs", "8"], stderr=subprocess.DEVNULL)
    return lines_of(out)


def parallel(batch, problems, folder):
    """Blocks of 50 lines, four at a time, each through a filter of its own."""
    command = ["parallel", "--will-cite", "--pipe", "-N50", "--jobs", "4", shlex.join(batch)]
    with open(problems, encoding="utf-8") as file:
        return run(command, stdin=file, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def array(batch, problems, folder):
    """What an array of Slurm does: every task knows its number and has its own output."""
    tasks = []
    for task in range(1, 5):
        script = shlex.join([*batch, problems, "--jobs", "4"]) + (
            f" --shard $SLURM_ARRAY_TASK_ID/4 --out {shlex.quote(folder)}"
            "/array-$SLURM_ARRAY_TASK_ID.jsonl"
        )
        environment = {**os.environ, "SLURM_ARRAY_TASK_ID": str(task)}
        tasks.append(
            subprocess.Popen(["sh", "-c", script], env=environment, stderr=subprocess.DEVNULL)
        )
    assert all(task.wait() == 0 for task in tasks)
    return lines_of(os.path.join(folder, "array-*.jsonl"))


def spark(batch, problems, folder):
    out = os.path.join(folder, "spark")
    script = os.path.join(loopback.HERE, "pipe_through.py")
    submit = os.path.join(os.path.dirname(sys.executable), "spark-submit")
    python = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    run(
        [submit, "--master", "local[4]", script, problems, out, shlex.join(batch)],
        env=python,
        stderr=subprocess.DEVNULL,
    )
    return lines_of(os.path.join(out, "part-*"))


def files(batch, problems, folder):
    """Plans and responses until nothing is left to ask; what the cluster does is done here."""
    paths = {name: os.path.join(folder, name + ".jsonl") for name in ("plan", "answers", "runs")}
    open(paths["answers"], "w", encoding="utf-8").close()
    command = [*batch, problems, "--out", paths["runs"], "--plan", paths["plan"]]
    while True:
        run([*command, "--absorb", paths["answers"]], stderr=subprocess.DEVNULL)
        with open(paths["plan"], encoding="utf-8") as file:
            plan = [json.loads(line) for line in file]
        if not plan:
            return lines_of(paths["runs"])
        with open(paths["answers"], "a", encoding="utf-8") as file:
            for request in plan:
                response = {"status_code": 200, "body": server.whole(request["body"])}
                answer = {"custom_id": request["custom_id"], "response": response, "error": None}
                file.write(json.dumps(answer) + "\n")


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    failed = False
    with tempfile.TemporaryDirectory() as folder, loopback.server(0.02) as url:
        problems = os.path.join(folder, "problems.jsonl")
        loopback.write_problems(problems, count)
        batch = [program, "batch", "--base-url", url, "--model", "m"]
        expected = None
        for way in (single, parallel, array, spark, files):
            begun = time.monotonic()
            found = loopback.records(way(batch, problems, folder))
            took = time.monotonic() - begun
            expected = expected or found
            verdicts = [json.loads(line)["verdict"] for line in found]
            words = ", ".join(f"{verdicts.count(w)} {w}" for w in sorted(set(verdicts)))
            same = "as the single run" if found == expected else "DIFFERS"
            failed = failed or found != expected
            print(f"{way.__name__:9} {len(found)} lines ({words}) in {took:.1f} s: {same}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
