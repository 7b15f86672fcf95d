"""Child processes of the local stack: started in their own group, logged to a file, always stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

from progress import POLL, GiveUp

STOP_PATIENCE = 20.0
"""Seconds a child may take to write its state and leave before it is killed."""
START_PATIENCE = 30.0
"""Seconds until a child must accept connections."""
LOG_TAIL = 1500
"""Characters of a child's log shown when it does not start."""


class Child:
    """A running program that serves one loopback port."""

    def __init__(self, name: str, command: list[str], port: int, log: Path, env: dict[str, str]) -> None:
        self.name, self.port, self.log = name, port, log
        refuse_taken_port(name, port)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            # Its own session: Ctrl-C reaches only the parent, which then stops the children in order.
            self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                            stderr=subprocess.STDOUT, start_new_session=True)
        try:
            self._wait_for_port()
        except BaseException:
            self.stop()
            raise

    def _wait_for_port(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not answers(self.port):
            if self.process.poll() is not None:
                raise GiveUp(f"{self.name} ended at once. The end of {self.log}:\n{self.tail()}")
            if time.monotonic() > deadline:
                raise GiveUp(f"{self.name} did not open port {self.port} in {START_PATIENCE:.0f} s. "
                             f"The end of {self.log}:\n{self.tail()}")
            time.sleep(POLL)

    def alive(self) -> bool:
        return self.process.poll() is None

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-LOG_TAIL:]

    def stop(self) -> bool:
        """Asks the child to end, then ends what is left of its group; True if it left by itself."""
        clean = True
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                clean = False
        kill_group(self.process.pid)
        self.process.wait()
        return clean


def kill_group(leader: int) -> None:
    """Ends a process group at once; grandchildren (the functions) are in it too."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refuse_taken_port(name: str, port: int) -> None:
    if not answers(port):
        return
    owner = owner_of(port)
    by = f" by process {owner}" if owner else ""
    raise GiveUp(f"Port {port}, wanted for {name}, is taken{by}. Nothing was started. Stop that program "
                 f"(`make stop` if it is an earlier run), or choose others: PORT={port + 100} make run")


def owner_of(port: int) -> str | None:
    """The process that listens on `port`, where `/proc` can tell: `pid (name)`."""
    sockets = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:  # 0A: listening
                    sockets.add(f"socket:[{fields[9]}]")
    for link in Path("/proc").glob("[0-9]*/fd/*") if sockets else ():
        try:
            if os.readlink(link) in sockets:
                pid = re.findall(r"\d+", str(link))[0]
                return f"{pid} ({Path(f'/proc/{pid}/comm').read_text().strip()})"
        except OSError:
            continue
    return None
