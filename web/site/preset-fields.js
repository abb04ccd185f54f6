/**
 * The form of preset.html as HTML text, with one field for each key that it can write. Pure.
 *
 * A field has the name of its key, as config/preset-form.js reads it, and the id `f-` and that name with
 * hyphens. Below it is a line for what is wrong with it.
 */
import { COLOUR_SCHEMES, LINKS, USERNAMES } from '../config/preset.js';
import { LISTS, PROTOCOLS } from '../config/preset-form.js';
import { portCells } from '../i18n/port-columns.js';
import { escaped } from './ports-table.js';

/** The colours by which a brand is known; a file may set more of them. */
const COLOURS = ['accent', 'on-accent', 'accent-soft'];
const CHOICES = ['first', 'second'];
const TEXT = 'type="text" autocomplete="off" spellcheck="false"';

/** @param {object[]} services rows of the table @param {object} words what createWords() returned */
export function presetFields(services, words) {
  const label = (key) => words.say(`site.preset.label.${key}`);
  const hint = (key) => words.say(`site.preset.hint.${key}`);
  const text = (name, own) =>
    field({ name, control: `<input ${TEXT}${placeholder(own)} />`, ...own });
  const list = (key) =>
    field({
      name: key,
      label: label(key),
      hint: hint('lines'),
      control: '<textarea rows="3" spellcheck="false"></textarea>',
    });
  const choice = (key, none, values) =>
    field({ name: key, label: label(key), control: select([['', none], ...values]) });
  const ports = (protocol) =>
    services
      .filter((service) => service.protocol === protocol && service.direction !== 'relay')
      .map((service) => {
        const { port, encryption } = portCells(service, words);
        return [`${port} ${service.mode}`, `${port}, ${encryption}`];
      });
  const group = (key, fields) =>
    `<fieldset><legend>${escaped(words.say(`site.preset.group.${key}`))}</legend>${fields.join('\n')}</fieldset>`;
  const say = (key) => words.say(`site.preset.${key}`);
  return [
    group('who', [text('name', { label: label('name') }), ...LISTS.map(list)]),
    group('servers', [
      ...PROTOCOLS.flatMap((protocol) =>
        CHOICES.map((rank, row) =>
          server({
            name: `${protocol}[${row}]`,
            protocol: protocol.toUpperCase(),
            rank: label(rank),
            example: `${protocol}.example.com`,
            port: words.say('table.port'),
            ports: [['', say('anyPort')], ...ports(protocol)],
          }),
        ),
      ),
      choice(
        'username',
        say('unsaid'),
        USERNAMES.map((one) => [one, words.say(`apps.other.username.${one}`)]),
      ),
    ]),
    group('help', [
      ...LINKS.map((kind) => text(`links.${kind}`, { label: label(kind) })),
      text('contact', { label: label('contact'), hint: hint('contact') }),
    ]),
    group('look', [
      choice(
        'color-scheme',
        say('asPage'),
        COLOUR_SCHEMES.map((scheme) => [scheme, label(scheme)]),
      ),
      ...COLOURS.flatMap((colour) =>
        COLOUR_SCHEMES.map((scheme) =>
          text(`colours.${colour}.${scheme}`, {
            label: `${label(colour)}, ${label(scheme)}`,
            example: '#2450c4',
          }),
        ),
      ),
    ]),
  ].join('\n');
}

/** The control gets its name here, and leads to its hint and to what is wrong. */
function field({ name, label, hint, control }) {
  const id = idOf(name);
  const described = hint ? `${id}-error ${id}-hint` : `${id}-error`;
  const named = control.replace(
    /^<\w+/,
    (tag) => `${tag} id="${id}" name="${name}" aria-describedby="${described}"`,
  );
  return `<div class="field">
<label for="${id}">${escaped(label)}</label>
${hint ? `<small id="${id}-hint">${escaped(hint)}</small>` : ''}
${named}
${mistake(id)}
</div>`;
}

/** A host and, where only one port will do, that one. */
function server({ name, protocol, rank, example, port, ports }) {
  const id = idOf(name);
  const control = (key) => `id="${id}-${key}" name="${name}.${key}"`;
  return `<div class="field server">
<label for="${id}-host">${protocol}, ${escaped(rank)}</label>
<div>
<input ${control('host')} ${TEXT}${placeholder({ example })} aria-describedby="${id}-error" />
${select(ports, `${control('port')} aria-label="${escaped(`${protocol}, ${port}`)}"`)}
</div>
${mistake(id)}
</div>`;
}

function select(options, attributes = '') {
  const listed = options.map(
    ([value, shown]) => `<option value="${value}">${escaped(shown)}</option>`,
  );
  return `<select${attributes ? ` ${attributes}` : ''}>${listed.join('')}</select>`;
}

function placeholder({ example }) {
  return example ? ` placeholder="${escaped(example)}"` : '';
}

function mistake(id) {
  return `<p class="field-error" id="${id}-error" hidden></p>`;
}

/** `imap[0].host` → `f-imap-0-host` */
function idOf(name) {
  return `f-${name.replace(/\]?\.|\[/g, '-').replace(/\]$/, '')}`;
}
