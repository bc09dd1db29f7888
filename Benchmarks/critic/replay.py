"""A server that answers from samples and keeps the requests for a probability.

    replay.py SAMPLES LOG PORT

So the program itself lays out what the critic is trained on.
"""

import sys, json, http.server, socketserver

S = json.load(open(sys.argv[1]))
LOG = open(sys.argv[2], "a", buffering=1 << 16)
SUF = "\n\nPlease reason step by step, and put your final answer within \\boxed{}."


class Hd(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(s):
        b = json.loads(s.rfile.read(int(s.headers["Content-Length"])))
        m = b["messages"]
        k = 0 if b.get("temperature", 0) == 0 else b.get("seed", 1)
        lp = None
        fin = "stop"
        if m[-1]["role"] == "assistant":
            LOG.write(json.dumps(m[-2]["content"]) + "\n")
            LOG.flush()
            t = " right"
            lp = {
                "content": [
                    {
                        "token": " right",
                        "logprob": -0.7,
                        "top_logprobs": [
                            {"token": " right", "logprob": -0.7},
                            {"token": " wrong", "logprob": -0.7},
                        ],
                    }
                ]
            }
        elif m[0]["role"] == "system" and m[0]["content"].startswith("You turn word"):
            a = S.get(m[-1]["content"].strip(), {}).get("c", {}).get(str(k))
            t, fin = a or ("x", "stop")
        elif m[-1]["content"].endswith(SUF):
            a = S.get(m[-1]["content"][: -len(SUF)].strip(), {}).get("p", {}).get(str(k))
            t, fin = a or ("x", "stop")
        else:
            t = "REVISED-STUB"
        c = {"index": 0, "delta": {"content": t}, "finish_reason": None}
        if lp:
            c["logprobs"] = lp
        pg = (
            "".join(
                "data: " + json.dumps({"choices": [x]}) + "\n\n"
                for x in (c, {"index": 0, "delta": {}, "finish_reason": fin})
            )
            + "data: [DONE]\n\n"
        )
        pg = pg.encode()
        s.send_response(200)
        s.send_header("Content-Type", "text/event-stream")
        s.send_header("Content-Length", str(len(pg)))
        s.end_headers()
        s.wfile.write(pg)

    def log_message(s, *a):
        pass


class Sv(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


Sv(("127.0.0.1", int(sys.argv[3])), Hd).serve_forever()
