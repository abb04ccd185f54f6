/** No check goes on longer; what is left then counts as not tested. */
export const TIME_LIMIT_MS = 180_000;
/** What a check is made with may still come when it has been stopped: then there is a report of it. */
export const GRACE_MS = 100;
