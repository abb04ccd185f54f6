"""The table of the demo's domains: what each does wrong, and the words under which it is offered.

Every domain has the same servers: `imap.`, `pop.`, `smtp.` and `mail.` in front of its name, all at
one TEST-NET address, with all seven services published (RFC 6186, RFC 8314). A row tells only where
a domain differs. Anybody signs in as `anna@<domain>` with PASSWORD.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import ip_address

from .orders import Flaw

USER = 'anna'
PASSWORD = 'demo-password'

RECEIVING = ('imaps', 'imap', 'pop3s', 'pop3')
SENDING = ('submissions', 'submission')
UPGRADING = ('smtp', 'submission', 'imap', 'pop3')
SERVICES = ('smtp', *SENDING, *RECEIVING)


class Behaviour(Enum):
    """How one port of one domain behaves."""

    HEALTHY = 'healthy'
    NO_STARTTLS = 'no-starttls'  # no upgrade, and so no way to sign in
    PLAINTEXT = 'plaintext'  # never encrypted, not even where TLS belongs from the first byte
    CLEARTEXT = 'cleartext'  # passwords are welcome before the upgrade, too
    OTHER_MODE = 'other-mode'  # implicit TLS where STARTTLS belongs, and the other way round
    OLD_TLS = 'old-tls'  # nothing newer than TLS 1.1
    TLS13_ONLY = 'tls13-only'
    APP_PASSWORD = 'app-password'  # the right password is refused: two-step sign-in
    TOKEN = 'token'  # signs people in by OAuth2 alone
    SLOW = 'slow'  # greets after 12 seconds
    BUSY = 'busy'  # greets with a temporary failure and hangs up
    SILENT = 'silent'  # accepts the connection and says nothing
    WEB = 'web'  # an HTTP server
    REFUSED = 'refused'  # nobody listens
    NOT_OFFERED = 'not-offered'  # nobody listens, and DNS says so
    NO_ANSWER = 'no-answer'  # packets vanish, as behind a firewall


class Published(Enum):
    """What DNS tells about a domain's mail."""

    SRV = 'srv'
    USUAL_NAMES = 'usual-names'  # no SRV records, but the names everybody guesses
    WEBSITE = 'website'  # the domain itself has an address, and that is all
    NULL_MX = 'null-mx'  # no mail here (RFC 7505), and no servers
    NOTHING = 'nothing'  # there is no such domain
    FAILING = 'failing'  # its name servers answer every question with SERVFAIL


class Exchange(Enum):
    """Where DNS says that mail for a domain with servers goes."""

    OWN = 'own'
    REFUSING = 'refusing'  # nowhere (RFC 7505)
    UNNAMED = 'unnamed'  # no MX record


def on(behaviour: Behaviour, *services: str) -> dict[str, Behaviour]:
    """These services, all of them with one behaviour."""
    return dict.fromkeys(services, behaviour)


