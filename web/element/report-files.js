/** A report from a file that a person chose, or why it cannot be shown. */
import {
  FILE_LIMIT_BYTES,
  ReportFileError,
  readReportFile,
  tooLarge,
} from '../report/report-file.js';
import { UnreachableError } from './unreachable-error.js';

/** @param {File[]} files @throws {ReportFileError} */
export async function readFiles([file, ...more], tables) {
  if (more.length > 0) throw new ReportFileError('many');
  if (file.size > FILE_LIMIT_BYTES) throw tooLarge();
  return readReportFile(await file.text(), tables);
}

/** Why a file could not be shown. @param {Error} error of readFiles() */
export function fileErrorWords(error, words) {
  if (error instanceof UnreachableError) return words.say('page.unreachable');
  if (!(error instanceof ReportFileError)) console.error(error);
  const { id, args } = error instanceof ReportFileError ? error : { id: 'unreadable', args: {} };
  const expected = args.expected && words.say(`saved.expected.${args.expected}`, args);
  const reason = words.say(`saved.errors.${id}`, { ...args, expected });
  return [words.say('saved.failed'), reason].join(' ');
}
