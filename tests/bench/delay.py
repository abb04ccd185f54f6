"""Puts a network between the bridge and its targets: `delay.py MILLISECONDS CONFIG OUT`.

Reads a bridge's TOML with a `forward` table and a resolver, and writes the same one to OUT with
each target behind a relay of its own. A relay is as far away as MILLISECONDS of round trip say: the
client may speak after one, the server after one and a half (it sees the client's acknowledgement
then), and every byte takes half of one. Prints `ready`; runs until it is killed.
"""

from __future__ import annotations

import asyncio
import json
import selectors
import sys
import tomllib
from pathlib import Path

PIECE = 65536


class Relay:
    """One listening port that leads to another one, from afar."""

    def __init__(self, target: str, round_trip: float) -> None:
        self._host, _, port = target.rpartition(':')
        self._port = int(port)
        self._round_trip = round_trip

    async def listen(self) -> str:
        server = await asyncio.start_server(self._serve, '127.0.0.1', 0)
        return f'127.0.0.1:{server.sockets[0].getsockname()[1]}'

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        now = asyncio.get_running_loop().time()
        # The client may speak when the SYN is answered, and the server when that was acknowledged.
        established, accepted = now + self._round_trip, now + 1.5 * self._round_trip
        up = Way(reader, self._round_trip, established)
        await asyncio.sleep(1.5 * self._round_trip)
        try:
            far = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()  # nothing stands for "refused" once it is accepted
            up.end()
            return
        down = Way(far[0], self._round_trip, accepted)
        await asyncio.gather(up.lead_to(far[1]), down.lead_to(writer))


class Way:
    """One direction: bytes come in order, each half a round trip after it left."""

    def __init__(self, reader: asyncio.StreamReader, round_trip: float, not_before: float) -> None:
        self._reader = reader
        self._half = round_trip / 2
        self._not_before = not_before
        self._under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        self._taking = asyncio.create_task(self._take())

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        data = b'-'
        while data:
            try:
                data = await self._reader.read(PIECE)
            except OSError:
                data = b''
            left = max(loop.time(), self._not_before)
            self._under_way.put_nowait((left + self._half, data))

    async def lead_to(self, writer: asyncio.StreamWriter) -> None:
        """Until the end of what is said."""
        loop = asyncio.get_running_loop()
        while True:
            when, data = await self._under_way.get()
            await asyncio.sleep(max(0.0, when - loop.time()))
            if not data:
                break
            writer.write(data)
        await self._taking
        writer.close()

    def end(self) -> None:
        """Read no more."""
        self._taking.cancel()


def pair(key: str, value: object) -> str:
    """A line of TOML; what JSON writes is right there, too, but for tables."""
    return f'{json.dumps(key)} = {json.dumps(value)}'


async def main(milliseconds: float, config: Path, out: Path) -> None:
    settings = tomllib.loads(config.read_text())
    far = {}
    for target in {*settings['forward'].values(), settings['resolver']}:
        far[target] = await Relay(target, milliseconds / 1000).listen()
    settings['forward'] = {name: far[target] for name, target in settings['forward'].items()}
    settings |= {'listen': 'localhost:0', 'resolver': far[settings['resolver']]}
    tables = {name: table for name, table in settings.items() if isinstance(table, dict)}
    lines = [pair(*item) for item in settings.items() if item[0] not in tables]
    for name, table in tables.items():
        lines += [f'[{name}]', *(pair(*item) for item in table.items())]
    out.write_text('\n'.join(lines) + '\n')
    print('ready', flush=True)
    await asyncio.Event().wait()


def precise_loop() -> asyncio.AbstractEventLoop:
    """A loop whose timers are not late: epoll's are rounded up to a millisecond, on each way."""
    return asyncio.SelectorEventLoop(selectors.SelectSelector())


if __name__ == '__main__':
    with asyncio.Runner(loop_factory=precise_loop) as runner:
        runner.run(main(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
