/** All features of a project, one line each, over what they need from outside. */
import type { AgentsPorts } from '../features/agents/index.ts';
import { agentsFeature } from '../features/agents/index.ts';
import { approvalsFeature, reviewSettings } from '../features/approvals/index.ts';
import { clusterFeature, clusterSettings } from '../features/cluster/index.ts';
import type { ClusterPorts } from '../features/cluster/ports.ts';
import { commitsFeature } from '../features/commits/index.ts';
import type { Commits } from '../features/commits/ports.ts';
import { conflictsFeature } from '../features/conflicts/index.ts';
import type { CollisionProof } from '../features/conflicts/ports.ts';
import type { Branches, MergePreviews, Review } from '../features/approvals/ports.ts';
import { costSettings, costsFeature } from '../features/costs/index.ts';
import { doctorFeature, type DoctorPorts } from '../features/doctor/index.ts';
import { editorFeature, editorOf } from '../features/editor/index.ts';
import type { Editors, TrackedFiles } from '../features/editor/ports.ts';
import { findingsFeature } from '../features/findings/index.ts';
import { createGates, gateSettings } from '../features/gates/index.ts';
import type { GatesPorts } from '../features/gates/ports.ts';
import { inboxFeature } from '../features/inbox/index.ts';
import { landingFeature, landingSettings } from '../features/landing/index.ts';
import { learningsFeature } from '../features/learnings/index.ts';
import type { LearningsFile } from '../features/learnings/ports.ts';
import { logFeature } from '../features/log/index.ts';
import { messagesFeature } from '../features/messages/index.ts';
import { permissionsFeature } from '../features/permissions/index.ts';
import { pipelineFeature, pipelineSettings } from '../features/pipeline/index.ts';
import type { StoryWork } from '../features/pipeline/ports.ts';
import { proposalsFeature } from '../features/proposals/index.ts';
import type { ProposalsPorts } from '../features/proposals/ports.ts';
import { questionsFeature } from '../features/questions/index.ts';
import type { Attachments } from '../features/questions/ports.ts';
import { registrationFeature } from '../features/registration/index.ts';
import type { RegistrationPorts } from '../features/registration/ports.ts';
import { recordingsFeature } from '../features/recordings/index.ts';
import type { Recordings } from '../features/recordings/ports.ts';
import { reviewsFeature } from '../features/reviews/index.ts';
import type { ReviewDiffs } from '../features/reviews/ports.ts';
import { type SettingsPorts, settingsFeature } from '../features/settings/index.ts';
import type { ConfigFiles } from '../features/settings/ports.ts';
import { targetsFeature } from '../features/targets/index.ts';
import type { Targets } from '../features/targets/ports.ts';
import { snapshotSettings, snapshotsFeature } from '../features/snapshots/index.ts';
import type { SnapshotsPorts } from '../features/snapshots/ports.ts';
import { storiesFeature } from '../features/stories/index.ts';
import type { StoryFiles } from '../features/stories/ports.ts';
import { terminalsFeature } from '../features/terminals/index.ts';
import { timelineFeature } from '../features/timeline/index.ts';
import type { Past } from '../features/timeline/ports.ts';
import { waitsFeature } from '../features/waits/index.ts';
import {
  fileLimits,
  isCostLimited,
  watchdogFeature,
  watchSettings,
} from '../features/watchdog/index.ts';
import type { WatchdogPorts } from '../features/watchdog/ports.ts';
import type { Terminals } from '../features/terminals/ports.ts';
import { timersFeature } from '../features/timers/index.ts';
import { triggersFeature } from '../features/triggers/index.ts';
import type { TriggersPorts } from '../features/triggers/ports.ts';
import { traceFeature } from '../features/trace/index.ts';
import type { Lines } from '../features/trace/ports.ts';
import { poolSize, treeSettings, worktreesFeature } from '../features/worktrees/index.ts';
import type { Pool, Trees, Upkeep } from '../features/worktrees/ports.ts';
import type { Feature } from '../hub/feature.ts';

