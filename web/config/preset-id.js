/** How presets are named: nothing in it leads out of their folder. */
export const PRESET_ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
