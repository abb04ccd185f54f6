"""The bridge under load, beside stock websockify in both of its modes and the least relay in C.

bridge.py [--long] [SUBJECT…]    prints what each takes, and how that compares; all on loopback

    connections   upgraded, greeted by the server, closed: per second of the process's own CPU time
    idle          memory for each connection to a server that says nothing
    added         to a round trip of 64 bytes, by the way through it
    3 MB          how much of an answer of so many bytes is there before the close

and of the bridge alone:

    workers       connections for each second of CPU time of the busiest of two, beside those of one
    strayed       of many connections to many servers, how many came to another than was named
    burst         of others' sessions while 10,000 connections come at once and say nothing

CPU time and not the clock counts where both could, so that the load itself does not.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / 'tests' / 'bridge'))

from bridge_with_targets import ANSWER, echo  # noqa: E402
from harness import BINARY, Client, frame, free_ports  # noqa: E402

from bridge import tickets  # noqa: E402

PROGRAMS = ROOT / 'build' / 'bench'
PYTHON = '/usr/bin/python3'
TICKS = os.sysconf('SC_CLK_TCK')
ANSWER_BYTES = 3 * 1024 * 1024
SECONDS = 120  # for any one step
AT_ONCE = 32
ROUNDS = 1500
# Of a process's descriptors: what is not for connections.
SPARE_DESCRIPTORS = 600
GREETING = b'220 hello 0\r\n'
SERVERS = 16
STRAY, STRAY_LONG = 10_000, 100_000
BURST = 10_000
IDLE = 10_000
HELLO = b'\x16\x03\x01\x00\x04\x01\x00\x00\x00'
RECORD = b'\x17\x03\x03\x00\x3b' + bytes(59)


@dataclass
class Subject:
    """What is measured: a running process, and how to go through it."""

    name: str
    pid: int
    port: int
    echo: str | None  # the token for each target, `%` its number; none where it has but one
    answer: str | None
    ticket: str | None = None


@dataclass(frozen=True)
class Kind:
    """A way to start one, and how much of it is asked."""

    start: Callable[..., contextlib.AbstractContextManager[Subject]]
    connections: int
    idle: int


@contextlib.contextmanager
def process(*command: str) -> Iterator[subprocess.Popen]:
    """One in a group of its own, which ends with it."""
    made = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield made
    finally:
        os.killpg(made.pid, signal.SIGKILL)
        made.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def await_port(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        if time.monotonic() > deadline:
            raise TimeoutError(f'nobody at port {port}')
        time.sleep(0.05)


# What a client may do stays as it is but for the one that all tickets are for.
OF_THE_LOAD = (
    'client_connections = 50000\nclient_requests = 50000\n'
    'client_mail_per_hour = 1000000\n'
    'target_per_minute = 1000000\ntarget_connections = 50000\n'
    'bytes_up_receive = 1048576\n'
)


@contextlib.contextmanager
def the_bridge(
    echoes: list[int], answer: int, workers: int = 1, limits: str | None = None
) -> Iterator[Subject]:
    """Ours, with all that an operator can ask of it."""
    if limits is None:
        limits = f'connections = {workers * idle_most()}\n{OF_THE_LOAD}'
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = {'kty': 'oct', 'k': 'A' * 43}
        (folder / 'tickets.jwk').write_text(json.dumps(key))
        (folder / 'opt-out.txt').write_text('198.20.0.0/24\n' * 50)
        port = free_port()
        origin = f'http://127.0.0.1:{port}'
        (folder / 'bridge.toml').write_text(
            f'listen = "127.0.0.1:{port}"\n'
            f'metrics = "127.0.0.1:{free_ports(workers)}"\n'
            f'origins = ["{origin}"]\n'
            'opt_out = "opt-out.txt"\n'
            'deny = ["198.20.1.0/24"]\n'
            'resolver = "127.0.0.1:1"\n'
            'helo = "check.example.net"\n'
            + ('' if workers == 1 else f'workers = {workers}\n')
            + '[tickets]\nkeys = ["tickets.jwk"]\n'
            f'[limits]\n{limits}'
        )
        config = str(folder / 'bridge.toml')
        script = str(ROOT / 'tests/bench/bridge_with_targets.py')
        with process(PYTHON, script, config, str(answer), *map(str, echoes)) as made:
            if not made.stdout.readline():
                raise ChildProcessError(f'no bridge at port {port}')
            keys = tickets.load_keys(folder / 'tickets.jwk')
            networks = [f'127.1.{number}.0/24' for number in range(4)]
            yield Subject('bridge', made.pid, port, echo('%'), ANSWER, sign(keys, networks, origin))


def sign(keys: tuple, networks: list[str], origin: str) -> str:
    """A ticket for all that the load comes from."""
    made = tickets.JWT(
        header={'alg': tickets.ALGORITHM},
        claims={
            'aud': tickets.AUDIENCE,
            'exp': int(time.time()) + 3000,
            'origin': origin,
            'net': networks,
        },
    )
    made.make_signed_token(keys[0])
    return made.serialize()


@contextlib.contextmanager
def stock(name: str, *options: str, echoes: list[int], answer: int) -> Iterator[Subject]:
    """websockify as it comes, once for each of the two targets."""
    port, other = free_port(), free_port()
    words = [PYTHON, '-m', 'websockify', *options]
    with (
        process(*words, f'127.0.0.1:{port}', f'127.0.0.1:{echoes[0]}') as made,
        process(*words, f'127.0.0.1:{other}', f'127.0.0.1:{answer}'),
    ):
        await_port(port)
        await_port(other)
        yield Subject(name, made.pid, port, None, str(other))


@contextlib.contextmanager
def relay(echoes: list[int], answer: int) -> Iterator[Subject]:
    """The least relay in C, once for each."""
    program = str(PROGRAMS / 'relay')
    with process(program, str(echoes[0])) as made, process(program, str(answer)) as other:
        port = int(made.stdout.readline())
        yield Subject('relay in C', made.pid, port, None, other.stdout.readline().strip())


KINDS = {
    'bridge': Kind(the_bridge, 6000, 10_000),
    'threads': Kind(lambda **to: stock('stock threads', '--libserver', **to), 3000, 400),
    'fork': Kind(lambda **to: stock('stock fork', **to), 300, 300),
    'relay': Kind(relay, 10_000, 2000),
}


def idle_most() -> int:
    """How many connections the descriptors of a process allow, two of them for each."""
    return min(IDLE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1] - SPARE_DESCRIPTORS) // 2)


def family(pid: int) -> list[int]:
    """The process and all that came of it."""
    children = Path(f'/proc/{pid}/task/{pid}/children')
    try:
        named = children.read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in named for one in family(int(child)))]


def own_cpu_seconds(pid: int, with_children: bool) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
        return sum(map(int, fields[11:15] if with_children else fields[11:13])) / TICKS
    return 0.0


def cpu_seconds(pid: int) -> float:
    """What it has used, and those that it started."""
    return sum(own_cpu_seconds(one, with_children=one == pid) for one in family(pid))


def memory(pid: int) -> int:
    """Bytes that are theirs."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            for line in Path(f'/proc/{one}/smaps_rollup').read_text().splitlines():
                if line.startswith('Pss:'):
                    total += int(line.split()[1]) * 1024
    return total


