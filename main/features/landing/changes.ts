/** Which stories something has changed of since the last look: by what two states do not share. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Agent } from '../agents/index.ts';
import type { Story } from '../stories/index.ts';
import { initialLanding, type LandingState } from './slice.ts';

export interface Looked {
  readonly landing: LandingState;
  readonly stories: Table<Story>;
  readonly approvals: Table<ApprovalRecord>;
  readonly agents: Table<Agent>;
  /** Compared as a whole: what it means to a request is not seen from outside. */
  readonly gates: unknown;
}

export class Changes {
  private before: Looked = {
    ...{ landing: initialLanding, gates: undefined },
    ...{ stories: Table.empty(), approvals: Table.empty(), agents: Table.empty() },
  };

  since(now: Looked): ReadonlySet<string> {
    const { before } = this;
    this.before = now;
    const found = new Set<string>();
    const add = (id: string | undefined) => {
      if (id !== undefined && now.landing.byId.has(id)) found.add(id);
    };
    for (const { id } of before.landing.byId.differencesTo(now.landing.byId)) add(id);
    for (const { id } of before.stories.differencesTo(now.stories)) add(id);
    for (const { after } of before.approvals.differencesTo(now.approvals)) add(after?.story);
    for (const { id, after } of before.agents.differencesTo(now.agents))
      add(now.landing.made.get(id) ?? after?.id);
    if (before.gates !== now.gates)
      now.landing.byId.forEach(({ id, stage }) => {
        if (stage === 'qa' || stage === 'merge') add(id);
      });
    return found;
  }
}
