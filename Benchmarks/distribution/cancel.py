"""How long a batch with 64 replies in mid-stream takes to let go of them all after one SIGINT.

    cancel.py PROGRAM [RUNS]

Measured from the signal: until the server has seen the last of the connections end, and until the
process has ended. Fails if the first ever takes longer than LIMIT milliseconds.
"""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import loopback

JOBS = 64
LIMIT = 100
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":"so "},"finish_reason":null}]}\n\n'


class Holder:
    """A server that begins every reply and ends none."""

    def __init__(self):
        self.held = threading.Semaphore(0)
        self.ends = []
        self.loop = asyncio.new_event_loop()
        self.port = None
        begun = threading.Event()
        threading.Thread(target=self.run, args=(begun,), daemon=True).start()
        begun.wait()

    def run(self, begun):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(
            asyncio.start_server(self.hold, "127.0.0.1", 0, backlog=256)
        )
        self.port = server.sockets[0].getsockname()[1]
        begun.set()
        self.loop.run_forever()

    async def hold(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            await reader.readexactly(length)
            writer.write(HEAD + b"%x\r\n%s\r\n" % (len(EVENT), EVENT))
            await writer.drain()
            self.held.release()
            while await reader.read(4096):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        self.ends.append(time.monotonic())
        writer.close()


def run(program, folder):
    """Milliseconds until the last connection had ended, and until the process had."""
    holder = Holder()
    problems = os.path.join(folder, "problems.jsonl")
    loopback.write_problems(problems, JOBS)
    process = subprocess.Popen(
        [program, "batch", problems, "--jobs", str(JOBS), "--model", "m"]
        + ["--base-url", f"http://127.0.0.1:{holder.port}/v1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(JOBS):
        if not holder.held.acquire(timeout=30):
            process.kill()
            raise SystemExit(f"not all of {JOBS} replies had begun after 30 s")
    # The client takes the events of the last connections meanwhile.
    time.sleep(0.1)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    status = process.wait(timeout=30)
    ended = time.monotonic()
    while len(holder.ends) < JOBS:
        time.sleep(0.001)
    holder.loop.call_soon_threadsafe(holder.loop.stop)
    if status != 130:
        raise SystemExit(f"the batch ended with {status} instead of 130")
    return 1000 * (max(holder.ends) - began), 1000 * (ended - began)


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        times = [run(program, folder) for _ in range(count)]
    for name, column in (("last of 64 connections ended", 0), ("process ended", 1)):
        values = sorted(time[column] for time in times)
        late = values[min(len(values) - 1, round(0.95 * len(values)))]
        print(
            f"{name}: p50 {statistics.median(values):.1f} ms, p95 {late:.1f} ms, "
            f"max {values[-1]:.1f} ms, n {count}"
        )
    sys.exit(0 if max(time[0] for time in times) <= LIMIT else 1)


if __name__ == "__main__":
    main()
