/** What reads an embedder's preset, and makes its colours. */
export { namesInPreset, presetFile, readPreset, readPresetFile } from '../../config/preset.js';
export { colourRules } from '../../config/preset-colours.js';
