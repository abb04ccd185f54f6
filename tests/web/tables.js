/** The real tables, as the build makes them. */
import { readFileSync } from 'node:fs';

const file = new URL('../../build/tables.json', import.meta.url);

export const tables = JSON.parse(readFileSync(file, 'utf8'));
export const locale = JSON.parse(
  readFileSync(new URL('../../web/locales/en.json', import.meta.url), 'utf8'),
);

export function service(name) {
  return tables.services.find((row) => row.name === name);
}