def open_one(to: Subject, token: str | None, port: int | None = None, number: int = 0) -> Client:
    """A client of one of many addresses, to the first of the servers."""
    source = f'127.1.{number // 250 % 2}.{number % 250 + 1}'
    token = token and token.replace('%', '0')
    return Client(port or to.port, token, source=source, ticket=to.ticket)


def run_load(to: Subject, count: int, servers: int = 1) -> int:
    """So many connections, none of which may fail; how many of them strayed."""
    path = '/bridge' + (f'?token={to.echo}' if to.echo else '')
    words = [str(PROGRAMS / 'load'), str(to.port), path, str(servers), str(count), str(AT_ONCE)]
    if to.ticket:
        words.append(f'Sec-WebSocket-Protocol: mail-port-check, ticket.{to.ticket}')
    done = subprocess.run(words, capture_output=True, check=True, timeout=SECONDS)
    finished, strayed, failed = map(int, done.stdout.split())
    if failed:
        raise AssertionError(f'{to.name}: {failed} of {finished + strayed + failed} failed')
    return strayed


def measure_rate(to: Subject, count: int) -> float:
    """Connections per second of CPU time."""
    run_load(to, min(count // 10, 200))  # what is only paid once
    before = cpu_seconds(to.pid)
    run_load(to, count)
    return count / (cpu_seconds(to.pid) - before)


def measure_idle(to: Subject, count: int) -> tuple[float, int]:
    """Bytes for each of so many connections, which may be fewer than asked for."""
    count = min(count, len(family(to.pid)) * idle_most() - 64)
    with contextlib.ExitStack() as stack:
        for number in range(20):
            stack.enter_context(open_one(to, to.echo, number=number))
        time.sleep(0.5)
        before = memory(to.pid)
        for number in range(count):
            client = stack.enter_context(open_one(to, to.echo, number=number))
            await_greeting(client)
        time.sleep(0.5)
        return (memory(to.pid) - before) / count, count


def await_greeting(client: Client) -> None:
    heard = b''
    while GREETING not in heard:
        opcode, payload = client.receive()
        heard += payload if opcode == BINARY else b''


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 99th of a hundred."""
    return statistics.median(times), sorted(times)[len(times) * 99 // 100]


def round_trips(connection: socket.socket, sent: bytes, expected: int) -> list[float]:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        connection.sendall(sent)
        heard = 0
        while heard < expected:
            heard += len(connection.recv(4096))
        times.append(time.perf_counter() - began)
    return times[ROUNDS // 10 :]


def measure_latency(to: Subject, echo: int) -> tuple[float, float]:
    """Seconds that the way through it adds: at the median, and in the worst of a hundred."""
    with socket.create_connection(('127.0.0.1', echo)) as direct:
        direct.recv(100)
        median, worst = quantiles(round_trips(direct, RECORD, len(RECORD)))
    with open_one(to, to.echo) as client:
        await_greeting(client)
        client.send(HELLO)
        client.data(len(HELLO))
        through = quantiles(round_trips(client.socket, frame(RECORD), len(RECORD) + 2))
    return through[0] - median, through[1] - worst


def measure_answer(to: Subject) -> int:
    """How much of the answer is there at the end."""
    stock_port = None if to.echo else int(to.answer)
    received = 0
    with open_one(to, to.answer if to.echo else None, stock_port) as client:
        time.sleep(0.3)
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                opcode, payload = client.receive()
                if opcode == BINARY:
                    received += len(payload)
                elif opcode == 8:
                    break
    return received


def compare(names: list[str], echoes: list[int], answer: int) -> float:
    """Each beside the bridge; the rate of the bridge."""
    figures = {}
    for name in names:
        kind = KINDS[name]
        with kind.start(echoes=echoes, answer=answer) as subject:
            rate = measure_rate(subject, kind.connections)
            added, worst = measure_latency(subject, echoes[0])
            arrived = measure_answer(subject)
            each, count = measure_idle(subject, kind.idle)
        figures[name] = rate, added
        print(
            f'{subject.name}: {rate:.0f} connections/s of one core; {each / 1000:.1f} kB for '
            f'each of {count} idle; {added * 1e6:.0f} µs added at the median, '
            f'{worst * 1e6:.0f} at p99; {arrived / ANSWER_BYTES:.0%} of 3 MB',
            flush=True,
        )
    rate, added = figures.pop('bridge', (0.0, 0.0))
    for name, (other, other_added) in figures.items() if rate else ():
        print(
            f'bridge / {name}: {rate / other:.2f} times the connections, '
            f'{added / other_added:.2f} times what is added',
            flush=True,
        )
    return rate


def measure_workers(to: Subject, count: int) -> float:
    """Connections per second of CPU time of the busiest worker: what bounds them all."""
    workers = family(to.pid)[1:]
    run_load(to, 400)
    before = [own_cpu_seconds(one, with_children=False) for one in workers]
    run_load(to, count)
    after = [own_cpu_seconds(one, with_children=False) for one in workers]
    return count / max(end - start for start, end in zip(before, after, strict=True))


def silent_burst(port: int, count: int) -> contextlib.ExitStack:
    """So many connections at once, each of an address of its own; they say nothing."""
    stack = contextlib.ExitStack()
    for number in range(count):
        one = stack.enter_context(socket.socket())
        one.setblocking(False)
        one.bind((f'127.2.{number // 250}.{number % 250 + 1}', 0))
        one.connect_ex(('127.0.0.1', port))
    return stack


def measure_burst(to: Subject) -> str:
    """Sessions of others beside a burst: how many fail, what the slowest takes; and the memory."""

    def sessions(numbers: range) -> list[float]:
        served = []
        for number in numbers:
            began = time.perf_counter()
            with contextlib.suppress(AssertionError, EOFError, OSError):
                with open_one(to, to.echo, number=number) as client:
                    await_greeting(client)
                served.append(time.perf_counter() - began)
        return served

    before = memory(to.pid)
    alone = sessions(range(100))
    began = time.monotonic()
    others = range(100, 300)
    with silent_burst(to.port, BURST):
        beside = sessions(others)
        held = memory(to.pid) - before
        lasted = time.monotonic() - began
    return (
        f'{BURST} connections that say nothing, from as many addresses, within {lasted:.1f} s: '
        f'{len(beside)} of {len(others)} sessions of others were served, the slowest in '
        f'{max(beside) * 1e3:.0f} ms ({max(alone) * 1e3:.0f} before); {held / 1e6:.1f} MB more'
    )


def measure_bridge(echoes: list[int], answer: int, rate: float, long: bool) -> None:
    """What is asked of the bridge alone."""
    with the_bridge(echoes, answer, workers=2) as subject:
        both = measure_workers(subject, 2 * KINDS['bridge'].connections)
        print(f'two workers: {both / rate:.2f} times the connections of one', flush=True)
        count = STRAY_LONG if long else STRAY
        strayed = run_load(subject, count, len(echoes))
        print(f'{strayed} of {count} connections to {len(echoes)} servers strayed', flush=True)
        each, count = measure_idle(subject, IDLE + 64)
        print(f'two workers: {each / 1000:.1f} kB for each of {count} idle', flush=True)
        if strayed:
            raise AssertionError(f'{strayed} connections came to another server than was named')
    # Limits as they come, but for the rate of the one target.
    with the_bridge(echoes, answer, limits='target_per_minute = 1000\n') as subject:
        print(measure_burst(subject))


def main(arguments: list[str]) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    long = '--long' in arguments
    names = [name for name in arguments if name != '--long'] or list(KINDS)
    with process(str(PROGRAMS / 'target'), str(ANSWER_BYTES), str(SERVERS)) as target:
        answer, *echoes = map(int, target.stdout.readline().split())
        rate = compare(names, echoes, answer)
        if 'bridge' in names:
            measure_bridge(echoes, answer, rate, long)


if __name__ == '__main__':
    main(sys.argv[1:])
