/** Which capabilities do more on the command line than send and print. */
import { agentActions } from './agent-actions.ts';
import { approvalGetConvenience, requestConvenience } from './approval-waits.ts';
import { approveManyConvenience } from './approve-many.ts';
import type { Convenience } from './capability-run.ts';
import { proposeConvenience } from './config-waits.ts';
import { gateRunConvenience } from './gate-waits.ts';
import { gatewayConveniences } from './gateway-token.ts';
import { doctorConvenience } from './doctor.ts';
import { hookConvenience } from './hook.ts';
import { inboxConvenience } from './inbox.ts';
import { logConvenience } from './log-follow.ts';
import { askConvenience, questionGetConvenience } from './question-waits.ts';
import { doConvenience } from './do-action.ts';
import { joinTokenConvenience } from './join-token.ts';
import { exportConvenience } from './recording-export.ts';
import { exportSettings, importSettings } from './settings-files.ts';
import { restoreConvenience, takeConvenience } from './snapshot-waits.ts';
import { statusConvenience } from './agent-status.ts';
import { importConvenience } from './story-paths.ts';
import { foldedConvenience, timelineConvenience } from './timeline.ts';
import { usageConvenience } from './usage.ts';
import { verifyConvenience } from './verify.ts';
import { adoptConvenience } from './worktree-paths.ts';
import { pruneConvenience, repairConvenience } from './worktree-work.ts';

export const conveniences: ReadonlyMap<string, Convenience> = new Map([
  ['question.ask', askConvenience],
  ['question.get', questionGetConvenience],
  ['approval.request', requestConvenience],
  ['approval.get', approvalGetConvenience],
  ['approval.approve_many', approveManyConvenience],
  ['gate.run', gateRunConvenience],
  ['proposal.make', proposeConvenience],
  ['agent.hook', hookConvenience],
  ['agent.evidence', statusConvenience],
  ['agent.usage', usageConvenience],
  ...agentActions,
  ['inbox.read', inboxConvenience],
  ['node.invite', joinTokenConvenience],
  ...gatewayConveniences,
  ['recording.export', exportConvenience],
  ['snapshot.take', takeConvenience],
  ['snapshot.restore', restoreConvenience],
  ['settings.export', exportSettings],
  ['settings.import', importSettings],
  ['story.import', importConvenience],
  ['timer.add', doConvenience],
  ['timer.edit', doConvenience],
  ['timer.preview', doConvenience],
  ['trigger.add', doConvenience],
  ['trigger.edit', doConvenience],
  ['log.page', logConvenience],
  ['timeline.list', timelineConvenience],
  ['timeline.at', foldedConvenience],
  ['timeline.records', foldedConvenience],
  ['timeline.overview', foldedConvenience],
  ['log.verify', verifyConvenience],
  ['doctor.check', doctorConvenience],
  ['worktree.adopt', adoptConvenience],
  ['worktree.repair', repairConvenience],
  ['worktree.prune', pruneConvenience],
]);
