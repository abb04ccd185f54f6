import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../../../web/input/address.js';
import { discover, namesUnder } from '../../../web/discover/discover.js';
import { readPreset } from '../../../web/config/preset.js';
import { vouchedBy } from '../../../web/discover/vouching.js';
import { tables } from '../fixtures/tables.js';

/** A resolver that answers from a zone: {'name TYPE': records}; a missing name does not exist. */
function fakeResolver(zone) {
  const asked = [];
  return {
    asked,
    async resolve(name, type) {
      asked.push(`${name} ${type}`);
      const entry = zone[`${name} ${type}`];
      if (typeof entry === 'string') return { outcome: entry, records: [], args: {}, aliases: [] };
      const aliases = zone[`${name} CNAME`] ?? [];
      if (entry) return { outcome: 'answer', records: entry, args: {}, aliases };
      const exists = Object.keys(zone).some((key) => key.split(' ')[0] === name);
      return { outcome: exists ? 'no-data' : 'name-not-found', records: [], args: {}, aliases: [] };
    },
  };
}

async function hostsOf(zone, typed, { preset = null, servers = [] } = {}) {
  const resolver = fakeResolver(zone);
  const discovery = discover({
    address: parseAddress(typed),
    servers,
    preset: readPreset(preset),
    services: tables.services,
    resolver,
    sleep: patient,
  });
  const plans = {};
  for (const [name, plan] of discovery.plans) plans[name] = await read(await plan);
  return { plans, summary: await discovery.summary, asked: resolver.asked, discovery };
}

/** A plan to its end. */
async function read(plan) {
  const candidates = [];
  for await (const candidate of plan.candidates) candidates.push(candidate);
  const { declared, finding, elsewhere } = plan;
  return { candidates, declared, finding, elsewhere };
}

/** Who waits for a better source waits as long as it takes. */
const patient = () => new Promise(() => {});

const found = (plan) =>
  plan.candidates.filter(({ finding }) => !finding).map(({ source, host }) => `${source} ${host}`);
const srv = (port, host, priority = 0, weight = 1) => ({ port, host, priority, weight });

test('without anything published the usual names are tried, in the order of mail apps', async () => {
  const { plans, summary } = await hostsOf(
    {
      'example.test A': ['192.0.2.1'],
      'imap.example.test A': ['192.0.2.2'],
      'mail.example.test A': ['192.0.2.3'],
      'smtp.example.test AAAA': ['2001:db8::4'],
    },
    'anna@example.test',
  );
  assert.deepEqual(found(plans.imaps), [
    'usual imap.example.test',
    'usual mail.example.test',
    'usual example.test',
  ]);
  assert.deepEqual(found(plans.submission), [
    'usual smtp.example.test',
    'usual mail.example.test',
    'usual example.test',
  ]);
  assert.deepEqual(plans.submission.candidates[0].v6, ['2001:db8::4']);
  assert.deepEqual(found(plans.pop3s), ['usual mail.example.test', 'usual example.test']);
  assert.equal(summary.published, false);
  assert.equal(summary.domain, null);
});

test('published servers come first, by priority and weight, on the port they name', async () => {
  const { plans, summary } = await hostsOf(
    {
      '_imaps._tcp.example.test SRV': [
        srv(993, 'b.example.net', 10),
        srv(993, 'light.example.net', 0, 1),
        srv(993, 'heavy.example.net', 0, 9),
      ],
      'heavy.example.net A': ['192.0.2.5'],
      'light.example.net A': ['192.0.2.6'],
      'b.example.net A': ['192.0.2.7'],
      'imap.example.test A': ['192.0.2.2'],
    },
    'example.test',
  );
  assert.deepEqual(found(plans.imaps).slice(0, 3), [
    'published heavy.example.net',
    'published light.example.net',
    'published b.example.net',
  ]);
  assert.equal(found(plans.imap)[0], 'related heavy.example.net');
  assert.equal(summary.published, true);
});

