"""Serves one model file on 127.0.0.1 until standard input closes.

The program that starts it holds the other end of standard input, so the server ends with it in
whatever way that happens, kill -9 included. The key comes in the environment, because arguments
are public. The address goes to standard output as `READY URL`; llama.cpp logs to standard error.
"""

import argparse
import fcntl
import os
import signal
import threading


def exit_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(0)


def watch_parent():
    """Ends the process when standard input closes.

    While the weights load, for seconds, no other Python thread runs. On Linux the kernel can
    watch instead: the close of a pipe is a SIGIO, which kills.
    """
    threading.Thread(target=exit_with_parent, daemon=True).start()
    if hasattr(os, "O_ASYNC"):
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="the weights, a GGUF file")
    parser.add_argument("--adapter", help="a LoRA of the weights, 0 for those who ask for nothing")
    parser.add_argument("--context", type=int, default=8192, help="tokens, shared by the slots")
    parser.add_argument("--slots", type=int, default=2, help="requests answered at a time")
    parser.add_argument("--threads", type=int, default=0, help="0: as llama.cpp chooses")
    asked = parser.parse_args()
    key = os.environ.pop("PENTIMENTO_SERVER_KEY", "")
    if not key:
        parser.error("PENTIMENTO_SERVER_KEY is not set; a server without a key is open to every page")
    watch_parent()

    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = asked.model
    params.model_alias = {os.path.basename(asked.model)}
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [key]
    params.n_ctx, params.n_parallel, params.kv_unified = asked.context, asked.slots, True
    params.cache_ram_mib = 256
    params.ui = params.endpoint_slots = False
    if asked.adapter:
        adapter = xllamacpp.CommonAdapterLoraInfo()
        # A request that wants it says so: "lora": [{"id": 0, "scale": 1}].
        adapter.path, adapter.scale = asked.adapter, 0.0
        params.lora_adapters = [adapter]
    if asked.threads:
        params.cpuparams.n_threads = asked.threads
    server = xllamacpp.Server(params)
    print("READY", server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