@dataclass(frozen=True)
class Domain:
    """One row of the table."""

    name: str
    label: str
    ports: Mapping[str, Behaviour] = field(default_factory=dict)
    flaw: Flaw = Flaw.NONE
    flaws: Mapping[str, Flaw] = field(
        default_factory=dict
    )  # of services with their own certificate
    published: Published = Published.SRV
    exchange: Exchange = Exchange.OWN
    second_address: Behaviour | None = None  # every port of a second address behaves so
    published_ports: Mapping[str, int] = field(default_factory=dict)  # where SRV names another one
    unpublished: tuple[str, ...] = ()  # services without an SRV record
    server_label: str | None = None  # one name for all services, instead of the usual ones
    alias_of: str | None = None  # the usual names are aliases of this one: a label, or a whole name
    certificate_name: str | None = None  # the one name of the certificate, under another domain
    ipv6: bool = False
    ipv6_behaviour: Behaviour | None = None  # every port of the IPv6 address behaves so
    sending_names: tuple[str, ...] = ('smtp',)  # which of its names have the sending services

    @property
    def has_servers(self) -> bool:
        return self.published in (Published.SRV, Published.USUAL_NAMES, Published.WEBSITE)

    def behaviour(self, service: str) -> Behaviour:
        return self.ports.get(service, Behaviour.HEALTHY)

    def host(self, label: str) -> str:
        return f'{label}.{self.name}'

    def server(self, service: str) -> str:
        """The server name that DNS publishes for a service."""
        if self.server_label is not None:
            return self.host(self.server_label)
        if service == 'smtp':
            return self.host('mail')
        if service in SENDING:
            return self.host('smtp')
        return self.host('imap' if service.startswith('imap') else 'pop')

    @property
    def names(self) -> tuple[str, ...]:
        if self.server_label is not None:
            return (self.host(self.server_label),)
        if self.published is Published.WEBSITE:
            return (self.name,)
        return (*(self.host(label) for label in ('imap', 'pop', 'smtp', 'mail')), self.name)

    @property
    def alias_target(self) -> str | None:
        if self.alias_of is None or '.' in self.alias_of:
            return self.alias_of
        return self.host(self.alias_of)

    @property
    def certificate_names(self) -> tuple[str, ...]:
        return self.names if self.certificate_name is None else (self.certificate_name,)

    @property
    def mail_address(self) -> str:
        return f'{USER}@{self.name}'


