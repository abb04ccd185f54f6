/** What the error message means, and whether the check met the same. */
import { html, nothing } from 'lit';
import { clip, visible } from '../i18n/text.js';
import { statusIcon } from './icons.js';

const SIGN_OF = {
  confirmed: 'broken',
  refuted: 'works',
  untestable: 'not-tested',
  unknown: 'not-tested',
};
/** Enough to know one's own message again. */
const QUOTE_LIMIT = 400;

export function pastedView({ state, words }) {
  const { pasted } = state;
  if (!pasted) return nothing;
  const { outcome, reading, quote } = pasted;
  return html`
    <section aria-labelledby="pasted-title">
      <header class="section-head">
        <h2 id="pasted-title" tabindex="-1">${words.say('pasted.title')}</h2>
      </header>
      <div
        class="card checked pasted"
        data-outcome=${outcome}
        data-cause=${reading.cause ?? nothing}
      >
        <h3 class="status ${SIGN_OF[outcome]}">
          ${statusIcon(SIGN_OF[outcome])}<span>${words.say(`pasted.${outcome}`)}</span>
        </h3>
        ${
          quote === null
            ? nothing
            : html`<figure>
                <figcaption>${words.say('pasted.quote')}</figcaption>
                <blockquote>${clip(visible(quote.trim()), QUOTE_LIMIT)}</blockquote>
              </figure>`
        }
        ${paragraphs(pasted, state, words).map((text) => html`<p>${text}</p>`)}
      </div>
    </section>
  `;
}

function paragraphs({ outcome, reading, shown, tested }, { provider, target, checked }, words) {
  if (outcome === 'unknown') return [words.say('pasted.unknownText')];
  const cause = (part) => words.say(`pasted.causes.${reading.cause}.${part}`);
  const means = words.say('pasted.means', { means: cause('means') });
  if (outcome === 'confirmed') return [means, met(shown, target, words)];
  const looked = words.say('pasted.refutedText', { ports: portWords(tested, words) });
  const wrong = checked.some((one) => ['wrong', 'unsafe'].includes(one.outcome));
  const own = reading.cause.startsWith('sign-in-') ? provider?.signIn : null;
  return [
    means,
    outcome === 'refuted'
      ? `${looked} ${wrong ? words.say('pasted.wrongAbove') : cause('next')}`
      : cause('next'),
    ...(own ? [words.say(`signIn.${own}`)] : []),
  ];
}

/** Where it was met, and the way out, in the words of the finding itself. */
function met(shown, target, words) {
  const servers = [...new Set(shown.map(({ server }) => server).filter(Boolean))];
  const ports = portWords(shown, words);
  const where =
    servers.length > 0
      ? words.say('pasted.confirmedText', { ports, server: words.list(servers) })
      : words.say('pasted.confirmedPorts', { ports });
  const [{ finding, port, server }] = shown;
  if (finding.id === 'security-none') return `${where} ${words.say('typed.unsafe')}`;
  const { cause, fix } = words.explain(finding.id, {
    domain: target,
    port,
    host: server ?? target,
    ...finding.args,
  });
  return `${where} ${cause} ${fix}`;
}

function portWords(entries, words) {
  return words.ports([...new Set(entries.map(({ port }) => port))]);
}
