/**
 * All pieces of the table: the module `#suffixes` where nothing is built. The build provides one that has the
 * starts alone.
 */
import * as a from './a.js';
import * as c from './c.js';
import * as d from './d.js';
import * as f from './f.js';
import * as j from './j.js';
import * as n from './n.js';
import * as p from './p.js';
import * as s from './s.js';

/** A piece has the top-level domains from its letter on, up to the next piece. */
export const STARTS = 'acdfjnps';
export const PIECES = { a, c, d, f, j, n, p, s };
