/** The one wording of pages, file and command line for a finding, and which findings are told at all. Made of untrusted words. */
import { isBranchSide, sideName } from './conflict-sides.ts';
import type { FindingCategory, FindingRecord } from './findings.ts';

/** In the order they are shown: the heading, and what stands below it. */
export const findingTitles: Readonly<Record<FindingCategory, string>> = {
  waiting: 'Waiting for the operator',
  stuck: 'Stuck',
  recovery: 'Crashed and back',
  permission: 'Asked again and again',
  conflict: 'Where work collides',
  denied: 'Why approvals were denied',
  merge: 'What did not merge',
};

const minuteMs = 60_000;

/** From when on it is worth a colleague's time. Once is chance, but a note of the operator is meant. */
const worth: Readonly<Record<FindingCategory, (finding: FindingRecord) => boolean>> = {
  waiting: ({ totalMs = 0 }) => totalMs >= 10 * minuteMs,
  stuck: ({ count, totalMs = 0 }) => count >= 2 || totalMs >= 30 * minuteMs,
  recovery: ({ count }) => count >= 2,
  permission: ({ count }) => count >= 5,
  conflict: ({ count }) => count >= 2,
  denied: () => true,
  merge: ({ count }) => count >= 2,
};

/** False for what is too rare yet, and for what was dropped and has not doubled since. */
export function isTold(finding: FindingRecord): boolean {
  const { category, count, dropped } = finding;
  return worth[category](finding) && (dropped === undefined || count >= 2 * dropped);
}

/** Told ones, the most frequent first; at most `limit` of each category. */
export function toldFindings(all: readonly FindingRecord[], limit: number): FindingRecord[] {
  const told = all
    .filter(isTold)
    .sort((a, b) => weightOf(b) - weightOf(a) || b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1));
  return (Object.keys(findingTitles) as FindingCategory[]).flatMap((category) =>
    told.filter((one) => one.category === category).slice(0, limit),
  );
}

function weightOf({ category, totalMs = 0, count }: FindingRecord): number {
  return category === 'waiting' || category === 'stuck' ? totalMs : count;
}

/** One or two plain sentences on one line. */
export function sayFinding(finding: FindingRecord): string {
  return says[finding.category](finding, finding.subject).replace(/\s+/gu, ' ').trim();
}

type Say = (finding: FindingRecord, subject: readonly string[]) => string;

const says: Readonly<Record<FindingCategory, Say>> = {
  waiting: (finding, [agent, kind = '']) =>
    `${agent} waited ${times(finding)} for ${waits[kind] ?? `the operator (${kind})`}: ${lasted(finding)}.`,
  stuck: (finding, [agent, shape = '']) =>
    `${agent} was stuck ${times(finding)} ${shapes[shape] ?? `(${shape})`}: ${lasted(finding)}.`,
  recovery: (finding, [agent, cause]) =>
    `${agent} failed and ran again ${times(finding)} (${cause}): down ${lasted(finding)}.`,
  permission: (finding, [tool, shape]) => {
    const { allowed = 0, denied = 0 } = finding;
    const asked = shape === '' ? `${tool}` : `${tool} “${shape}”`;
    return `${asked} was asked ${times(finding)}: ${allowed} allowed, ${denied} denied.${ruleHint(finding)}`;
  },
  conflict: (finding, [path, one, other]) =>
    `${path} collided ${times(finding)} ${betweenWhom(one, other)}`,
  denied: (finding, [note]) =>
    `An approval of ${finding.agents.join(', ')} was denied${finding.count > 1 ? ` ${times(finding)}` : ''}: “${note}”`,
  merge: ({ agents, ...finding }, [code]) =>
    `Merging work of ${agents.join(', ')} failed ${times(finding)} with ${code}${finding.detail === undefined ? '.' : `; the last time: ${finding.detail}`}`,
};

/** Either may be a branch that work goes to. */
function betweenWhom(one = '', other = ''): string {
  const [agent, target] = isBranchSide(one) ? [other, one] : [one, other];
  return isBranchSide(target)
    ? `between ${agent} and what was in ${sideName(target)} already. Take ${sideName(target)} in more often, or split it.`
    : `between ${agent} and ${target}. Let one of them change it, or split it.`;
}

const waits: Readonly<Record<string, string>> = {
  question: 'an answer',
  approval: 'a review',
  permission: 'a permission',
  message: 'a word when it was blocked',
};

const shapes: Readonly<Record<string, string>> = {
  'stuck-on-prompt': 'at a prompt of its own screen',
  'stream-timeout': 'without its model',
  'context-bloat': 'with a context that had grown too large',
  'no-progress': 'without progress',
};

function times({ count }: Pick<FindingRecord, 'count'>): string {
  return count === 1 ? 'once' : `${count} times`;
}

function lasted({
  count,
  totalMs = 0,
  longestMs = 0,
}: Pick<FindingRecord, 'count' | 'totalMs' | 'longestMs'>): string {
  if (count === 1) return sayDuration(totalMs);
  return `${sayDuration(totalMs)} in all, ${sayDuration(longestMs)} at the longest`;
}

/** A rule is of one very command, and none can be made for what is of high risk. */
function ruleHint({ allowed = 0, denied = 0, isRisky }: FindingRecord): string {
  if (isRisky === true || denied > 0 || allowed === 0) return '';
  return ' A rule could answer it: “always” where it is allowed.';
}

/** The two largest units: `2 h 5 min`, `40 s`. */
export function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const units = [
    ['d', Math.floor(seconds / 86_400)],
    ['h', Math.floor(seconds / 3_600) % 24],
    ['min', Math.floor(seconds / 60) % 60],
    ['s', seconds % 60],
  ] as const;
  const first = units.findIndex(([, amount]) => amount > 0);
  if (first === -1) return '0 s';
  return units
    .slice(first, first + 2)
    .filter(([, amount]) => amount > 0)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(' ');
}
