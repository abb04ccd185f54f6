/** What reads a report: from a file that a person chose, or from what the tab kept. */
export { readBegun } from '../report/read-begun.js';
export { keptIn, stateOfKept } from '../report/read-kept.js';
export { ReportFileError } from '../report/report-file.js';
export { stateOfReport } from '../report/saved-report.js';
export { fileErrorWords, readFiles } from './report-files.js';
