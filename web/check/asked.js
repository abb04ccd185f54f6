/** What a check does for somebody who asks about the settings in a mail app, or about its error message. */
export { readAppSettings } from '../input/read-app-settings.js';
export { concludeAppSettings } from '../verdict/app-settings-verdict.js';
export { concludeErrorMessage } from '../verdict/error-message-verdict.js';
export { tryAppSettings } from './trials.js';
