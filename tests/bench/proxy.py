"""Puts HAProxy, as in `bridge/deploy/`, and a network before a bridge: `proxy.py CONFIG MS ALPN`.

CONFIG is a bridge's TOML, whose bridge is started here; ALPN is what HAProxy offers, as shipped
`h2,http/1.1`. Prints the URL, from which HAProxy is so far away as MS of round trip say, and the
SHA-256 of the certificate's key; runs until it is killed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.delay import Relay, precise_loop  # noqa: E402
from tests.deploy import proxies  # noqa: E402
from tests.deploy.test_deploy import free_port, listening  # noqa: E402

SHIPPED = 'alpn h2,http/1.1'


async def main(config: Path, milliseconds: float, alpn: str, folder: Path) -> None:
    bridge, plain, tls, peers = (free_port() for _ in range(4))
    lines = config.read_text().split('\n')
    settings = [f'listen = "127.0.0.1:{bridge}"']
    # The page is elsewhere than the bridge knows.
    settings += ['origins = ["*"]', *(line for line in lines if not line.startswith('listen'))]
    own = folder / 'bridge.toml'
    own.write_text('\n'.join(settings))
    cert, key = proxies.certificate(folder)
    file = proxies.haproxy_settings(folder, cert, key, (plain, tls, peers), [bridge])
    text = file.read_text()
    if SHIPPED not in text:
        raise ValueError(f'haproxy.cfg: expected {SHIPPED}')
    file.write_text(text.replace(SHIPPED, f'alpn {alpn}'))
    words = ['/usr/bin/python3', '-m', 'bridge', '--config', str(own)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL) as serving:
        try:
            words = proxies.command('haproxy', '-L', 'here', '-f', str(file), '-db')
            with proxies.running(*words):
                while not (listening(tls) and listening(bridge)):
                    await asyncio.sleep(0.05)
                at = await Relay(f'127.0.0.1:{tls}', milliseconds / 1000).listen()
                print(f'https://{at}/ {hash_of_key(cert)}', flush=True)
                await asyncio.Event().wait()
        finally:
            serving.terminate()


def hash_of_key(cert: Path) -> str:
    """In base64, of its SubjectPublicKeyInfo."""
    key = load_pem_x509_certificate(cert.read_bytes()).public_key()
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(info).digest()).decode()


def end(*_: object) -> None:
    raise SystemExit


if __name__ == '__main__':
    signal.signal(signal.SIGTERM, end)
    with tempfile.TemporaryDirectory() as made, asyncio.Runner(loop_factory=precise_loop) as runner:
        runner.run(main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3], Path(made)))
