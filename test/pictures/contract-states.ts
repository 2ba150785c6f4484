// Every state that the contracts have, where the page shows it, and its words. A state without a row here does not compile.

import type { CheckState } from '../../preload/contract/doctor.ts';
import type { GateRun } from '../../preload/contract/gates.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { NodeStanding } from '../../preload/contract/node-standing.ts';
import type { ThreadRecord } from '../../preload/contract/reviews.ts';
import type { InboxItem } from '../../renderer/features/inbox/kinds.ts';
import { pictured } from '../harness/approval-states.ts';
import type { State } from './state.ts';

const approvals: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries(pictured).map(([id, says]) => [
    id.replace(/^s-/, ''),
    { scene: 'states', hash: `#/review/approval/${id}`, says, part: '[aria-label="Decision"]' },
  ]),
);

const gate = (approval: string, says: RegExp): State => ({
  ...{ scene: 'gates', hash: `#/review/approval/${approval}`, says },
  part: '[aria-label="Gates"]',
});
const gates: Readonly<Record<GateRun['state'], State>> = {
  queued: gate('a-31', /queued/),
  running: gate('a-31', /running/),
  passed: gate('a-32', /passed/),
  failed: gate('a-33', /exit code 1/),
  timed_out: gate('a-35', /timed out/),
  cancelled: gate('a-36', /cancelled/),
  lost: gate('a-35', /lost/),
};

const thread = (says: RegExp): State => ({
  ...{ scene: 'reviews', hash: '#/review/approval/a-21', says },
  part: '[aria-label="Diff"]',
  isInShadow: true,
});
const threads: Readonly<Record<ThreadRecord['state'], State>> = {
  open: thread(/Is this safe/),
  done: thread(/this has to be >=/),
  resolved: thread(/The length belongs to the window/),
};

const inboxRow = (scene: string, word: string, says: RegExp): State => ({
  ...{ scene, hash: '#/inbox', says, row: new RegExp(`^${word} from`) },
  part: `[aria-label^="${word} "]`,
});
const inbox: Readonly<Record<InboxItem['kind'], State>> = {
  question: inboxRow('busy', 'Question', /asks/),
  approval: inboxRow('busy', 'Approval', /asks to merge into main/),
  'failed-approval': inboxRow('busy', 'Not merged', /was not merged into main/),
  proposal: inboxRow('proposals', 'Proposal', /Apply/),
  push: inboxRow('states', 'Not pushed', /was not pushed to origin.*Push again/),
  'failed-agent': inboxRow('busy', 'Failed', /code 1/),
  message: inboxRow('busy', 'Message', /Reply/),
  permission: inboxRow('permissions', 'Permission', /npm test -- address/),
  notice: inboxRow('watched', 'Notice', /Dismiss/),
  target: inboxRow('conflicts', 'Moved', /moved without Musher/),
  'moved-back': inboxRow('conflicts', 'Moved back', /was moved back/),
  stray: inboxRow('conflicts', 'Stray commit', /Dismiss/),
  conflict: inboxRow('conflicts', 'Conflict', /Dismiss/),
  story: inboxRow('landing', 'Blocked story', /Try the merge again/),
  reminder: inboxRow('schedule', 'Reminder', /rate limits/),
  timer: inboxRow('schedule', 'Timer failed', /Do it now/),
  trigger: inboxRow('triggers', 'Trigger stopped', /Arm it again/),
  budget: inboxRow('costs', 'Budget', /is nearly used.*Raise to/),
};

const decided = (says: RegExp): State => ({
  ...{ scene: 'triage', hash: '#/inbox/decided', says },
  part: '[aria-label="Decided"]',
});
const questions: Readonly<Record<QuestionRecord['state'], State>> = {
  open: inboxRow('triage', 'Question', /asks you/),
  answered: decided(/Answer to q-70/),
  expired: decided(/Nobody answered q-69/),
  cancelled: decided(/q-68.*was cancelled/),
};

const node = (standing: NodeStanding, says: RegExp, hash = '#/nodes'): State => ({
  ...{ scene: 'nodes', hash, says },
  part: `tr[data-standing="${standing}"]`,
});
const nodes: Readonly<Record<NodeStanding, State>> = {
  connected: node('connected', /connected/),
  draining: node('draining', /draining/),
  stopped: node('stopped', /stopped/),
  disconnected: node('disconnected', /disconnected.*its clock is 10 min ahead/),
  lost: node('lost', /lost/),
  unheard: node('unheard', /not heard yet/),
  revoked: node('revoked', /locked out/, '#/nodes/node/n-8'),
};

const check = (state: CheckState, says: RegExp): State => ({
  ...{ scene: 'busy', hash: '#/doctor', says },
  part: `li[data-state="${state}"]`,
});
const checks: Readonly<Record<CheckState, State>> = {
  problem: check('problem', /Problem: Permissions.*What to do: Close it: chmod 600/),
  warning: check('warning', /Warning: Shell environment.*launchctl/),
  unknown: check('unknown', /Unknown: Notifications/),
  ok: check('ok', /OK: Node/),
};

const costs: Readonly<Record<string, State>> = {
  'without-price': {
    ...{ scene: 'costs', hash: '#/costs/model', part: 'main', says: /tokens have no price/ },
  },
  'at-its-budget': inboxRow('costs', 'At its budget', /is at its budget.*Show the budget/),
};

const tables: Readonly<Record<string, Readonly<Record<string, State>>>> = {
  ...{ approval: approvals, gate: gates, thread: threads, inbox, question: questions },
  ...{ node: nodes, check: checks, cost: costs },
};

/** By name: `gate-failed`. */
export const contractStates: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries(tables).flatMap(([of, table]) =>
    Object.entries(table).map(([name, state]) => [`${of}-${name.replaceAll('_', '-')}`, state]),
  ),
);
