/**
 * Every error a caller can meet: one row each. `message` and `mend` are templates; `{name}` is filled from the
 * params. A code is for ever: one that is no longer used stays, marked retired.
 */
import { actionErrors } from './errors/actions.ts';
import { agentErrors } from './errors/agents.ts';
import { approvalErrors } from './errors/approvals.ts';
import { clusterErrors } from './errors/cluster.ts';
import { conflictErrors } from './errors/conflicts.ts';
import { costErrors } from './errors/costs.ts';
import { gateErrors } from './errors/gates.ts';
import { gatewayErrors } from './errors/gateway.ts';
import { gitPawErrors } from './errors/git-paw.ts';
import { inboxErrors } from './errors/inbox.ts';
import { landingErrors } from './errors/landing.ts';
import { learningErrors } from './errors/learnings.ts';
import { messageErrors } from './errors/messages.ts';
import { permissionErrors } from './errors/permissions.ts';
import { proposalErrors } from './errors/proposals.ts';
import { questionErrors } from './errors/questions.ts';
import { recordingErrors } from './errors/recordings.ts';
import { repositoryErrors } from './errors/repository.ts';
import { editorErrors } from './errors/editor.ts';
import { reviewErrors } from './errors/reviews.ts';
import { timelineErrors } from './errors/timeline.ts';
import { targetErrors } from './errors/targets.ts';
import { requestErrors } from './errors/requests.ts';
import { settingsErrors } from './errors/settings.ts';
import { snapshotErrors } from './errors/snapshots.ts';
import { storyErrors } from './errors/stories.ts';
import { terminalErrors } from './errors/terminals.ts';
import { timerErrors } from './errors/timers.ts';
import { triggerErrors } from './errors/triggers.ts';
import { watchdogErrors } from './errors/watchdog.ts';
import { welcomeErrors } from './errors/welcome.ts';
import { worktreeErrors } from './errors/worktrees.ts';
import type { ErrorLevel, ErrorRow } from './errors/row.ts';

/** All groups; a feature's errors stand in a file of their own. */
export const errorTable = {
  ...requestErrors,
  ...repositoryErrors,
  ...clusterErrors,
  ...gatewayErrors,
  ...agentErrors,
  ...terminalErrors,
  ...learningErrors,
  ...recordingErrors,
  ...snapshotErrors,
  ...inboxErrors,
  ...messageErrors,
  ...questionErrors,
  ...permissionErrors,
  ...approvalErrors,
  ...gateErrors,
  ...reviewErrors,
  ...editorErrors,
  ...targetErrors,
  ...proposalErrors,
  ...settingsErrors,
  ...conflictErrors,
  ...storyErrors,
  ...actionErrors,
  ...timerErrors,
  ...landingErrors,
  ...triggerErrors,
  ...watchdogErrors,
  ...welcomeErrors,
  ...costErrors,
  ...worktreeErrors,
  ...timelineErrors,
  ...gitPawErrors,
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it crosses a process border; its schema is in wire-error.ts, so that who only makes one loads no more. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
  /** What the message was made of, and for BODY_INVALID the path of the field. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

function fill(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}

/** The wire form of a code, with its template filled. */
export function toWireError(code: ErrorCode, params: ErrorParams = {}): WireError {
  const found = errorTable[code];
  const error = { code, message: fill(found.message, params), mend: fill(found.mend, params) };
  return Object.keys(params).length === 0 ? error : { ...error, details: params };
}

/** HTTP status of a wire error; 500 for a code this version does not know. */
export function statusOf(error: WireError): number {
  return (errorTable as Record<string, ErrorRow>)[error.code]?.status ?? 500;
}

/** Level that a wire error is logged at; `error` for a code this version does not know. */
export function levelOfWire(error: WireError): ErrorLevel {
  return (errorTable as Record<string, ErrorRow>)[error.code]?.level ?? 'error';
}
