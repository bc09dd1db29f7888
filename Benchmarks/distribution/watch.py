"""Memory and open descriptors of a process over time.

Flat means: the straight line through the later half of the samples, by least squares, grows by less
than `MOST_GROWTH` MB within that half, and the last sample has no more descriptors than any sample
of the first half had.
"""

import os
import time

MOST_GROWTH = 4


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


class Watch:
    def __init__(self, pid):
        self.pid = pid
        self.began = time.monotonic()
        self.samples = []

    def look(self):
        """Takes a sample, unless the process has ended."""
        try:
            descriptors = len(os.listdir(f"/proc/{self.pid}/fd"))
            memory = resident(self.pid)
        except (FileNotFoundError, ProcessLookupError):
            return
        if descriptors and memory:
            self.samples.append((time.monotonic() - self.began, memory, descriptors))

    def report(self, problems):
        """Prints what was seen; gives what is wrong with it."""
        if len(self.samples) < 4:
            return ["the process ended before it could be watched"]
        half = len(self.samples) // 2
        early, late = self.samples[:half], self.samples[half:]
        rate = slope([(at, memory) for at, memory, _ in late])
        growth = rate * (late[-1][0] - late[0][0])
        seconds = self.samples[-1][0]
        print(
            f"memory {early[0][1]:.1f} MB at first, {max(s[1] for s in self.samples):.1f} at most; "
            f"later half: {3600 * rate:+.1f} MB/h, {growth:+.2f} MB in it, "
            f"{2**20 * rate * seconds / max(problems, 1):+.0f} bytes a problem"
        )
        most, last = max(s[2] for s in early), late[-1][2]
        print(f"descriptors {most} at most in the first half, {last} at last")
        faults = []
        if growth > MOST_GROWTH:
            faults.append(f"memory grows by {growth:.1f} MB in the later half")
        if last > most:
            faults.append(f"{last - most} descriptors more than in the first half")
        return faults


def verdict(faults):
    """Prints the faults; gives the exit status."""
    for fault in faults:
        print(f"FAULT {fault}")
    return 1 if faults else 0
