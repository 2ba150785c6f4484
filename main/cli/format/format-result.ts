/** Chooses how a result is shown; never fails on a result that this version does not know. */
import { checkResult } from '../checks.ts';
import { agentFormats } from './agents.ts';
import { lifecycleFormats } from './approval-lifecycle.ts';
import { approvalFormats } from './approvals.ts';
import { clusterFormats } from './cluster.ts';
import { costFormats } from './costs.ts';
import { delegationFormats } from './delegation.ts';
import { commitFormats, targetFormats } from './commits.ts';
import { conflictFormats } from './conflicts.ts';
import { doctorFormats } from './doctor.ts';
import { evidenceFormats } from './evidence.ts';
import { fileFormats } from './files.ts';
import { gateFormats } from './gates.ts';
import { formatGeneric } from './generic.ts';
import { gatewayFormats } from './gateway.ts';
import { intentFormats } from './intents.ts';
import { landingFormats } from './landing.ts';
import { learningFormats } from './learnings.ts';
import { logFormats } from './log.ts';
import { messageFormats } from './messages.ts';
import { permissionFormats } from './permissions.ts';
import { pipelineFormats } from './pipeline.ts';
import { proposalFormats } from './proposals.ts';
import { questionFormats } from './questions.ts';
import { queueFormats } from './queue.ts';
import { recordingFormats } from './recordings.ts';
import { reviewFormats } from './reviews.ts';
import { settingsFormats } from './settings.ts';
import { snapshotFormats } from './snapshots.ts';
import { storyFormats } from './stories.ts';
import { timerFormats } from './timers.ts';
import { triggerFormats } from './triggers.ts';
import { terminalFormats } from './terminals.ts';
import { timelineFormats } from './timeline.ts';
import type { View } from './view.ts';
import { waitFormats } from './waits.ts';
import { traceFormats } from './trace.ts';
import { watchdogFormats } from './watchdog.ts';
import { worktreeFormats } from './worktrees.ts';

type Format = (result: unknown, view: View) => string;

export const formatters: ReadonlyMap<string, Format> = new Map(
  Object.entries({
    ...agentFormats,
    ...doctorFormats,
    ...evidenceFormats,
    ...terminalFormats,
    ...recordingFormats,
    ...messageFormats,
    ...questionFormats,
    ...permissionFormats,
    ...approvalFormats,
    ...lifecycleFormats,
    ...delegationFormats,
    ...fileFormats,
    ...gateFormats,
    ...queueFormats,
    ...reviewFormats,
    ...commitFormats,
    ...targetFormats,
    ...snapshotFormats,
    ...storyFormats,
    ...timerFormats,
    ...pipelineFormats,
    ...landingFormats,
    ...triggerFormats,
    ...conflictFormats,
    ...intentFormats,
    ...learningFormats,
    ...traceFormats,
    ...watchdogFormats,
    ...costFormats,
    ...clusterFormats,
    ...gatewayFormats,
    ...waitFormats,
    ...worktreeFormats,
    ...logFormats,
    ...timelineFormats,
    ...settingsFormats,
    ...proposalFormats,
  }) as Array<[string, Format]>,
);

/** The result as its formatter shows it; as plain fields when there is none, or a newer hub sent something else. */
export async function formatResult(
  { type, result }: { type: string; result: unknown },
  view: View,
): Promise<string> {
  const format = formatters.get(type);
  if (format === undefined) return formatGeneric(result, view);
  const checked = await checkResult(type, result);
  return checked.success ? format(checked.data, view) : formatGeneric(result, view);
}
