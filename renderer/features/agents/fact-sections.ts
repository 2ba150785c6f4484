import type { ComponentType } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { ChangedFiles } from '../worktrees/index.ts';

/** What other features show of an agent among its details: facts of their own, or nothing. */
export type FactSection = ComponentType<{ agent: AgentRecord }>;

/** In this order; one line for each. */
export const factSections: readonly FactSection[] = [ChangedFiles];