DOMAINS = (
    Domain('demo.test', 'Everything works', ipv6=True),
    Domain(
        'expired.demo.test',
        'The certificate has expired',
        flaw=Flaw.EXPIRED,
    ),
    Domain(
        'wrong-name.demo.test',
        'The certificate is for another name, which works',
        flaw=Flaw.WRONG_NAME,
    ),
    Domain(
        'self-signed.demo.test',
        'The certificate is signed by nobody but itself',
        flaw=Flaw.SELF_SIGNED,
    ),
    Domain(
        'unknown-issuer.demo.test',
        'The certificate comes from an authority nobody knows',
        flaw=Flaw.UNKNOWN_ISSUER,
    ),
    Domain(
        'incomplete-chain.demo.test',
        'The server forgets to send the intermediate certificate',
        flaw=Flaw.INCOMPLETE_CHAIN,
    ),
    Domain(
        'not-yet-valid.demo.test',
        'The certificate is not valid yet',
        flaw=Flaw.NOT_YET_VALID,
    ),
    Domain(
        'expires-soon.demo.test',
        'The certificate expires within days',
        flaw=Flaw.EXPIRES_SOON,
    ),
    Domain(
        'port25-blocked.demo.test',
        'Port 25 is blocked, as on most home networks',
        ports=on(Behaviour.NO_ANSWER, 'smtp'),
    ),
    Domain(
        'refused.demo.test',
        'Sending is refused on 465 and 587, receiving works',
        ports=on(Behaviour.REFUSED, *SENDING),
    ),
    Domain(
        'moved.demo.test',
        'Sending is refused at smtp., but served at mail.',
        published=Published.USUAL_NAMES,
        sending_names=('mail',),
    ),
    Domain(
        'swapped.demo.test',
        '465 speaks STARTTLS and 587 speaks TLS from the first byte',
        ports=on(Behaviour.OTHER_MODE, *SENDING),
    ),
    Domain(
        'no-starttls.demo.test',
        'The STARTTLS ports offer no encryption',
        ports=on(Behaviour.NO_STARTTLS, *UPGRADING),
    ),
    Domain(
        'cleartext.demo.test',
        'Passwords may travel unencrypted',
        ports=on(Behaviour.CLEARTEXT, 'submission', 'imap', 'pop3'),
    ),
    Domain(
        'implicit-only.demo.test',
        'The older ports 110 and 143 are switched off',
        ports=on(Behaviour.NOT_OFFERED, 'imap', 'pop3'),
    ),
    Domain(
        'silent.demo.test',
        '143 and 587 accept the call and never speak, 25 does not answer',
        ports={**on(Behaviour.SILENT, 'imap', 'submission'), **on(Behaviour.NO_ANSWER, 'smtp')},
    ),
    Domain(
        'slow.demo.test',
        'Every server takes 12 seconds to say hello',
        ports=on(Behaviour.SLOW, *SERVICES),
    ),
    Domain(
        'busy.demo.test',
        'Every server says: too busy, come back later',
        ports=on(Behaviour.BUSY, *SERVICES),
    ),
    Domain(
        'old-tls.demo.test',
        'The server knows only TLS 1.0 and 1.1',
        ports=on(Behaviour.OLD_TLS, *SERVICES),
    ),
    Domain(
        'tls13-only.demo.test',
        'The server accepts only TLS 1.3',
        ports=on(Behaviour.TLS13_ONLY, *SERVICES),
    ),
    Domain(
        'app-password.demo.test',
        'The right password is refused: two-step sign-in wants an app password',
        ports=on(Behaviour.APP_PASSWORD, *SENDING, *RECEIVING),
    ),
    Domain(
        'half-down.demo.test',
        'One of the two addresses of the servers is down',
        second_address=Behaviour.REFUSED,
    ),
    Domain(
        'usual-names.demo.test',
        'No settings published, but the usual names work',
        published=Published.USUAL_NAMES,
    ),
    Domain(
        'srv-only.demo.test',
        'A server name nobody would guess, published in DNS',
        server_label='post',
    ),
    Domain(
        'alias.demo.test',
        'The usual names are aliases of one server',
        published=Published.USUAL_NAMES,
        alias_of='cluster',
    ),
    Domain(
        'hosted.demo.test',
        "The usual names are aliases of a hosting company's server",
        published=Published.USUAL_NAMES,
        alias_of='mx7.hoster.test',
        certificate_name='mx7.hoster.test',
    ),
    Domain(
        'stranger.demo.test',
        "A stranger's server answers, with a good certificate for its own name",
        published=Published.USUAL_NAMES,
        certificate_name='mail.evil-box.test',
    ),
    Domain(
        'submission-465.demo.test',
        'Port 465 published under the label of 587',
        ports=on(Behaviour.REFUSED, 'submission'),
        published_ports={'submission': 465},
        unpublished=('submissions',),
    ),
    Domain(
        'odd-port.demo.test',
        'Receiving is published on a port that is no mail port',
        ports=on(Behaviour.REFUSED, *RECEIVING),
        published_ports={'imaps': 9933},
        unpublished=('imap', 'pop3s', 'pop3'),
    ),
    Domain(
        'ipv6-broken.demo.test',
        'IPv4 works, the IPv6 address refuses',
        ipv6=True,
        ipv6_behaviour=Behaviour.REFUSED,
    ),
    Domain(
        'web.demo.test',
        'A web server answers on the mail ports',
        ports=on(Behaviour.WEB, *SERVICES),
    ),
    Domain(
        'refused-everywhere.demo.test',
        'No mail server at all: every port refuses',
        published=Published.USUAL_NAMES,
        ports=on(Behaviour.REFUSED, *SERVICES),
    ),
    Domain(
        'pop3-only.demo.test',
        'Receiving works by POP3 alone, IMAP is not offered',
        published=Published.USUAL_NAMES,
        ports=on(Behaviour.REFUSED, 'imaps', 'imap'),
    ),
    Domain(
        'imap-expired.demo.test',
        'The certificate for IMAP has expired, that for POP3 has not',
        flaws=dict.fromkeys(('imaps', 'imap'), Flaw.EXPIRED),
    ),
    Domain(
        'starttls-only.demo.test',
        'Only the ports with STARTTLS are offered',
        ports=on(Behaviour.NOT_OFFERED, 'imaps', 'pop3s', 'submissions'),
    ),
    Domain(
        'token.demo.test',
        'The servers take no passwords, only OAuth2',
        ports=on(Behaviour.TOKEN, *SENDING, *RECEIVING),
    ),
    Domain(
        'xn--bcher-kva.demo.test',
        'A domain with an umlaut, bücher.demo.test: no mail server takes mail to send',
        ports=on(Behaviour.REFUSED, *SENDING),
    ),
    Domain(
        'no-mail.demo.test',
        'The domain says that it takes no mail',
        published=Published.NULL_MX,
    ),
    Domain(
        'older-refused.demo.test',
        'The older ports 110 and 143 refuse, and DNS does not say so',
        ports=on(Behaviour.REFUSED, 'imap', 'pop3'),
    ),
    Domain(
        'older-silent.demo.test',
        'The older ports 110 and 143 swallow the call, as at Gmail',
        ports=on(Behaviour.NO_ANSWER, 'imap', 'pop3'),
    ),
    Domain(
        'plaintext.demo.test',
        'Receiving is never encrypted, not even on 993 and 995',
        ports=on(Behaviour.PLAINTEXT, *RECEIVING),
    ),
    Domain(
        'plain-submission.demo.test',
        'Sending is only possible without encryption',
        ports={
            **on(Behaviour.REFUSED, 'submissions'),
            **on(Behaviour.NO_STARTTLS, 'submission'),
        },
    ),
    Domain(
        'takes-no-mail.demo.test',
        'The domain says that it takes no mail, and its servers work',
        exchange=Exchange.REFUSING,
    ),
    Domain(
        'no-mx.demo.test',
        'The usual names work, and no server takes mail from others',
        published=Published.USUAL_NAMES,
        exchange=Exchange.UNNAMED,
        ports=on(Behaviour.REFUSED, 'smtp'),
    ),
    Domain(
        'silent-everywhere.demo.test',
        'Nothing answers on any port',
        ports=on(Behaviour.NO_ANSWER, *SERVICES),
    ),
    Domain(
        'website.demo.test',
        'A website without mail',
        published=Published.WEBSITE,
        exchange=Exchange.UNNAMED,
        ports=on(Behaviour.REFUSED, *SERVICES),
    ),
    Domain(
        'no-such-domain.demo.test',
        'The domain does not exist',
        published=Published.NOTHING,
    ),
    Domain(
        'name-servers-down.demo.test',
        'The name servers of the domain fail',
        published=Published.FAILING,
    ),
    Domain(
        'gmial.con',
        'The address is mistyped',
        published=Published.NOTHING,
    ),
)


