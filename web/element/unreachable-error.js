/** A part of the page did not come at all: its host is out of reach, or the device is offline. */
export class UnreachableError extends Error {}
