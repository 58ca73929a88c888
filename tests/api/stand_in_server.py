"""Stands in for `vllm serve`: a small HTTP server that does as it is told. Run as a program, it takes vLLM's command line.

`--behaviour` is one of: `serve`; `never` (it listens and is never healthy); `hang` (healthy twice, then silent);
`error` (prints an error and ends); `stubborn` (ignores TERM, with a child that does too); `crash` (healthy once, then ends).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

_SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('child', flush=True); time.sleep(600)"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("model")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--served-model-name")
    parser.add_argument("--disable-uvicorn-access-log", action="store_true")
    parser.add_argument("--behaviour", default="serve")
    parser.add_argument("--pids", type=Path, help="A file to which the process ids go.")
    given = parser.parse_args()
    if given.behaviour == "error":
        sys.stderr.write("loading\nValueError: the model has \x1b[31mno config.json\n\n")
        return 3
    pids = [os.getpid()]
    if given.behaviour == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", _SLEEPER], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()  # from here on it ignores TERM
        pids.append(child.pid)
    if given.pids is not None:
        with given.pids.open("a", encoding="utf-8") as file:
            file.write(" ".join(map(str, pids)) + "\n")
    print(f"key of {len(os.environ.get('VLLM_API_KEY', ''))} characters", flush=True)  # noqa: T201 -- goes to the log
    HTTPServer((given.host, given.port), _handler(given.behaviour)).serve_forever()
    return 0


def _handler(behaviour: str) -> type[BaseHTTPRequestHandler]:
    asked = iter(range(1_000_000))

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = next(asked)
            if behaviour == "hang" and number >= 2:
                time.sleep(600)
            self.send_response(503 if behaviour == "never" else 200)
            self.end_headers()
            if behaviour == "crash":
                self.wfile.flush()
                print("the question of the patient", flush=True)  # noqa: T201 -- as a crash that dumps its input would
                os._exit(1)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Health


if __name__ == "__main__":
    sys.exit(main())