test('port 465 published under _submission is the service on 465', async () => {
  const { plans } = await hostsOf(
    {
      '_submission._tcp.example.test SRV': [srv(465, 'out.example.test')],
      'out.example.test A': ['192.0.2.5'],
    },
    'example.test',
  );
  assert.equal(found(plans.submissions)[0], 'published out.example.test');
  assert.equal(found(plans.submission)[0], 'related out.example.test');
});

test('a published target of "." means deliberately not offered', async () => {
  const { plans, summary } = await hostsOf(
    {
      '_pop3s._tcp.example.test SRV': [srv(0, '.')],
      '_imaps._tcp.example.test SRV': [srv(993, 'imap.example.test')],
      'imap.example.test A': ['192.0.2.5'],
      'pop.example.test A': ['192.0.2.6'],
    },
    'example.test',
  );
  assert.equal(plans.pop3s.declared, true);
  assert.deepEqual(plans.pop3s.candidates, []);
  assert.equal(plans.imaps.declared, false);
  assert.equal(summary.published, true);
});

test('a typed server is tried before all others, for what its name says', async () => {
  const zone = {
    'imap.example.test A': ['192.0.2.2'],
    'smtp.example.test A': ['192.0.2.3'],
    'mail.example.test A': ['192.0.2.4'],
  };
  const { plans } = await hostsOf(zone, 'imap.example.test');
  assert.equal(found(plans.imaps)[0], 'typed imap.example.test');
  assert.equal(found(plans.submission)[0], 'usual smtp.example.test');
  const both = await hostsOf(zone, 'mail.example.test');
  assert.equal(found(both.plans.imaps)[0], 'typed mail.example.test');
  assert.equal(found(both.plans.smtp)[0], 'typed mail.example.test');
});

test('a typed name that does not exist stays a candidate with its finding', async () => {
  const { plans } = await hostsOf({ 'example.test A': ['192.0.2.1'] }, 'imap.example.test');
  const [first] = plans.imaps.candidates;
  assert.equal(first.source, 'typed');
  assert.deepEqual(first.finding, { id: 'name-not-found', args: { host: 'imap.example.test' } });
});

test('without a mail server, the domains that were perhaps meant are found', async () => {
  const meant = async (zone, typed, preset) => (await hostsOf(zone, typed, preset)).summary.meant;
  const gone = { 'gmial.test MX': 'name-not-found' };
  assert.deepEqual(await meant({ 'gmial.com MX': 'name-not-found' }, 'anna@gmial.com'), [
    'gmail.com',
  ]);
  assert.deepEqual(await meant({}, 'imap.gmial.com'), ['gmail.com'], 'no MX is enough to ask');
  const mx = [{ preference: 10, host: 'mx.example.test' }];
  assert.deepEqual(await meant({ 'gmial.com MX': mx }, 'gmial.com'), [], 'it has a server');
  assert.deepEqual(await meant(gone, 'gmial.test'), []);
  const slip = { 'example.con MX': 'name-not-found' };
  assert.deepEqual(await meant(slip, 'example.con'), [], 'nobody is there either');
  assert.deepEqual(await meant({ ...slip, 'example.com MX': mx }, 'example.con'), ['example.com']);
  const preset = { preset: { imap: [], domains: ['nordpost.test'], mx: [] } };
  assert.deepEqual(await meant({}, 'nordpots.test', preset), ['nordpost.test']);
  assert.deepEqual(await meant({}, '192.0.2.10'), []);
});

test('an address literal needs no name', async () => {
  const { plans, asked } = await hostsOf({}, '192.0.2.10');
  assert.deepEqual(plans.imaps.candidates[0].v4, ['192.0.2.10']);
  assert.deepEqual(asked, []);
});

