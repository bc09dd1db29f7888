"""A person at a pseudo-terminal who never tires, while one reply in twenty fails.

    dialogue.py PROGRAM MINUTES

Each problem is typed once the prompt is back, every tenth is followed by commands. Every problem must
stand in the transcript with a verdict or an error, memory must be flat and no descriptor may be left
behind: see `watch.py`.
"""

import fcntl
import glob
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

import loopback
import watch

PROMPT = "› "
# A problem takes a second or two with its retries; one that takes this long hangs.
PATIENCE = 90
COMMANDS = ["/check 1/2 + 1/3 = 5/6", "/why", "/diff", "/stats", "/raw", "/nonsense"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r")


class Terminal:
    """The program at a terminal, its screen read as it comes."""

    def __init__(self, program, url, home):
        self.seen = ""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
                os.environ.pop(name, None)
            os.environ.update(HOME=home, TERM="xterm", LC_ALL="C.UTF-8")
            os.execv(program, [program, "--base-url", url, "--model", "m"])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

    def read(self, seconds):
        """Takes what comes within the time; tells whether anything did."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        self.seen = (self.seen + os.read(self.terminal, 65536).decode(errors="replace"))[-4000:]
        return True

    def type(self, line):
        """Over what an unanswered problem left on the line."""
        self.seen = ""
        os.write(self.terminal, b"\x15" + line.encode() + b"\r")

    def is_at_prompt(self):
        lines = ESCAPES.sub("", self.seen).split("\n")
        # A problem that got no answer stands behind the prompt again.
        return len(lines) > 1 and lines[-1].startswith(PROMPT)

    def wait_for_prompt(self, is_done=lambda: True):
        """Whether the prompt came back, and what was waited for, within the patience."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            came = self.read(0.02)
            if not came and self.is_at_prompt() and is_done():
                return True
        return False

    def leave(self):
        self.type("/quit")
        try:
            while self.read(10):
                pass
        except OSError:
            pass
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Transcript:
    """What the program has written of itself so far."""

    def __init__(self, home):
        self.folder = os.path.join(home, ".local/share/pentimento/transcripts")
        self.file = None
        self.rest = ""
        self.ended = []

    def look(self):
        """Reads on; gives how many problems have ended."""
        if self.file is None:
            for path in glob.glob(os.path.join(self.folder, "*.jsonl")):
                self.file = open(path, encoding="utf-8")
        if self.file is None:
            return 0
        *lines, self.rest = (self.rest + self.file.read()).split("\n")
        for line in lines:
            event = json.loads(line)
            if "problem" in event:
                self.ended.append(None)
            for kind in ("verdict", "failed"):
                if kind in event and self.ended:
                    self.ended[-1] = kind
        return sum(kind is not None for kind in self.ended)


def main():
    program, minutes = sys.argv[1], float(sys.argv[2])
    faults, posed = [], 0
    with tempfile.TemporaryDirectory() as home, loopback.server(0.01, 0.05) as url:
        terminal, transcript = Terminal(program, url, home), Transcript(home)
        if not terminal.wait_for_prompt():
            raise SystemExit(f"no prompt: {terminal.seen[-300:]!r}")
        watcher, sampled = watch.Watch(terminal.pid), 0
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until and not faults:
            terminal.type(loopback.problem(posed)["problem"])
            posed += 1
            if not terminal.wait_for_prompt(lambda: transcript.look() >= posed):
                faults.append(f"problem {posed} has not ended: {terminal.seen[-300:]!r}")
            if posed % 10 == 0:
                terminal.type(COMMANDS[posed // 10 % len(COMMANDS)])
                if not terminal.wait_for_prompt():
                    faults.append(f"a command has not ended: {terminal.seen[-300:]!r}")
            if time.monotonic() - sampled >= 1:
                watcher.look()
                sampled = time.monotonic()
        if faults:
            os.kill(terminal.pid, signal.SIGTERM)
        status = terminal.leave()
        transcript.look()
    kinds = {kind: transcript.ended.count(kind) for kind in ("verdict", "failed", None)}
    print(
        f"{posed} problems, status {status}: {kinds['verdict']} verdicts, "
        f"{kinds['failed']} errors, {kinds[None]} without an end"
    )
    faults += watcher.report(posed)
    if len(transcript.ended) != posed or kinds[None]:
        faults.append(f"{len(transcript.ended)} of {posed} problems recorded, {kinds[None]} open")
    if status != 0:
        faults.append(f"the program left with {status}")
    sys.exit(watch.verdict(faults))


if __name__ == "__main__":
    main()
