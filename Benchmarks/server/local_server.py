"""Whether the embedded model's server keeps to itself.

    local_server.py PROGRAM

Starts the program on a problem, finds the server that it starts, and looks from outside: where it
listens, what it answers without the key or with a wrong one, where the key stands, and what is left
when the program ends. Prints a line a check; the exit status says whether all hold.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request


def listening(pid):
    """The addresses that a process listens on, in the kernel's hexadecimal."""
    sockets = set()
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("socket:["):
            sockets.add(target[8:-1])
    found = []
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                found.append(fields[1])
    return found


def status(url, key=None, body=None):
    headers = {"Content-Type": "application/json"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def holding(key, folders):
    """The files below the folders in which the key stands."""
    needle = key.encode()
    return [
        path
        for folder in folders
        for path in pathlib.Path(folder).rglob("*")
        if path.is_file() and path.suffix != ".gguf" and "venv" not in path.parts
        and needle in path.read_bytes()
    ]


def command_lines():
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes()
        except OSError:
            pass


def main(program):
    failed = 0

    def check(what, holds, found=""):
        nonlocal failed
        failed += not holds
        print(f"{'holds' if holds else 'FAILS'}: {what}{' (' + str(found) + ')' if found != '' else ''}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config")
        process = subprocess.Popen(
            [program, "--transcript", f"{folder}/transcript.jsonl"], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        process.stdin.write(b"There are 7 rows of 8 chairs. How many chairs are there?\n")
        process.stdin.flush()
        path = pathlib.Path(folder, "state/pentimento/server.json")
        for _ in range(1200):
            if path.exists() or process.poll() is not None:
                break
            time.sleep(0.1)
        if not path.exists():
            sys.exit(f"the server did not start: {process.stderr.read().decode()[-400:]}")
        state = json.loads(path.read_text())
        key, url, pid = state["key"], state["url"], state["pid"]
        addresses = listening(pid)
        check("it listens on loopback only", addresses and all(a.startswith("0100007F:") for a in addresses), addresses)
        chat = url.rstrip("/").removesuffix("/v1") + "/v1/chat/completions"
        question = {"messages": [{"role": "user", "content": "1"}], "max_tokens": 1}
        check("a request without the key is refused", status(chat, None, question) == 401)
        check("so is one with a wrong key", status(chat, "x" * len(key), question) == 401)
        base = chat.removesuffix("/v1/chat/completions")
        for page in ("/props", "/slots", "/metrics", "/v1/models"):
            code = status(base + page)
            check(f"{page} says nothing without the key", code in (401, 404, 501), code)
        check("with the key it answers", status(chat, key, question) == 200)
        check("the key is no argument of any process", not any(key.encode() in line for line in command_lines()))
        check("the state file is for its owner only", path.stat().st_mode & 0o777 == 0o600)
        process.stdin.close()
        process.wait()
        errors = process.stderr.read()
        homes = [folder, os.path.expanduser("~/.local/share/pentimento")]
        check("the key is in no file once the program has ended", not holding(key, homes), len(holding(key, homes)) or "")
        check("and in nothing that it printed", key.encode() not in errors)
        check("the server has ended with it", not pathlib.Path(f"/proc/{pid}").exists())
        check("the problem was ended with a verdict", process.returncode in (0, 1), process.returncode)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1])