test('the preset comes before published servers', async () => {
  const { plans } = await hostsOf(
    {
      '_imaps._tcp.example.test SRV': [srv(993, 'imap.example.net')],
      'imap.example.net A': ['192.0.2.5'],
      'in.provider.test A': ['192.0.2.6'],
    },
    'example.test',
    { preset: { imap: ['in.provider.test'], domains: ['example.test'] } },
  );
  assert.deepEqual(found(plans.imaps).slice(0, 2), [
    'preset in.provider.test',
    'published imap.example.net',
  ]);
});

test('a preset is not tried for a domain that is not its own, and that is said', async () => {
  const zone = {
    'in.provider.test A': ['192.0.2.6'],
    'imap.example.test A': ['192.0.2.2'],
    'hosted.test MX': [{ preference: 10, host: 'mx1.provider.test' }],
    'example.test MX': [{ preference: 10, host: 'mx.elsewhere.test' }],
  };
  const preset = { imap: ['in.provider.test'], mx: ['provider.test'], domains: ['provider.test'] };
  const foreign = await hostsOf(zone, 'anna@example.test', { preset });
  assert.deepEqual(found(foreign.plans.imaps), ['usual imap.example.test']);
  assert.equal(foreign.summary.foreign, true);
  assert.equal((await foreign.discovery.vouching.wholly()).preset, null);
  const hosted = await hostsOf(zone, 'anna@hosted.test', { preset });
  assert.equal(found(hosted.plans.imaps)[0], 'preset in.provider.test');
  assert.equal(hosted.summary.foreign, false);
  assert.equal(vouchedBy('in.provider.test', await hosted.discovery.vouching.wholly()), 'preset');
  const plain = await hostsOf(zone, 'anna@example.test', { preset: { name: 'Only links' } });
  assert.equal(plain.summary.foreign, false);
});

test('who vouches for a name: what was typed, the records, the provider of the MX', async () => {
  const { discovery } = await hostsOf(
    {
      'example.test MX': [{ preference: 10, host: 'aspmx.l.google.com' }],
      '_imaps._tcp.example.test SRV': [srv(993, 'post.hoster.test')],
      'post.hoster.test A': ['192.0.2.5'],
      'post.hoster.test CNAME': ['s7.hoster.test'],
      'imap.example.test A': ['192.0.2.6'],
      'imap.example.test CNAME': ['mx7.elsewhere.test'],
      'imap.gmail.com A': ['192.0.2.7'],
      'imap.gmail.com CNAME': ['evil.test'],
    },
    'imap.example.test',
    { servers: ['mail.typed.test'] },
  );
  const vouching = await discovery.vouching.wholly();
  const by = (host) => vouchedBy(host, vouching);
  assert.equal(by('anything.example.test'), 'domain');
  assert.equal(by('imap.gmail.com'), 'provider');
  assert.equal(by('mail.typed.test'), 'person');
  assert.equal(by('post.hoster.test'), 'records');
  assert.equal(by('s7.hoster.test'), 'records');
  assert.equal(by('mx7.elsewhere.test'), 'records');
  assert.equal(by('evil.test'), null, 'an alias of another\u2019s name');
  assert.equal(by('aspmx.l.google.com'), null, 'the server for incoming mail is none for apps');
});

test('without servers of its own, those of the domain above are tried if they take its mail', async () => {
  const zone = {
    'cs.example.com MX': [{ preference: 10, host: 'mx1.example.com' }],
    'mx1.example.com A': ['192.0.2.1'],
    'imap.example.com A': ['192.0.2.2'],
    'smtp.cs.example.com A': ['192.0.2.3'],
    'smtp.example.com A': ['192.0.2.4'],
  };
  const { plans } = await hostsOf(zone, 'anna@cs.example.com');
  assert.deepEqual(found(plans.imaps), ['usual imap.example.com']);
  assert.deepEqual(found(plans.submission), ['usual smtp.cs.example.com'], 'it has its own');
  for (const host of ['mx.filter.test', 'mx.cs.example.com']) {
    const other = { ...zone, 'cs.example.com MX': [{ preference: 10, host }] };
    assert.deepEqual(found((await hostsOf(other, 'anna@cs.example.com')).plans.imaps), [], host);
  }
  const { 'cs.example.com MX': none, ...unnamed } = zone;
  assert.ok(none);
  assert.deepEqual(found((await hostsOf(unnamed, 'anna@cs.example.com')).plans.imaps), []);
});

