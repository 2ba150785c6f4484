/** A text file as rows that can be put together again to the very same bytes: each with the end that it had. Pure. */

export interface Row {
  readonly text: string;
  /** `\n`, `\r\n`, or nothing: the last row of a file that does not end with one. Left out, it is a new one and ends as most do. */
  readonly end?: '\n' | '\r\n' | '';
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly bom: '' | '\ufeff';
  /** What new rows end with: as most rows of the file do. */
  readonly end: '\n' | '\r\n';
}

export function toRows(whole: string): Rows {
  const bom = whole.startsWith('\ufeff') ? '\ufeff' : '';
  const parts = whole.slice(bom.length).split('\n');
  const last = parts.pop() ?? '';
  const rows = parts.map((part): Row => {
    return part.endsWith('\r')
      ? { text: part.slice(0, -1), end: '\r\n' }
      : { text: part, end: '\n' };
  });
  const crlf = rows.filter(({ end }) => end === '\r\n').length;
  if (last !== '') rows.push({ text: last, end: '' });
  return { rows, bom, end: crlf * 2 > rows.length ? '\r\n' : '\n' };
}

export function fromRows({ rows, bom, end }: Rows): string {
  let text: string = bom;
  const last = rows.length - 1;
  for (const [at, row] of rows.entries())
    text += row.text + (row.end === '' && at < last ? end : (row.end ?? end));
  return text;
}

export const isBlank = ({ text }: Row): boolean => text.trim() === '';
/** Goes on with what stands above it. */
export const isIndented = (row: Row): boolean => /^[ \t]/.test(row.text) && !isBlank(row);
/** Of what git leaves in a file that it could not merge. */
export const isConflictMark = ({ text }: Row): boolean =>
  (text.startsWith('<<<<<<<') || text.startsWith('>>>>>>>')) && (text[7] ?? ' ') === ' ';

/** Where headings are; what stands in a fence of code is none. */
export function headingsOf(rows: readonly Row[]): number[] {
  let fence: string | undefined;
  const found: number[] = [];
  for (const [at, { text }] of rows.entries()) {
    // Most rows are neither, and a file may have many.
    if (!/^[#`~ ]/.test(text)) continue;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (mark === undefined) {
      if (fence === undefined && /^#{1,6} /.test(text)) found.push(at);
    } else if (fence === undefined) fence = mark;
    else if (mark.startsWith(fence)) fence = undefined;
  }
  return found;
}
