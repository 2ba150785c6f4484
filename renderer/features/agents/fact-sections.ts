import type { ComponentType } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { AgentStoryFact } from '../stories/index.ts';
import { ChangedFiles } from '../worktrees/index.ts';

/** What another feature shows of an agent among its details: facts of its own, or nothing. */
export interface FactSection {
  readonly id: string;
  readonly Section: ComponentType<{ agent: AgentRecord }>;
}

/** In this order; one line for each. */
export const factSections: readonly FactSection[] = [
  { id: 'story', Section: AgentStoryFact },
  { id: 'changed-files', Section: ChangedFiles },
];
