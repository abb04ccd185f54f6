"""Says who the bridge is: to pages the name to introduce themselves by, to people what this is.

Whoever runs a mail server finds the name in the log, and under it a page with the way to be left
alone.
"""

import html
import json
import string
from importlib import resources

from bridge.config import Config

ABOUT_PATH = '/about'

_PAGE = string.Template(resources.files(__package__).joinpath('about.html').read_text('utf-8'))


def facts(config: Config) -> bytes:
    """What pages ask for, as JSON."""
    about = ABOUT_PATH if config.contact else None
    return json.dumps({'helo': config.helo, 'about': about}).encode('ascii')


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
