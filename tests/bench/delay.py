"""Puts a network between the bridge and its targets: `delay.py MILLISECONDS CONFIG OUT`.

Reads a bridge's TOML with a `forward` table and a resolver, and writes the same one to OUT with
each target behind a relay of its own. A relay is as far away as MILLISECONDS of round trip say: a
connection takes one to be established, and every byte half of one in each direction. Prints
`ready`; runs until it is killed.
"""

from __future__ import annotations

import asyncio
import json
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
        loop = asyncio.get_running_loop()
        # The handshake of TCP: what the client says meanwhile waits on its own side.
        established = loop.time() + self._round_trip
        await asyncio.sleep(self._round_trip / 2)
        try:
            far = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()  # nothing stands for "refused" once it is accepted
            return
        await asyncio.gather(
            self._carry(reader, far[1], established), self._carry(far[0], writer, 0.0)
        )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, not_before: float
    ) -> None:
        """Bytes come in order, each half a round trip after it left."""
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def take() -> None:
            data = b'-'
            while data:
                try:
                    data = await reader.read(PIECE)
                except OSError:
                    data = b''
                left = max(loop.time(), not_before)
                queue.put_nowait((left + self._round_trip / 2, data))

        taking = asyncio.create_task(take())
        while True:
            when, data = await queue.get()
            await asyncio.sleep(max(0.0, when - loop.time()))
            if not data:
                break
            writer.write(data)
        await taking
        writer.close()


async def main(milliseconds: float, config: Path, out: Path) -> None:
    settings = tomllib.loads(config.read_text())
    forward = settings.pop('forward')
    limits = settings.pop('limits', {})
    far = {}
    for target in {*forward.values(), settings['resolver']}:
        far[target] = await Relay(target, milliseconds / 1000).listen()
    settings |= {'listen': 'localhost:0', 'resolver': far[settings['resolver']]}
    lines = [f'{key} = {json.dumps(value)}' for key, value in settings.items()]
    lines += ['[limits]', *(f'{key} = {value}' for key, value in limits.items())]
    lines += ['[forward]', *(f'{json.dumps(k)} = {json.dumps(far[v])}' for k, v in forward.items())]
    out.write_text('\n'.join(lines) + '\n')
    print('ready', flush=True)
    await asyncio.Event().wait()


if __name__ == '__main__':
    asyncio.run(main(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
