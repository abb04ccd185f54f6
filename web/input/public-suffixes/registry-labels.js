// Made by tests/web/fixtures/public-suffix-list.js.

/** What registries of countries call the names below which they sell. */
export const REGISTRY_LABELS = 'ac co com edu gov mil net org';
