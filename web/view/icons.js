/** The drawings of the page. Every status has a shape of its own, so that colour is never alone. */
import { svg } from 'lit/html.js';

const STATUS = {
  works: svg`<circle class="fill" cx="10" cy="10" r="9" /><path class="cut" d="m5.8 10.4 2.9 2.8 5.5-6" />`,
  'works-but': svg`<path class="fill" d="M10 1.4 19.3 17.8H0.7z" stroke-linejoin="round" /><path class="cut" d="M10 7.6v4.4M10 14.9v.1" />`,
  broken: svg`<rect class="fill" x="1.5" y="1.5" width="17" height="17" rx="3.5" /><path class="cut" d="m6.8 6.8 6.4 6.4m0-6.4-6.4 6.4" />`,
  blocked: svg`<path class="fill" d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z" /><path class="cut" d="M5.5 10h9" />`,
  'not-offered': svg`<circle class="line" cx="10" cy="10" r="8" /><path class="line" d="M6.4 10h7.2" />`,
  'not-tested': svg`<circle class="line" cx="10" cy="10" r="8" /><path class="line" d="M7.6 7.9a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.5M10 14.3v.1" />`,
  waiting: svg`<circle class="line" cx="10" cy="10" r="8" stroke-dasharray="2.5 3.78" />`,
  running: svg`<circle class="line faint" cx="10" cy="10" r="8" /><path class="line turn" d="M10 2a8 8 0 0 1 8 8" />`,
};

const SIGN = {
  copy: svg`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M15 5.5V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h.5" />`,
  down: svg`<path d="m6 9.5 6 6 6-6" />`,
  link: svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1" />`,
  open: svg`<path d="M4 18V6a1 1 0 0 1 1-1h4l2 2.5h7a1 1 0 0 1 1 1V11M4 18l2.5-6.3a1 1 0 0 1 .9-.7H20a1 1 0 0 1 1 1.3L19.200 17.300a1 1 0 0 1-1 .7z" />`,
  save: svg`<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />`,
  print: svg`<path d="M7 8V4h10v4M7 17H5a1 1 0 0 1-1-1v-6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v6a1 1 0 0 1-1 1h-2" /><path d="M7 14h10v6H7z" />`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" />`,
  screen: svg`<rect x="3" y="4" width="18" height="12" rx="2" /><path d="M8 20h8M12 16v4" />`,
  you: svg`<circle cx="12" cy="8" r="4" /><path d="M4.5 20c.9-3.7 4-5.5 7.5-5.5s6.6 1.8 7.5 5.5" />`,
};

/** @param {string} status a row status, `running` or `waiting` */
export function statusIcon(status) {
  return svg`<svg class="status-icon" viewBox="0 0 20 20" aria-hidden="true">${STATUS[status]}</svg>`;
}

export function sign(name) {
  return drawn(SIGN[name]);
}

/** A sign that only one part of the page has. */
export function drawn(shapes) {
  return svg`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
}
