/** Where new items go: below the heading of their section, after the last of Musher's there; a heading that is missing is made. */
import { findingTitles } from '../../../../preload/contract/say-finding.ts';
import { isItemEnd } from './items.ts';
import { headingsOf, isBlank, isIndented, type Row } from './rows.ts';

export const notes = 'notes';

export const beginning: readonly string[] = [
  '# Learnings <!-- musher:notes -->',
  '',
  'What agents and the operator noted about this repository. Edit it as you like: what you change, add or delete stays so.',
];

const findingsHeading: readonly string[] = [
  '## Findings <!-- musher:findings -->',
  '',
  'What Musher counted while agents worked. An item is brought up to date while nobody has edited it.',
];

function anchorOf(section: string): string {
  return section === notes ? '<!-- musher:notes -->' : `<!-- musher:findings ${section} -->`;
}

function headingOf(section: string): string {
  const title = section === notes ? '## Notes' : `### ${titleOf(section)}`;
  return `${title} ${anchorOf(section)}`;
}

function titleOf(section: string): string {
  return (findingTitles as Readonly<Record<string, string>>)[section] ?? section;
}

/** The rows with these lines in them. */
export function withLines(rows: readonly Row[], section: string, lines: readonly string[]): Row[] {
  const place = placeIn(rows, section);
  if (place !== undefined) return inserted(rows, place, lines);
  const below = ['', headingOf(section), '', ...lines];
  if (section === notes) {
    const findings = rows.findIndex(isFindingsAnchor);
    return inserted(rows, findings === -1 ? endOfText(rows) : trimmed(rows, findings), below);
  }
  const last = rows.findLastIndex(isFindingsAnchor);
  if (last !== -1) return inserted(rows, endOfSection(rows, last), below);
  return inserted(rows, endOfText(rows), ['', ...findingsHeading, ...below]);
}

/** Before which row; undefined when it has no heading. */
function placeIn(rows: readonly Row[], section: string): number | undefined {
  let anchor = rows.findIndex(({ text }) => text.includes(anchorOf(section)));
  // As files began before there were sections.
  if (anchor === -1 && section === notes)
    anchor = rows.findIndex(({ text }) => text.trimEnd() === '# Learnings');
  if (anchor === -1) return undefined;
  const end = endOfSection(rows, anchor);
  let last = rows.slice(0, end).findLastIndex(isItemEnd);
  if (last <= anchor) return end;
  while (last + 1 < end && isIndented(rows[last + 1] as Row)) last += 1;
  return last + 1;
}

const isFindingsAnchor = ({ text }: Row) => /<!-- musher:findings(?: \w+)? -->/.test(text);

function endOfSection(rows: readonly Row[], anchor: number): number {
  const next = headingsOf(rows).find((at) => at > anchor);
  return trimmed(rows, next ?? rows.length);
}

const endOfText = (rows: readonly Row[]) => trimmed(rows, rows.length);

/** Empty rows before it stay below what is put in. */
function trimmed(rows: readonly Row[], end: number): number {
  return rows.slice(0, end).findLastIndex((row) => !isBlank(row)) + 1;
}

function inserted(rows: readonly Row[], at: number, lines: readonly string[]): Row[] {
  const above = rows[at - 1];
  const below = rows[at];
  const isOpen = above !== undefined && !isBlank(above) && !isListed(above) && lines[0] !== '';
  const isClose = below !== undefined && !isBlank(below) && !isListed(below);
  const all = [...(isOpen ? [''] : []), ...lines, ...(isClose ? [''] : [])];
  const first = above === undefined && all[0] === '' ? all.slice(1) : all;
  const put = first.map((text): Row => ({ text }));
  return [...rows.slice(0, at), ...put, ...rows.slice(at)];
}

const isListed = (row: Row) => /^[-*+] /.test(row.text) || isIndented(row);
