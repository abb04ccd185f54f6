/** What reads a report, from a file that a person chose or from what the tab kept, and shows where it is from. */
import restored from '../../view/restored.css';
import saved from '../../view/saved.css';

export { readBegun } from '../../report/read-begun.js';
export { keptIn, stateOfKept } from '../../report/read-kept.js';
export { ReportFileError } from '../../report/report-file.js';
export { stateOfReport } from '../../report/saved-report.js';
export { fileErrorWords, readFiles } from '../report-files.js';
export { restoredView } from '../../view/restored.js';
export { savedView } from '../../view/saved.js';

export const css = [restored, saved];
