/** Longer error messages are read up to here; what matters stands in the first lines. */
export const MESSAGE_LIMIT = 20_000;