/** The outside as features see it: adapters in the product, players in tests. */
export interface Outside extends Omit<AgentsPorts, 'treeSettings'> {
  readonly terminals: AgentsPorts['terminals'] & Pick<Terminals, 'onExit' | 'press'>;
  readonly review: Review;
  readonly branches: Branches;
  readonly mergePreviews: MergePreviews;
  readonly reviewDiffs: ReviewDiffs;
  readonly lines: Lines;
  readonly attachments: Attachments;
  readonly editors: Editors;
  readonly trackedFiles: TrackedFiles;
  readonly learnings: LearningsFile;
  readonly recordings: Recordings;
  readonly config: ConfigFiles;
  readonly settingsStore: SettingsPorts['settingsStore'];
  readonly changes: WatchdogPorts['changes'];
  readonly trees: Trees;
  readonly commits: Commits;
  readonly targets: Targets;
  readonly proof: CollisionProof;
  readonly snapshots: SnapshotsPorts['snapshots'];
  readonly upkeep: Upkeep;
  readonly gateTrees: GatesPorts['gateTrees'];
  readonly gateTerminals: GatesPorts['gateTerminals'];
  readonly lastLines: GatesPorts['lastLines'];
  readonly sha256: (text: string) => string;
  readonly pool: Pool;
  readonly configStore: ProposalsPorts['configStore'];
  readonly configCheck: ProposalsPorts['configCheck'];
  readonly storyFiles: StoryFiles;
  readonly localZone: () => string;
  readonly storyWork: StoryWork;
  readonly past: Past;
  readonly expressions: TriggersPorts['expressions'];
  readonly webhooks: TriggersPorts['webhooks'];
  readonly cluster: Omit<ClusterPorts, 'carrier' | 'room' | 'base' | 'settings'>;
  readonly carrier: ClusterPorts['carrier'];
  readonly registration: RegistrationPorts;
  readonly doctor: DoctorPorts;
}

export function projectFeatures(outside: Outside): Feature[] {
  const watching: WatchdogPorts = {
    ...outside,
    config: {
      watchSettings: (profile) => watchSettings(outside.config.configs(), profile),
      fileLimits: (profile) => fileLimits(outside.config.configs(), profile),
    },
  };
  const treeWishes = () => treeSettings(outside.config.configs());
  const others: Feature[] = [
    terminalsFeature(outside),
    messagesFeature(),
    questionsFeature(outside),
    permissionsFeature(outside),
    ...reviewFeatures(outside),
    worktreesFeature({
      ...outside,
      treeSettings: treeWishes,
      poolSize: () => poolSize(outside.config.configs()),
    }),
    editorFeature({ ...outside, command: () => editorOf(outside.config.configs()) }),
    commitsFeature(outside),
    targetsFeature(outside),
    conflictsFeature(outside),
    snapshotsFeature({
      ...outside,
      settings: () => snapshotSettings(outside.config.configs()),
    }),
    ...flowFeatures(outside, () => whole),
    clusterFeature(clusterPorts(outside)),
    registrationFeature(outside.registration),
    learningsFeature({ file: outside.learnings }),
    recordingsFeature(outside),
    watchdogFeature(watching),
    logFeature(),
    timelineFeature(outside),
    settingsFeature(outside),
    proposalsFeature(outside),
    traceFeature(outside),
    doctorFeature(outside.doctor),
  ];
  const tellsCost: AgentsPorts['tellsCost'] = (hub, agent) => isCostLimited(watching, hub, agent);
  const agents = agentsFeature({ ...outside, tellsCost, treeSettings: treeWishes }, others);
  const all = [agents, ...others];
  const whole: Feature[] = [...all, inboxFeature(all), findingsFeature(all), waitsFeature(all)];
  return whole;
}

/** Nodes work by the same settings as this machine. */
function clusterPorts(outside: Outside): ClusterPorts {
  const { cluster, carrier, config, profiles, worktrees } = outside;
  return {
    ...{ ...cluster, carrier },
    settings: () => clusterSettings(config.configs()),
    base: async () => treeSettings(config.configs()).base ?? worktrees.defaultBase(),
    room: {
      settings: () => pipelineSettings(config.configs()),
      canRun: (name) => profiles.get(name)?.needsCommand === false,
      onSettings: (listener) => config.onChange(listener),
    },
  };
}

/** What agents did, on its way into the target: one reading of the gates for all of it. */
function reviewFeatures(outside: Outside): Feature[] {
  const { config, sha256 } = outside;
  const readGates = () =>
    gateSettings({ files: config.files(), configs: config.configs(), sha256 });
  const gates = createGates({
    ...outside,
    settings: readGates,
    onSettings: (listener) => config.onChange(listener),
  });
  return [
    approvalsFeature({
      ...outside,
      gates: gates.mergeGates,
      settings: () => reviewSettings(config.configs(), config.files()),
    }),
    gates.feature,
    reviewsFeature(outside),
    landingFeature({
      ...outside,
      settings: () => landingSettings(config.configs()),
      gates: () => {
        const { gates: all, unreadable } = readGates();
        return { required: all.filter(({ required }) => required).length, unreadable };
      },
      onSettings: (listener) => config.onChange(listener),
    }),
  ];
}

/** Work that flows without the operator pushing it, and what it costs. `whole`: what timers look through, once all are made. */
function flowFeatures(outside: Outside, whole: () => readonly Feature[]): Feature[] {
  const { config } = outside;
  return [
    storiesFeature(outside),
    timersFeature({ localZone: outside.localZone, features: whole }),
    pipelineFeature({
      ...outside,
      settings: () => pipelineSettings(config.configs()),
      onSettings: (listener) => config.onChange(listener),
    }),
    triggersFeature(outside),
    costsFeature({
      settings: () => costSettings(config.configs(), outside.localZone),
      onSettings: (listener) => config.onChange(listener),
    }),
  ];
}
