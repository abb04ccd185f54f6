/** No check goes on longer; what is left then counts as not tested. */
export const TIME_LIMIT_MS = 180_000;
