"""A bad network on demand: a TCP proxy that cuts, slows, delays, refuses and counts.

Browser throttling does not reach a service worker's own fetches, so slowness is made here. All
settings are attributes and may be changed while it runs; new connections meet the new ones.
"""

import asyncio
import random
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

HOST = "127.0.0.1"
CHUNK = 16 * 1024
Direction = Literal["request", "response"]


@dataclass
class Faults:
    """How bad the network is now. A cut leaves the peer with exactly the bytes before it."""

    offline: bool = False
    # Of all connections, the share that is cut, at a byte drawn from 0 to the window of its side.
    cut_requests: float = 0.0
    cut_responses: float = 0.0
    request_window: int = 16 * 1024
    response_window: int = 1024
    # The next connection whose response passes this many bytes is cut there; then it is None again.
    cut_response_once_after: int | None = None
    # In each direction, over all connections together; the latency is one way, in seconds.
    bytes_per_second: float | None = None
    latency: float = 0.0


@dataclass
class Counters:
    """What went through; a response's bytes include its headers."""

    connections: int = 0
    requests: int = 0
    responses: int = 0
    cuts: dict[Direction, int] = field(default_factory=lambda: {"request": 0, "response": 0})


class Proxy:
    """Listens on a port of its own before a server on `upstream`; a seed gives one schedule."""

    def __init__(self, upstream: int, *, seed: int = 0, port: int = 0) -> None:
        self.upstream = upstream
        self.port = port
        self.faults = Faults()
        self.count = Counters()
        # Of each connection from now on what the server said, where it is a list (tests/support/wire.py).
        self.heard: list[bytearray] | None = None
        self._random = random.Random(seed)
        self._free: dict[Direction, float] = {"request": 0.0, "response": 0.0}
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def go_offline(self) -> None:
        """Cut every connection now and refuse new ones."""
        self.faults.offline = True
        self._loop.call_soon_threadsafe(self._abort_all)

    def go_online(self) -> None:
        self.faults.offline = False

    def reset_counters(self) -> None:
        self.count = Counters()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        self._abort_all()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _abort_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self.count.connections += 1
        self._open.add(to_client)
        request_end, response_end = self._cut_points()
        try:
            if self.faults.offline:
                return
            # Making a connection takes a round trip of its own.
            await asyncio.sleep(2 * self.faults.latency)
            server, to_server = await asyncio.open_connection(HOST, self.upstream)
        except OSError:
            return
        else:
            self._open.add(to_server)
            await self._both_ways(
                Pipe(self, "request", client, to_server, request_end),
                Pipe(self, "response", server, to_client, response_end, self._ear()),
            )
            self._open.discard(to_server)
            to_server.transport.abort()
        finally:
            self._open.discard(to_client)
            to_client.transport.abort()

    async def _both_ways(self, *pipes: "Pipe") -> None:
        """Until the server has said all, or either side is cut."""
        request, response = (asyncio.ensure_future(pipe.run()) for pipe in pipes)
        done, _pending = await asyncio.wait(
            {request, response}, return_when=asyncio.FIRST_COMPLETED
        )
        if request in done and request.exception() is None:
            # The client sends no more, yet waits for its answer.
            await asyncio.wait({response})
        for task in (request, response):
            task.cancel()
        await asyncio.gather(request, response, return_exceptions=True)

    def _ear(self) -> bytearray | None:
        if self.heard is None:
            return None
        self.heard.append(bytearray())
        return self.heard[-1]

    def _cut_points(self) -> tuple[int | None, int | None]:
        """Drawn for every connection in the same order, so that a seed repeats its schedule."""
        faults = self.faults
        draws = [self._random.random() for _draw in range(4)]
        request = int(draws[1] * faults.request_window) if draws[0] < faults.cut_requests else None
        response = (
            int(draws[3] * faults.response_window) if draws[2] < faults.cut_responses else None
        )
        return request, response

    async def take_turn(self, direction: Direction, size: int) -> None:
        """Wait for this chunk's share of the line; the line is shared by all connections."""
        speed = self.faults.bytes_per_second
        if speed is None:
            return
        now = time.monotonic()
        self._free[direction] = max(now, self._free[direction]) + size / speed
        await asyncio.sleep(self._free[direction] - now)


class Cut(Exception):
    """The connection ends here."""


@dataclass
class Pipe:
    """One direction of one connection; `end` is the byte at which it is cut."""

    proxy: Proxy
    direction: Direction
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    end: int | None
    heard: bytearray | None = None
    sent: int = 0

    async def run(self) -> None:
        """Copy until the reader ends; raises Cut at the cut point, OSError when a side is gone."""
        self.writer.transport.set_write_buffer_limits(high=0)
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        reading = asyncio.ensure_future(self._read(line))
        try:
            while True:
                due, chunk = await line.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                if not chunk:
                    break
                await self._send(chunk)
        finally:
            reading.cancel()
        if self.writer.can_write_eof():
            self.writer.write_eof()

    async def _read(self, line: asyncio.Queue[tuple[float, bytes]]) -> None:
        try:
            while chunk := await self.reader.read(CHUNK):
                await line.put((time.monotonic() + self.proxy.faults.latency, chunk))
        except OSError:
            pass
        await line.put((time.monotonic() + self.proxy.faults.latency, b""))

    async def _send(self, chunk: bytes) -> None:
        end = self._end_now()
        if end is not None and self.sent + len(chunk) > end:
            chunk = chunk[: max(0, end - self.sent)]
        await self.proxy.take_turn(self.direction, len(chunk))
        self._write(chunk)
        await self.writer.drain()
        if end is not None and self.sent >= end:
            self.proxy.count.cuts[self.direction] += 1
            if end != self.end:
                self.proxy.faults.cut_response_once_after = None
            raise Cut

    def _end_now(self) -> int | None:
        once = self.proxy.faults.cut_response_once_after
        if self.direction == "request" or once is None:
            return self.end
        return once if self.end is None else min(once, self.end)

    def _write(self, chunk: bytes) -> None:
        """Counted first: whoever has read the bytes finds them counted."""
        self.sent += len(chunk)
        if self.direction == "request":
            self.proxy.count.requests += len(chunk)
        else:
            self.proxy.count.responses += len(chunk)
        if self.heard is not None:
            self.heard += chunk
        self.writer.write(chunk)
