"""Says who the bridge is: to pages what a check needs to know of it, to people what this is.

Whoever runs a mail server finds the name in the log, and under it a page with the way to be left
alone.
"""

from __future__ import annotations

import html
import json
import string
from importlib import resources

from bridge import origin as origins
from bridge.config import Config
from bridge.selftest import Outcome

ABOUT_PATH = '/about'

_PAGE = string.Template(resources.files('bridge').joinpath('about.html').read_text('utf-8'))


def facts(config: Config, tested: Outcome | None, around: list[str]) -> bytes:
    """What pages ask for, as JSON.

    `around` are the origins of the pages that have the check in a frame, or its script: the answer
    says whether the operator lists all of them. Which others are listed is nobody's business.
    """
    told: dict[str, object] = {
        'helo': config.helo,
        'about': ABOUT_PATH if config.contact else None,
        'tickets': config.tickets is not None,
    }
    if around:
        listed = config.rules.origins or frozenset()
        told['listed'] = all(origins.normalise(one) in listed for one in around)
    if tested is not None:
        told['tested'] = tested.message()
    return json.dumps(told).encode('ascii')


def page(config: Config) -> bytes | None:
    """The page for people; None where the operator named nobody to write to."""
    if config.contact is None:
        return None
    contact = html.escape(config.contact)
    link = contact if config.contact.startswith('https://') else f'mailto:{contact}'
    named = ''
    if config.helo:
        named = f', by a client that calls itself <strong>{html.escape(config.helo)}</strong>'
    return _PAGE.substitute(
        by_name=named,
        ports=', '.join(map(str, sorted(config.rules.ports))),
        per_minute=config.limits.target_per_minute,
        at_once=config.limits.target_connections,
        contact=f'<a href="{link}">{contact}</a>',
    ).encode()