test('below a public suffix the usual names are somebody else\u2019s', async () => {
  const { plans } = await hostsOf(
    { 'mail.co.uk A': ['192.0.2.2'], 'co.uk A': ['192.0.2.3'] },
    'anna@co.uk',
  );
  assert.deepEqual(found(plans.imaps), ['usual co.uk']);
});

test('an address that was typed has nobody behind its names', async () => {
  const { discovery } = await hostsOf({}, '192.0.2.10');
  const vouching = await discovery.vouching.wholly();
  assert.equal(vouchedBy('192.0.2.10', vouching), 'domain');
  assert.equal(vouchedBy('mail.example.test', vouching), null);
});

test('a known provider is told by the MX, and by the domain before any answer', async () => {
  const byMx = await hostsOf(
    {
      'example.test MX': [
        { preference: 20, host: 'other.example.net' },
        { preference: 1, host: 'aspmx.l.google.com' },
      ],
      'aspmx.l.google.com A': ['192.0.2.8'],
      'imap.gmail.com A': ['192.0.2.9'],
    },
    'example.test',
  );
  assert.equal(byMx.summary.provider.id, 'google-workspace');
  assert.equal(found(byMx.plans.imaps)[0], 'provider imap.gmail.com');
  assert.equal(found(byMx.plans.smtp)[0], 'mx aspmx.l.google.com');

  const byDomain = await hostsOf({ 'imap.gmail.com A': ['192.0.2.9'] }, 'anna@gmail.com');
  assert.equal(byDomain.summary.provider.id, 'google');
});

test('a null MX: the relay is declared off, the apps are still looked for', async () => {
  const { plans, summary } = await hostsOf(
    {
      'example.test MX': [{ preference: 0, host: '.' }],
      'imap.example.test A': ['192.0.2.2'],
    },
    'example.test',
  );
  assert.equal(summary.nullMx, true);
  assert.equal(plans.smtp.declared, true);
  assert.equal(found(plans.imaps)[0], 'usual imap.example.test');
});

test('a domain that does not exist says so', async () => {
  const { summary, plans } = await hostsOf({}, 'gone.test');
  assert.deepEqual(summary.domain, { id: 'name-not-found', args: { host: 'gone.test' } });
  assert.deepEqual(found(plans.imaps), []);
});

test('a failing resolver is nobody else, and a failing bridge keeps its name', async () => {
  const everything = (outcome) => ({
    resolve: async () => ({ outcome, records: [], args: { close: 'x' }, aliases: [] }),
  });
  for (const [outcome, id] of [
    ['timeout', 'resolver-failed'],
    ['malformed', 'resolver-failed'],
    ['bridge-denied', 'bridge-denied'],
  ]) {
    const discovery = discover({
      address: parseAddress('example.test'),
      preset: null,
      services: tables.services,
      resolver: everything(outcome),
    });
    const plan = await read(await discovery.plans.get('imaps'));
    assert.ok(plan.candidates.every(({ finding }) => finding.id === id));
    assert.equal((await read(await discovery.plans.get('smtp'))).finding.id, id);
    assert.equal((await discovery.summary).domain.id, id);
  }
});

test('an address without a record of one family is found by the other, whatever that one says', async () => {
  const { plans } = await hostsOf(
    { 'imap.example.test A': 'timeout', 'imap.example.test AAAA': ['2001:db8::1'] },
    'example.test',
  );
  assert.deepEqual(plans.imaps.candidates[0].v6, ['2001:db8::1']);
  assert.equal(plans.imaps.candidates[0].finding, null);
});

