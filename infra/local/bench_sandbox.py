"""Runs one function the way Lambda does and reads from /proc what it costs.

A stub of the Lambda Runtime API on loopback hands out the events. Whenever the function asks for the
next one it has nothing else to do, so its counters stand still until it is answered.
"""

from __future__ import annotations

import json
import select
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import LOG_TAIL
from progress import GiveUp

PATIENCE = 60.0
"""Seconds a function may take for one event; the longest timeout in the template."""
LOOK = 1.0
"""Seconds between two looks whether it still runs."""
CHUNK = 65_536
"""Bytes read from a socket at once."""
REGION = "eu-central-1"
PLAIN = {
    "PATH": "/usr/bin:/bin", "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_LAMBDA_FUNCTION_NAME": "bench",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_FUNCTION_VERSION": "1",
    "AWS_LAMBDA_LOG_GROUP_NAME": "bench", "AWS_LAMBDA_LOG_STREAM_NAME": "bench", "_HANDLER": "bootstrap",
}
"""What Lambda sets for every function; the keys are the emulator's, good for nothing else."""


@dataclass(frozen=True)
class Mark:
    """What a function has used up when it asks for an event."""

    cpu_ns: int
    wall_ns: int
    peak_bytes: int


class Sandbox:
    """A running function that waits for its next event."""

    def __init__(self, process: subprocess.Popen, listener: socket.socket, started: int, errors: Path) -> None:
        self.process, self.listener, self.started, self.errors = process, listener, started, errors
        self.open: list[socket.socket] = []
        self.waiting, _, _, asked = self._request()
        self.start = self._mark(asked)

    def invoke(self, event: object) -> tuple[object, Mark]:
        """Hands out one event; returns the function's answer and what it has used up since it was started."""
        deadline = int((time.time() + PATIENCE) * 1000)
        head = {"Lambda-Runtime-Aws-Request-Id": f"bench-{time.monotonic_ns()}",
                "Lambda-Runtime-Deadline-Ms": str(deadline),
                "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:000000000000:function:bench"}
        _reply(self.waiting, "200 OK", head, json.dumps(event).encode())
        connection, path, body, _ = self._request()
        _reply(connection, "202 Accepted", {}, b"{}")
        if not path.endswith("/response"):
            raise GiveUp(f"A function failed while it was measured: {body.decode(errors='replace')[:500]}")
        self.waiting, _, _, asked = self._request()
        return json.loads(body), self._mark(asked)

    def _request(self) -> tuple[socket.socket, str, bytes, int]:
        """The function's next request: its connection, path, body and moment of arrival."""
        deadline = time.monotonic() + PATIENCE
        while True:
            ready, _, _ = select.select([self.listener, *self.open], [], [], LOOK)
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise GiveUp("A function ended or hung while it was measured. What it wrote:\n"
                             + self.errors.read_text(errors="replace")[-LOG_TAIL:])
            if not ready:
                continue
            if self.listener in ready:
                self.open.append(self.listener.accept()[0])
                continue
            data = ready[0].recv(CHUNK)
            arrived = time.perf_counter_ns()
            if not data:
                self.open.remove(ready[0])
                ready[0].close()
                continue
            return ready[0], *_rest(ready[0], data), arrived

    def _mark(self, asked: int) -> Mark:
        folder = Path(f"/proc/{self.process.pid}")
        tasks = list((folder / "task").iterdir())
        # The request is out before the thread is back asleep; only asleep are its counters up to date.
        while any((task / "stat").read_text().rpartition(")")[2].split()[0] == "R" for task in tasks):
            pass
        cpu = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)
        peak = next(line for line in (folder / "status").read_text().splitlines() if line.startswith("VmHWM"))
        return Mark(cpu, asked - self.started, int(peak.split()[1]) * 1024)


@contextmanager
def sandbox(program: Path, settings: dict[str, str], folder: Path) -> Iterator[Sandbox]:
    """Starts a function, yields it when it first asks for an event, and ends it."""
    errors = folder / "errors.log"
    with socket.create_server(("127.0.0.1", 0)) as listener, errors.open("wb") as log:
        env = PLAIN | settings | {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{listener.getsockname()[1]}"}
        started = time.perf_counter_ns()
        process = subprocess.Popen([str(program)], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        running = None
        try:
            running = Sandbox(process, listener, started, errors)
            yield running
        finally:
            process.kill()
            process.wait()
            for connection in running.open if running else []:
                connection.close()


def _rest(connection: socket.socket, data: bytes) -> tuple[str, bytes]:
    """Reads a request to its end; returns its path and body."""
    while b"\r\n\r\n" not in data:
        data += connection.recv(CHUNK)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *fields = head.decode("latin-1").split("\r\n")
    length = next((int(value) for name, _, value in (field.partition(":") for field in fields)
                   if name.lower() == "content-length"), 0)
    while len(body) < length:
        body += connection.recv(CHUNK)
    return first.split()[1], body


def _reply(connection: socket.socket, status: str, head: dict[str, str], body: bytes) -> None:
    fields = head | {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    connection.sendall("\r\n".join(lines).encode() + body)
