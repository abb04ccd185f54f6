/**
 * XML documents made of plain values. Text from anywhere is text in them: it is escaped here, where
 * everything is written, and characters that XML cannot hold are left out.
 */

/** C0 and C1 controls but the white space, lone surrogates, and the two non-characters (XML 1.0 2.2). */
const NOT_XML = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** @typedef {{tag: string, attributes: object, children: Array<Node|string>}} Node */

/** @returns {Node} a string among the children is text, and never markup */
export function element(tag, attributes = {}, ...children) {
  return { tag, attributes, children };
}

/** @param {Node} root @param {string} [doctype] the whole declaration */
export function document(root, doctype = '') {
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', doctype].filter(Boolean);
  return `${[...head, write(root, '')].join('\n')}\n`;
}

function write({ tag, attributes, children }, indent) {
  const start = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const open = `${indent}<${tag}${start.join('')}`;
  if (children.length === 0) return `${open}/>`;
  if (children.every((child) => typeof child === 'string')) {
    return `${open}>${children.map(escape).join('')}</${tag}>`;
  }
  const inner = children.map((child) => write(child, `${indent}  `)).join('\n');
  return `${open}>\n${inner}\n${indent}</${tag}>`;
}

function escape(text) {
  return String(text)
    .replace(NOT_XML, '')
    .replace(/[&<>"']/g, (char) => ESCAPES[char]);
}
