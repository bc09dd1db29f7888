"""The adapter that turns the weights into a critic: small, so it lies beside the scripts."""

import os
import shutil

from files import CHECKSUM, Refusal, digest_of
from wheels import Lock


class Adapter:
    """A LoRA adapter of the weights, copied into their folder and verified there."""

    def __init__(self, folder, locks):
        self.source = os.path.join(locks, "critic.gguf")
        self.path = os.path.join(folder, "critic.gguf")
        lock = Lock(os.path.join(locks, "critic.lock"))
        self.bytes, self.sha256 = int(lock.facts["bytes"]), lock.facts["sha256"]

    def verified(self, manifest):
        """Whether the file is the one that was verified, by size and modification time."""
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        known = manifest.get("critic", {})
        return (status.st_size, status.st_mtime_ns, self.sha256) == (
            known.get("bytes"), known.get("modified_ns"), known.get("sha256"),
        )  # fmt: skip

    def facts(self):
        status = os.stat(self.path)
        return {
            "file": os.path.basename(self.path), "bytes": status.st_size,
            "modified_ns": status.st_mtime_ns, "sha256": self.sha256,
        }  # fmt: skip

    def is_whole(self, path):
        """Reads the whole file and compares its SHA-256 with the locked one."""
        try:
            with open(path, "rb") as file:
                if os.fstat(file.fileno()).st_size != self.bytes:
                    return False
                return digest_of(file, self.bytes) == self.sha256
        except FileNotFoundError:
            return False

    def copy(self):
        """Replaces the file at once; what is not the locked one is not taken."""
        part = self.path + ".new"
        try:
            shutil.copyfile(self.source, part)
        except FileNotFoundError:
            raise Refusal(CHECKSUM, f"{self.source} is missing; get the program again") from None
        if not self.is_whole(part):
            os.remove(part)
            raise Refusal(
                CHECKSUM,
                f"{self.source} does not have the SHA-256 {self.sha256}; get the program again",
            )
        os.replace(part, self.path)