test('every first question leaves before the first answer, and none twice', () => {
  const asked = [];
  discover({
    address: parseAddress('anna@example.test'),
    preset: null,
    services: tables.services,
    resolver: {
      resolve(name, type) {
        asked.push(`${name} ${type}`);
        return new Promise(() => {});
      },
    },
  });
  assert.ok(asked.includes('example.test MX'));
  assert.ok(asked.includes('_submissions._tcp.example.test SRV'));
  assert.ok(asked.includes('outgoing.example.test AAAA'));
  assert.equal(new Set(asked).size, asked.length);
});

test('under a wildcard the usual names of the protocol are tried', () => {
  assert.deepEqual(namesUnder('*.example.net', 'smtp'), ['smtp.example.net', 'mail.example.net']);
});

test('SERVFAIL is the domain\u2019s name servers, not our resolver', async () => {
  const failing = {
    outcome: 'resolver-failed',
    records: [],
    args: { rcode: 'SERVFAIL' },
    aliases: [],
  };
  const discovery = discover({
    address: parseAddress('example.test'),
    preset: null,
    services: tables.services,
    resolver: { resolve: async () => failing },
  });
  const { candidates } = await read(await discovery.plans.get('imaps'));
  assert.ok(candidates.every(({ finding }) => finding.id === 'name-servers-failed'));
  assert.equal((await discovery.summary).domain.id, 'name-servers-failed');
  assert.equal((await discovery.summary).published, null, 'nobody knows');
});

test('an alias that leads nowhere is named', async () => {
  const resolver = fakeResolver({ 'example.test A': ['192.0.2.1'] });
  const dangling = {
    outcome: 'name-not-found',
    records: [],
    args: { alias: 'gone.example.net' },
    aliases: [],
  };
  const { resolve } = resolver;
  resolver.resolve = (name, type) =>
    name === 'imap.example.test' && type.startsWith('A')
      ? Promise.resolve(dangling)
      : resolve(name, type);
  const discovery = discover({
    address: parseAddress('imap.example.test'),
    preset: null,
    services: tables.services,
    resolver,
    sleep: patient,
  });
  const { candidates } = await read(await discovery.plans.get('imaps'));
  assert.deepEqual(candidates[0].finding, {
    id: 'name-not-found',
    args: { host: 'imap.example.test', alias: 'gone.example.net' },
  });
});

test('a published port that is no mail port is kept, and its host is tried on the usual one', async () => {
  const { plans, summary } = await hostsOf(
    {
      '_imaps._tcp.example.test SRV': [srv(9933, 'odd.example.test')],
      'odd.example.test A': ['192.0.2.5'],
    },
    'example.test',
  );
  assert.deepEqual(plans.imaps.elsewhere, [{ host: 'odd.example.test', port: 9933 }]);
  assert.deepEqual(summary.elsewhere, [{ service: 'imaps', host: 'odd.example.test', port: 9933 }]);
  assert.equal(found(plans.imaps)[0], 'related odd.example.test');
});

test('a published server keeps its priority', async () => {
  const { plans } = await hostsOf(
    {
      '_imap._tcp.example.test SRV': [srv(143, 'imap.example.test', 0)],
      '_imaps._tcp.example.test SRV': [srv(993, 'imap.example.test', 10)],
      'imap.example.test A': ['192.0.2.5'],
    },
    'example.test',
  );
  assert.equal(plans.imap.candidates[0].priority, 0);
  assert.equal(plans.imaps.candidates[0].priority, 10);
});

test('what the domain lacks is told from what could not be learned', async () => {
  const plain = await hostsOf({ 'example.test A': ['192.0.2.1'] }, 'example.test');
  assert.equal(plain.summary.published, false);
  assert.equal(plain.summary.autoconfig, false);
  const whole = await hostsOf(
    {
      'example.test A': ['192.0.2.1'],
      'autoconfig.example.test A': ['192.0.2.1'],
      '_imaps._tcp.example.test SRV': [srv(993, 'imap.example.test')],
    },
    'example.test',
  );
  assert.equal(whole.summary.published, true);
  assert.equal(whole.summary.autoconfig, true);
  const silent = await hostsOf(
    {
      'example.test A': ['192.0.2.1'],
      'autoconfig.example.test A': 'timeout',
      '_imaps._tcp.example.test SRV': 'timeout',
    },
    'example.test',
  );
  assert.equal(silent.summary.published, null);
  assert.equal(silent.summary.autoconfig, null);
});

