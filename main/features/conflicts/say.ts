/** What agents are told of intents and conflicts. It says that it comes from Musher, so that nobody answers it. */
import type { CollidingFile, LineRange } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import type { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { IntendedFile } from '../../../preload/contract/intents.ts';
import { pathOf } from './overlap.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Told = Pick<Data<'conflict.found'>, 'kind' | 'agents' | 'files' | 'fileCount' | 'order'>;

const shownFiles = 10;
const from = '[Musher, no answer needed]';

export const describeConflicts: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'intent.declared': ({ data }) => {
    const { summary, files, validForMs, exclusive } = data as Data<'intent.declared'>;
    const what = exclusive ? 'Claimed' : 'About to change';
    return `${what}, for ${Math.round(validForMs / 60_000)} min: ${pathsIn(files)}\n${summary}`;
  },
  'intent.expired': ({ data }) => {
    const { files, exclusive } = data as Data<'intent.expired'>;
    const what = exclusive ? 'claim, so others may claim them' : 'intent';
    return `${from} The time is over of your ${what}: ${listed(files)}\nStill at it? Declare it again.`;
  },
  'intent.stolen': ({ data }) => {
    const { from: robbed, to, files, reason } = data as Data<'intent.stolen'>;
    const whose = to === undefined ? 'nobody has them now' : `${to.agent} has them now`;
    return `${from} The operator took from ${robbed} what it was about to change; ${whose}: ${pathsIn(files)}\nReason: ${reason}`;
  },
  'conflict.found': ({ data }) => sayConflict(data as Told),
  'conflict.changed': ({ data }) =>
    `${sayConflict(data as Told)}\n(It was told before, with other files.)`,
  'conflict.cleared': ({ data }) => {
    const { agents, end } = data as Data<'conflict.cleared'>;
    if (isBranchSide(agents[0]))
      return `${from} What ${agents[1]} has and ${sideName(agents[0])} are not in each other's way any more.`;
    return `${from} ${agents.join(' and ')} are not in each other's way any more: ${ends[end]}.`;
  },
  'conflict.ordered': ({ data }) => {
    const { agents, order } = data as Data<'conflict.ordered'>;
    return `${from} Of ${agents.join(' and ')} the operator merges ${order[0]} first. ${order[1]}: take that in, then ask for yours.`;
  },
};

const ends: Readonly<Record<Data<'conflict.cleared'>['end'], string>> = {
  gone: 'what they have fits together now',
  merged: 'the work of one of them is merged; the other takes in the target branch before it asks',
  'agent-gone': 'one of them is gone',
};

function sayConflict(told: Told): string {
  const { kind, files, fileCount, order } = told;
  const [first, second] = told.agents;
  if (isBranchSide(first)) return sayOfTarget(told, sideName(first));
  const where = listed(files.map(sayFile), fileCount);
  const talk = `Talk to each other: musher send <agent> "<text>".`;
  if (kind === 'forward')
    return `${from} ${first} and then ${second} said they are about to change the same: ${where}\n${talk} Agree who does what, or ${second} waits for ${first}.`;
  if (kind === 'ownership')
    return `${from} ${second} has changed what ${first} says it works on, and ${second} does not: ${where}\n${talk} ${second}: put it back, or declare it and agree with ${first}.`;
  return `${from} The work of ${first} and ${second} does not merge (${first} was first): ${where}\n${talk} Better merged first: ${order[0]}; ${order[1]} then takes in the target branch.`;
}

/** Only one can do something about it, and is told which of its own lines they are. */
function sayOfTarget({ agents: [, agent], files, fileCount }: Told, target: string): string {
  const where = listed(
    files.map(({ path, ranges }) => `${path}${sayRanges(ranges?.[1] ?? [])}`),
    fileCount,
  );
  return `${from} ${target} has moved on, and what ${agent} changed does not merge with it: ${where}\nTake ${target} in now, while it is little: git rebase ${target} (commit first), or git merge ${target}.`;
}

const shownRanges = 3;

/** `:10-14,20` and so on. */
function sayRanges(ranges: readonly LineRange[]): string {
  const said = ranges
    .slice(0, shownRanges)
    .map(({ start, end }) => (start === end ? `${start}` : `${start}-${end}`));
  return said.length === 0 ? '' : `:${said.join(',')}${ranges.length > shownRanges ? ',…' : ''}`;
}

function sayFile({ path, hint }: CollidingFile): string {
  return hint === undefined ? path : `${path} (${hint})`;
}

function pathsIn(files: readonly IntendedFile[]): string {
  return listed(files.map(pathOf));
}

function listed(paths: readonly string[], count = paths.length): string {
  const more = count - Math.min(shownFiles, paths.length);
  return [...paths.slice(0, shownFiles), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
