"""A chat-completions server on loopback whose reply depends on the request alone.

Whoever asks, in whatever order and from however many processes, a request gets the same words, so
that a batch that was distributed can be held against one that was not. Some solutions have a false
line, some critiques say wrong, and so every kind of verdict comes up.

    server.py [--latency SECONDS] [--faults SHARE]

It prints its base URL, and ends when stdin does. With faults, that share of the replies is an error
500, is cut in the middle, or is dropped; which ones, a seed says.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import random
import sys

DICE = random.Random(6)


def words(request):
    """The reply to a request: a solution, a revision or a critique."""
    told = json.dumps([request["messages"], request.get("seed")], sort_keys=True)
    dice = hashlib.sha256(told.encode()).digest()
    if "critique whether" in request["messages"][-1]["content"]:
        if dice[0] < 64:
            return "Step 1: that is not what was asked.\nConclusion: wrong [END]"
        return "Step 1: fine.\nConclusion: right [END]"
    rows, columns = dice[1] % 11 + 2, dice[2] % 11 + 2
    said = rows * columns + (1 if dice[0] < 48 else 0)
    return (
        f"There are {rows} rows of {columns} each.\n\n"
        f"So there are ${rows} \\cdot {columns} = {said}$ in all.\n\n"
        f"The answer is $\\boxed{{{said}}}$."
    )


def usage(request, text):
    read = sum(len(message["content"]) for message in request["messages"]) // 4
    written = len(text.split())
    return {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }


def whole(request):
    """A reply in one piece, as a batch of files has it."""
    text = words(request)
    return {
        "object": "chat.completion",
        "model": request["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "stop",
            }
        ],
        "usage": usage(request, text),
    }


def stream(request):
    """The same as events."""
    text = words(request)
    pieces = text.split(" ")
    deltas = [pieces[0]] + [" " + piece for piece in pieces[1:]]
    events = [
        {"choices": [{"index": 0, "delta": {"content": delta}, "finish_reason": None}]}
        for delta in deltas
    ]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    events.append({"choices": [], "usage": usage(request, text)})
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    return "".join(lines) + "data: [DONE]\n\n"


def fault(body):
    """What goes wrong with a reply: its bytes, as far as they are sent."""
    kind = DICE.randrange(3)
    if kind == 0:
        return b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
    return body[: DICE.randrange(len(body))] if kind == 1 else b""


async def serve(latency, faults, reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            fields = dict(
                line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
            )
            request = json.loads(await reader.readexactly(int(fields["content-length"])))
            if latency:
                await asyncio.sleep(latency)
            streams = request.get("stream")
            body = (stream(request) if streams else json.dumps(whole(request))).encode()
            kind = "text/event-stream" if streams else "application/json"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}"
            reply = head.encode() + b"\r\n\r\n" + body
            is_faulty = DICE.random() < faults
            writer.write(fault(reply) if is_faulty else reply)
            await writer.drain()
            if is_faulty:
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0)
    parser.add_argument("--faults", type=float, default=0)
    options = parser.parse_args()

    async def take(reader, writer):
        with contextlib.suppress(asyncio.CancelledError):
            await serve(options.latency, options.faults, reader, writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0, limit=1 << 24, backlog=1024)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    print(url, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
