#!/usr/bin/env python3
"""Compare ASGI servers: processor time of one small request, and how long each lets one be slow.

    python -m venv /tmp/servers && /tmp/servers/bin/pip install -r bench/servers.txt
    python bench/servers.py --python /tmp/servers/bin/python

The application reads a body of 40 bytes and answers two. Prints one line for each server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
APPLICATION = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return
        more = message.get("more_body")
    headers = [(b"content-length", b"2"), (b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})
"""
OURS = """
import asyncio, sys
from functools import partial
import uvicorn
from app import app
from majlis.config.edge.bodies import Bodies, Refused
from majlis.config.edge.answers import refuse
from majlis.config.edge.connections import Connection, Crowd
from majlis.config.server import Server

async def knows(scope):
    return False

bodies = Bodies(knows)

async def edge(scope, receive, send):
    if scope["type"] == "lifespan":
        return await app(scope, receive, send)
    try:
        body = await bodies.whole(scope, receive)
    except Refused as refused:
        return await refuse(send, refused.status)
    async def again():
        return {"type": "http.request", "body": body}
    await app(scope, again, send)

crowd = Crowd(most=1000)
config = uvicorn.Config(edge, http=partial(Connection, crowd=crowd), ws="none", access_log=False,
                        log_level="error", port=int(sys.argv[1]), loop="asyncio")
Server(config, crowd=crowd, on_ready=lambda: None, on_stop=lambda: None).run()
"""
UVICORN = ["-m", "uvicorn", "app:app", "--no-access-log", "--log-level", "error"]
GRANIAN = ["-m", "granian", "--interface", "asgi", "--no-log", "app:app"]
SERVERS = {
    "uvicorn, h11": [*UVICORN, "--http", "h11", "--loop", "asyncio", "--port", "PORT"],
    "uvicorn, httptools": [*UVICORN, "--http", "httptools", "--loop", "asyncio", "--port", "PORT"],
    "uvicorn, httptools, uvloop": [*UVICORN, "--loop", "uvloop", "--port", "PORT"],
    "hypercorn": ["-m", "hypercorn", "app:app", "--bind", "127.0.0.1:PORT"],
    "granian": [*GRANIAN, "--loop", "asyncio", "--port", "PORT"],
    "granian, uvloop": [*GRANIAN, "--loop", "uvloop", "--port", "PORT"],
    "majlis": ["ours.py", "PORT"],
}
REQUEST = (
    b"POST /en/e/tunis/vote/ HTTP/1.1\r\nhost: x\r\ncookie: a=bcdefghijklmnop; c=0123456789\r\n"
    b"user-agent: Mozilla/5.0 (Linux; Android 10)\r\n"
    b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 40\r\n\r\n" + b"a" * 40
)
SLOW = {
    "silent": (b"", b""),
    "slow head": (b"GET / HTTP/1.1\r\nhost: x\r\n", b"a: b\r\n"),
    "slow body": (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n", b"a"),
}


def processor_seconds(pid: int) -> float:
    """What a process and its children have used so far."""
    used = 0.0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(place.parent.name) == pid or int(fields[1]) == pid:
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


class Asker(asyncio.Protocol):
    """A client that asks again as soon as it is answered."""

    def __init__(self, counted: list[int], until: float) -> None:
        self.counted, self.until, self.said = counted, until, b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        self.said += data
        if self.said.endswith(b"\r\n\r\nok"):
            self.said = b""
            self.counted[0] += 1
            if time.monotonic() < self.until:
                self.transport.write(REQUEST)
            else:
                self.transport.close()


async def asked(port: int, clients: int, seconds: float) -> int:
    """How many requests were answered."""
    counted, loop = [0], asyncio.get_running_loop()
    until = time.monotonic() + seconds
    for _ in range(clients):
        await loop.create_connection(lambda: Asker(counted, until), "127.0.0.1", port)
    await asyncio.sleep(seconds + 0.3)
    return counted[0]


async def patience(port: int, first: bytes, drip: bytes, most: float) -> str:
    """After how long a slow sender is sent away, and with which words."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    writer.write(first)

    async def send_slowly() -> None:
        while drip:
            await asyncio.sleep(1)
            writer.write(drip)

    dripping = asyncio.create_task(send_slowly())
    try:
        said = await asyncio.wait_for(reader.read(100), most)
        words = said.split(b"\r\n")[0].decode() or "closed"
        return f"{time.monotonic() - began:.0f} s, {words}"
    except TimeoutError:
        return f"over {most:.0f} s"
    except ConnectionError:
        return f"{time.monotonic() - began:.0f} s, reset"
    finally:
        dripping.cancel()
        writer.close()


async def line(name: str, command: list[str], folder: str, most: float) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [word.replace("PORT", str(port)) for word in command]
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT / 'src'}"},
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                await asyncio.sleep(0.1)
        await asked(port, 8, 1)
        before = processor_seconds(server.pid)
        n = await asked(port, 32, 3)
        used = processor_seconds(server.pid) - before
        waits = await asyncio.gather(*(patience(port, *slow, most) for slow in SLOW.values()))
        return f"| {name} | {1e6 * used / n:.0f} | {' | '.join(waits)} |"
    finally:
        server.terminate()
        server.wait()


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="one that has the other servers")
    parser.add_argument("--most", type=float, default=45, help="seconds to wait for a slow one")
    options = parser.parse_args()
    print(f"| server | µs of processor | {' | '.join(SLOW)} |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(APPLICATION)
        (Path(folder) / "ours.py").write_text(OURS)
        for name, words in SERVERS.items():
            python = sys.executable if name == "majlis" else options.python
            print(await line(name, [python, *words], folder, options.most), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
