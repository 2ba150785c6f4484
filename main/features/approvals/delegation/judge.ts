/** Which rule an approval comes under, and why. Pure. What grants is matched exactly, what withholds without regard to case. */
import type { LookedRule, RuleVerdict } from '../../../../preload/contract/approval-delegation.ts';
import { withoutCase } from '../../../base/without-case.ts';
import { asPattern, exactly, metBy, normalPath } from '../../conflicts/index.ts';
import type { TreeChange } from '../ports.ts';
import { neverDelegable, shownPath } from './never.ts';
import type { Delegation, Rule } from './settings.ts';

/** What rules may know of an approval. */
export interface Judged {
  readonly agent: string;
  readonly target: string;
  readonly fileCount: number;
  /** Added and removed. */
  readonly lines: number;
  /** Files without lines. */
  readonly binaryCount: number;
  /** Every name that differs; a rename is there by both. */
  readonly changes: readonly TreeChange[];
  /** What keeps it from any rule: its commit is not pinned, or not all of it is listed. */
  readonly unfit?: string | undefined;
}

export interface Judgement extends RuleVerdict {
  /** All of them, each by itself. */
  readonly looked: readonly LookedRule[];
}

/** The first rule that fits; what no rule can approve is asked, and so is what none fits. */
export function judge({ rules, unreadable }: Delegation, facts: Judged): Judgement {
  const looked = rules.map((rule): LookedRule => {
    const { name, action, origin } = rule;
    return { name, action, origin, ...look(rule, facts) };
  });
  const first = looked.find(({ fits }) => fits);
  const ask = (why: string, rule = first?.name): Judgement => ({
    ...{ action: 'ask', why, looked },
    ...(rule !== undefined && { rule }),
  });
  if (first === undefined)
    return ask(rules.length === 0 ? 'There are no rules.' : 'No rule fits it.');
  if (first.action === 'ask') return ask(`Rule ${first.name} always asks: ${first.why}.`);
  if (unreadable !== undefined)
    return ask(`${unreadable} cannot be read, so what it wants asked is not known.`);
  const never = facts.unfit ?? neverDelegable(facts.changes);
  if (never !== undefined) return ask(`No rule can approve it: ${never}.`);
  return { action: 'approve', rule: first.name, why: `Rule ${first.name}: ${first.why}.`, looked };
}

/** Why a person has to look at it, whoever else would say yes; undefined where nobody has to. */
export function personNeeded({ rules, unreadable }: Delegation, facts: Judged): string | undefined {
  const fitting = rules.map((rule) => ({ rule, ...look(rule, facts) })).find(({ fits }) => fits);
  if (fitting?.rule.action === 'ask')
    return `Rule ${fitting.rule.name} always asks: ${fitting.why}.`;
  if (unreadable !== undefined)
    return `${unreadable} cannot be read, so what it wants asked is not known.`;
  const never = facts.unfit ?? neverDelegable(facts.changes);
  return never === undefined ? undefined : `Only you can approve it: ${never}.`;
}

interface Fit {
  readonly fits: boolean;
  readonly why: string;
}

function look(rule: Rule, facts: Judged): Fit {
  const no = (why: string): Fit => ({ fits: false, why });
  if (!isAbout(rule.agents, facts.agent)) return no(`it is not about agent ${facts.agent}`);
  if (!isAbout(rule.targets, facts.target)) return no(`it is not about branch ${facts.target}`);
  return rule.action === 'approve' ? fitToApprove(rule, facts) : fitToAsk(rule, facts);
}

function fitToApprove(rule: Rule, facts: Judged): Fit {
  const names = facts.changes.map(({ path }) => path.normalize('NFC'));
  const isIn = rule.paths.map((path) => exactly(patternOf(path)));
  const isOut = rule.except.map((path) => metBy(patternOf(path)));
  const strange = names.find((name) => !isIn.some((matches) => matches(name)));
  const excepted = names.find((name) => isOut.some((meets) => meets(withoutCase(name))));
  const over = overBounds(rule, facts);
  if (names.length === 0) return { fits: false, why: 'it changes nothing' };
  if (strange !== undefined)
    return { fits: false, why: `${shownPath(strange)} is not among its paths` };
  if (excepted !== undefined) return { fits: false, why: `it excepts ${shownPath(excepted)}` };
  if (over !== undefined) return { fits: false, why: over };
  const all = facts.fileCount === 1 ? 'the one file is' : `all ${facts.fileCount} files are`;
  return { fits: true, why: `${all} among its paths` };
}

/** One file is enough; with bounds, only beyond them. */
function fitToAsk(rule: Rule, facts: Judged): Fit {
  const names = facts.changes.map(({ path }) => path.normalize('NFC'));
  const isIn = rule.paths.map((path) => metBy(patternOf(path)));
  const isOut = rule.except.map((path) => exactly(patternOf(path)));
  const isAll = rule.paths.length === 0;
  const met = names.find(
    (name) =>
      (isAll || isIn.some((meets) => meets(withoutCase(name)))) &&
      !isOut.some((matches) => matches(name)),
  );
  if (met === undefined) return { fits: false, why: 'it changes none of its files' };
  const isBounded = rule.maxFiles !== undefined || rule.maxLines !== undefined;
  const over = overBounds(rule, facts);
  if (isBounded && over === undefined) return { fits: false, why: 'it is within its bounds' };
  return { fits: true, why: over ?? (isAll ? 'it is about all' : `it changes ${shownPath(met)}`) };
}

function overBounds({ maxFiles, maxLines }: Rule, facts: Judged): string | undefined {
  const { fileCount, lines, binaryCount } = facts;
  if (maxFiles !== undefined && fileCount > maxFiles)
    return `it changes ${fileCount} files, more than ${maxFiles}`;
  if (maxLines === undefined) return undefined;
  if (lines > maxLines) return `it changes ${lines} lines, more than ${maxLines}`;
  return binaryCount > 0 ? 'it has binary files, whose lines cannot be counted' : undefined;
}

function isAbout(patterns: readonly string[], name: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => exactly(pattern)(name));
}

function patternOf(path: string): string {
  return asPattern(normalPath(path));
}
