"""Run a command that never outlives the process that wanted it: `python tether.py GRACE_SECONDS COMMAND...`.

Standard input is a pipe that nobody writes to. It closes when the process at its other end closes it or dies, however it dies
(killed without notice too), and then the whole process group is ended: TERM, and KILL when the grace is over. The caller makes
this process the leader of a group of its own. The exit code is the command's; 128 plus the signal that ended it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code, or end with the whole group when the pipe closes."""
    signal.signal(
        signal.SIGTERM, lambda *_: None
    )  # sent to the group by ourselves; a handler is not inherited, ignoring would be
    try:
        child = subprocess.Popen(arguments[1:], stdin=subprocess.DEVNULL)  # noqa: S603 -- the command that the caller gave
    except OSError as error:
        sys.stderr.write(f"{arguments[1]}: {error.strerror}\n")
        return 127
    watch = threading.Thread(target=_end_when_the_pipe_closes, args=(child, float(arguments[0])), daemon=True)
    watch.start()
    code = child.wait()
    return code if code >= 0 else 128 - code


def _end_when_the_pipe_closes(child: subprocess.Popen[bytes], grace_seconds: float) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(0, signal.SIGTERM)
    try:
        child.wait(grace_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