@dataclass(frozen=True)
class Address:
    """One address of a domain, and the names that lead to it."""

    domain: Domain
    ip: str
    names: tuple[str, ...]
    ports: Mapping[str, Behaviour]


def addresses(domains: tuple[Domain, ...] = DOMAINS) -> list[Address]:
    """Every address, in the table's order: from 192.0.2.10 and 2001:db8::10 upwards."""
    found: list[Address] = []
    next_v4 = ip_address('192.0.2.10')
    next_v6 = ip_address('2001:db8::10')
    for domain in domains:
        if not domain.has_servers:
            continue
        ports = {service: domain.behaviour(service) for service in SERVICES}
        without_sending = {**ports, **on(Behaviour.REFUSED, *SENDING)}
        senders = {domain.host(label) for label in domain.sending_names}
        moved = domain.server_label is None and senders.isdisjoint({domain.server('submission')})
        elsewhere = tuple(name for name in domain.names if name not in senders)
        sites = [(domain.names, ports)]
        if moved:
            sites = [(elsewhere, without_sending), (tuple(senders), ports)]
        if domain.second_address is not None:
            sites.append((domain.names, on(domain.second_address, *SERVICES)))
        for names, behaviours in sites:
            found.append(Address(domain, str(next_v4), names, behaviours))
            next_v4 += 1
            if domain.ipv6:
                v6 = domain.ipv6_behaviour
                on_v6 = behaviours if v6 is None else on(v6, *SERVICES)
                found.append(Address(domain, str(next_v6), names, on_v6))
                next_v6 += 1
    return found