test('a provider known by the domain is its own administrator', async () => {
  assert.equal((await hostsOf({}, 'anna@gmail.com')).summary.own, true);
  assert.equal((await hostsOf({}, 'example.test')).summary.own, false);
});

/** A resolver whose answers come when the test says so. */
function slowResolver(zone, silent) {
  const whole = fakeResolver(zone);
  const held = [];
  return {
    resolve(name, type) {
      if (!silent(name, type)) return whole.resolve(name, type);
      return new Promise((settle) => {
        held.push(() => whole.resolve(name, type).then(settle));
      });
    },
    answer: () => Promise.all(held.splice(0).map((settle) => settle())),
  };
}

function begin(zone, silent, sleep) {
  const resolver = slowResolver(zone, silent);
  const discovery = discover({
    address: parseAddress('example.test'),
    preset: null,
    services: tables.services,
    resolver,
    sleep,
  });
  return { resolver, discovery };
}

const PLAIN = {
  'imap.example.test A': ['192.0.2.2'],
  'mail.example.test A': ['192.0.2.3'],
  'example.test A': ['192.0.2.1'],
};

test('a silent AAAA holds nothing back, not even for a moment', async () => {
  const { discovery } = begin(PLAIN, (_, type) => type === 'AAAA', patient);
  const plan = await discovery.plans.get('imaps');
  const { value } = await plan.candidates.next();
  assert.equal(value.host, 'imap.example.test');
  assert.deepEqual(value.v4, ['192.0.2.2']);
});

test('a silent SRV holds a known server back for a moment, once', async () => {
  const naps = [];
  const { discovery } = begin(
    PLAIN,
    (_, type) => type === 'SRV',
    async (ms) => naps.push(ms),
  );
  const plan = await discovery.plans.get('imaps');
  const turn = plan.candidates;
  assert.equal((await turn.next()).value.host, 'imap.example.test');
  assert.equal((await turn.next()).value.host, 'mail.example.test');
  assert.deepEqual(naps.length <= tables.services.length && naps[0] < 500, true);
  assert.equal(plan.undecided(), true, 'the domain may still publish a server');
});

test('what is published late comes next, before other guesses', async () => {
  const { discovery, resolver } = begin(
    {
      ...PLAIN,
      '_imaps._tcp.example.test SRV': [srv(993, 'real.example.net')],
      'real.example.net A': ['192.0.2.9'],
    },
    (_, type) => type === 'SRV',
    async () => {},
  );
  const plan = await discovery.plans.get('imaps');
  const turn = plan.candidates;
  assert.equal((await turn.next()).value.source, 'usual');
  await resolver.answer();
  await new Promise(setImmediate);
  assert.deepEqual((await turn.next()).value.host, 'real.example.net');
  assert.equal(plan.undecided(), false);
});

test('a better name without an answer yet does not keep a known one waiting for long', async () => {
  const { discovery } = begin(
    PLAIN,
    (name) => name === 'imap.example.test',
    async () => {},
  );
  const plan = await discovery.plans.get('imaps');
  assert.equal((await plan.candidates.next()).value.host, 'mail.example.test');
});

test('when nothing at all is answered, nothing is given away', async () => {
  const { discovery } = begin(
    PLAIN,
    () => true,
    async () => {},
  );
  const plan = await discovery.plans.get('imaps');
  const first = plan.candidates.next();
  const outcome = await Promise.race([first, new Promise((wake) => setImmediate(wake, 'waiting'))]);
  assert.equal(outcome, 'waiting');
});
