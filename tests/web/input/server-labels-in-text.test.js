import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LABEL_STEMS, isServerLabel } from '../../../web/input/server-labels-in-text.js';
import { SERVER_LABELS } from '../../../web/input/server-labels.js';

test('what labels are near to is known to be the name of a server', () => {
  for (const stem of LABEL_STEMS) assert.ok(SERVER_LABELS[stem], stem);
});

test('labels in a text, with a number or a dash behind them', () => {
  for (const label of ['imap', 'imap4', 'imap03', 'pop3', 'smtp-mail', 'outlook', 'mail2']) {
    assert.ok(isServerLabel(label), label);
  }
  for (const label of ['imap123', 'www', 'xmail', 'mailbox', 'smtp-relay', '']) {
    assert.ok(!isServerLabel(label), label);
  }
});
