/** What the error message means, and whether the check met the same. */
import { html, nothing } from 'lit/html.js';
import { clip, visible } from '../i18n/text.js';
import { statusIcon } from './icons.js';
import { signInHelpView } from './sign-in-help.js';

const SIGN_OF = {
  confirmed: 'broken',
  refuted: 'works',
  untestable: 'not-tested',
  unknown: 'not-tested',
};
/** Enough to know one's own message again. */
const QUOTE_LIMIT = 400;

export function errorMessageView({ result, words, actions }) {
  const { pasted } = result;
  if (!pasted) return nothing;
  const { outcome, cause, quote } = pasted;
  return html`
    <section aria-labelledby="pasted-title">
      <header class="section-head">
        <h2 id="pasted-title" tabindex="-1">${words.say('pasted.title')}</h2>
      </header>
      <div class="card checked pasted" data-outcome=${outcome} data-cause=${cause ?? nothing}>
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
        ${paragraphs(pasted, words).map((text) => html`<p>${text}</p>`)}
        ${
          pasted.password === 'offered'
            ? html`<button type="button" class="button small" @click=${actions.showSignIn}>
                ${words.say('answer.tryPassword')}
              </button>`
            : nothing
        }
        ${pasted.help ? signInHelpView(pasted.help, words) : nothing}
      </div>
    </section>
  `;
}

function paragraphs({ outcome, cause, ports, wrongAbove, signIn, password, ...met }, words) {
  if (outcome === 'unknown') return [words.say('pasted.unknownText')];
  const say = (part) => words.say(`pasted.causes.${cause}.${part}`);
  const means = words.say('pasted.means', { means: say('means') });
  if (outcome === 'confirmed') return [means, metWords({ ports, ...met }, words)];
  if (password === 'tried')
    return [means, words.say('pasted.signedIn', { ports: words.ports(ports) })];
  if (password === 'hopeless')
    return [
      means,
      words.say('signIn.hopeless'),
      ...(signIn ? [words.say(`signIn.${signIn}`)] : []),
    ];
  const looked = words.say('pasted.refutedText', { ports: words.ports(ports) });
  const before = { offered: 'pasted.trySignIn', elsewhere: 'pasted.noSignIn' }[password];
  return [
    means,
    outcome === 'refuted'
      ? `${looked} ${wrongAbove ? words.say('pasted.wrongAbove') : say('next')}`
      : [before ? words.say(before) : '', say('next')].join(' ').trim(),
    ...(signIn ? [words.say(`signIn.${signIn}`)] : []),
  ];
}

/** Where it was met, and the way out, in the words of the finding itself. */
function metWords({ ports, servers, finding }, words) {
  const named = words.ports(ports);
  const where =
    servers.length > 0
      ? words.say('pasted.confirmedText', { ports: named, server: words.list(servers) })
      : words.say('pasted.confirmedPorts', { ports: named });
  if (!finding) return `${where} ${words.say('typed.unsafe')}`;
  const { cause, fix } = words.explain(finding.id, finding.args);
  return `${where} ${cause} ${fix}`;
}
