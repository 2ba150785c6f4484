/** Stages, types and priorities as the page names them. Pure. */
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { StoryStage } from '../../../preload/contract/story-stages.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export const stageTitles: Readonly<Record<StoryStage, string>> = {
  backlog: 'Backlog',
  coding: 'Coding',
  qa: 'QA',
  merge: 'Merge',
  merge_failed: 'Merge failed',
  done: 'Done',
  archived: 'Archived',
  blocked: 'Blocked',
  held: 'Held',
  frozen: 'Frozen',
  abandoned: 'Abandoned',
  superseded: 'Superseded',
};

/** Pressed after `m`, or in the menu of moves. */
export const stageKeys: Readonly<Record<StoryStage, string>> = {
  backlog: 'b',
  coding: 'c',
  qa: 'q',
  merge: 'm',
  merge_failed: 'y',
  done: 'd',
  archived: 'v',
  blocked: 'k',
  held: 'h',
  frozen: 'f',
  abandoned: 'x',
  superseded: 's',
};

export const stageDots: Readonly<Record<StoryStage, { shape: DotShape; tone: DotTone }>> = {
  backlog: { shape: 'dashed', tone: 'muted' },
  coding: { shape: 'half', tone: 'blue' },
  qa: { shape: 'ring', tone: 'blue' },
  merge: { shape: 'disc', tone: 'blue' },
  merge_failed: { shape: 'cross', tone: 'red' },
  done: { shape: 'check', tone: 'green' },
  archived: { shape: 'check', tone: 'muted' },
  blocked: { shape: 'diamond', tone: 'amber' },
  held: { shape: 'bars', tone: 'amber' },
  frozen: { shape: 'square', tone: 'blue' },
  abandoned: { shape: 'cross', tone: 'muted' },
  superseded: { shape: 'ring', tone: 'muted' },
};

export const priorityTitles: Readonly<Record<StoryRecord['priority'], string>> = {
  critical: 'Critical',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};

export const typeTitles: Readonly<Record<StoryRecord['type'], string>> = {
  story: 'Story',
  bug: 'Bug',
  spike: 'Spike',
  chore: 'Chore',
};

export const reviewTitles: Readonly<Record<StoryRecord['review'], string>> = {
  gates: 'Gates only',
  agent: 'Gates and an agent',
  human: 'Gates and you',
};
