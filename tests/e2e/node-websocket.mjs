/** For Node of before 22: what a browser has and a check needs. To be loaded with `--import`. */
import { webcrypto } from 'node:crypto';
import { ws } from 'playwright-core/lib/utilsBundle';

globalThis.WebSocket ??= ws;
globalThis.crypto ??= webcrypto;
