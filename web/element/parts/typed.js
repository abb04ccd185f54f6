/** What shows the settings of a mail app and its error message: the form, and what came of them. */
import appSettingsForm from '../../view/app-settings-form.css';
import appSettingsResult from '../../view/app-settings-result.css';

export { pastedOf } from '../../report/pasted.js';
export { fieldsView } from '../../view/app-settings-form.js';
export { appSettingsTitles, appSettingsView } from '../../view/app-settings-result.js';
export { errorMessageView } from '../../view/error-message-result.js';

export const css = [appSettingsForm, appSettingsResult];
