/** Diffs as a person reads them: files with their counts, and the lines of a patch. */
import type { ChangedFile } from '../../../preload/contract/change-facts.ts';
import { oneLine, plainLines } from './plain-text.ts';
import type { Style } from './view.ts';

export function fileLine({ status, path, oldPath, additions, deletions }: ChangedFile): string {
  const from = oldPath === undefined ? '' : `${oneLine(oldPath)} -> `;
  const counts = additions === undefined ? 'binary' : `+${additions} -${deletions ?? 0}`;
  return `  ${status.padEnd(12)} ${from}${oneLine(path)}  ${counts}`;
}

export function patchLines(patch: string, style: Style): string[] {
  return plainLines(patch).map((line) => patchLine(cut(line), style));
}

/** Nobody reads a line of a megabyte; one who wants it has `--json`. */
const maxLineChars = 2_000;

function cut(line: string): string {
  if (line.length <= maxLineChars) return line;
  const kept = line.slice(0, maxLineChars).toWellFormed();
  return `${kept}‹… ${line.length - maxLineChars} more characters›`;
}

function patchLine(line: string, style: Style): string {
  if (/^(diff |index |--- |\+\+\+ )/.test(line)) return style.bold(line);
  if (line.startsWith('@@')) return style.blue(line);
  if (line.startsWith('+')) return style.green(line);
  return line.startsWith('-') ? style.red(line) : line;
}
