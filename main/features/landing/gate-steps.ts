/** What the gates of a request say of its story. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { GateRun } from '../../../preload/contract/gates.ts';
import { sendBack } from './advance.ts';
import type { Step } from './steps.ts';
import { isGivenUp } from './troubles.ts';
import type { View } from './view.ts';

export interface Looked {
  readonly step?: Step;
  /** Nothing red, and nothing to wait for. */
  readonly isOver: boolean;
  /** Why a person has to look. */
  readonly person?: string;
  /** There is none that a merge has to pass. */
  readonly isUngated?: boolean;
}

/** So often they are asked for again where they came to no result. */
const mostAgain = 2;

export function lookAtGates(view: View, approval: ApprovalRecord): Looked {
  const { gates, configured } = view;
  if (configured.unreadable !== undefined)
    return {
      isOver: true,
      person: `${configured.unreadable} cannot be read, so nobody knows which gates it has to pass.`,
    };
  if (configured.required === 0) return { isOver: true, isUngated: true };
  switch (gates.state) {
    case 'none':
      return plan(view, approval);
    case 'running':
      return { isOver: false };
    case 'green':
      return { isOver: true };
    case 'red':
      return {
        isOver: false,
        step: sendBack(view, { kind: 'gate', ref: gates.check ?? '' }, sayRed(gates.red)),
      };
    case 'lost':
      return again(view, approval);
  }
}

/** What cannot be merged has no result to run gates on. The merge says how, and runs them before it moves anything. */
function plan(view: View, { id: approval }: ApprovalRecord): Looked {
  const key = `plan/${approval}`;
  const trouble = view.trouble(key);
  if (trouble !== undefined && unmergeable.has(trouble.code)) return { isOver: true };
  if (trouble !== undefined && isGivenUp(trouble))
    return { isOver: true, person: `Its gates could not be run: ${trouble.message}` };
  const step = { key, command: { type: 'gate.plan', data: { approval } } };
  return { isOver: false, step };
}

const unmergeable: ReadonlySet<string> = new Set([
  ...['MERGE_CONFLICTED', 'RANGE_CONFLICTED', 'RANGE_UNFIT', 'COMMIT_EMPTY', 'COMMIT_ON_TARGET'],
]);

function again({ gates, trouble }: View, { id: subject }: ApprovalRecord): Looked {
  const key = `gates/${subject}/${gates.again}`;
  const why = trouble(key);
  if (gates.again >= mostAgain || (why !== undefined && isGivenUp(why)))
    return { isOver: true, person: 'Its gates came to no result: they were cancelled, or lost.' };
  return { isOver: false, step: { key, command: { type: 'gate.run', data: { subject } } } };
}

/** Enough to mend it by; all of it is in the recording. */
const shownLines = 12;

export function sayRed(runs: readonly GateRun[]): string {
  return runs
    .map(({ gate, state, exitCode, lastLines = [] }) => {
      const how =
        state === 'timed_out' ? 'took too long' : `failed with exit code ${exitCode ?? 'unknown'}`;
      const lines = lastLines.slice(-shownLines).join('\n');
      return `Gate ${gate} ${how} on what its merge leads to.${lines === '' ? '' : `\n${lines}`}`;
    })
    .join('\n\n');
}
