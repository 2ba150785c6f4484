/** What agents ask to be allowed, by the shape of the command: what is asked often could be a rule. */
import { commandShape } from './command-shape.ts';
import { amend, hit, type Subject } from './hit.ts';
import type { FindingsState, Folds } from './state.ts';

interface Permission {
  readonly agent: string;
  readonly tool: string;
  readonly subject: string;
  readonly risk?: string;
  readonly byRule?: boolean;
}

function subjectOf({ tool, subject }: Permission): Subject {
  return { category: 'permission', subject: [tool, commandShape(tool, subject)] };
}

function decided(state: FindingsState, permission: Permission, how: 'allowed' | 'denied') {
  const found = amend(state.found, subjectOf(permission), (finding) => ({
    ...finding,
    [how]: (finding[how] ?? 0) + 1,
  }));
  return found === state.found ? state : { ...state, found };
}

export const permissionFolds: Folds = {
  'permission.asked': (state, event) => {
    const asked = event.data as Permission;
    const { agent, subject: detail, risk } = asked;
    const found = { ...subjectOf(asked), agents: [agent], isRisky: risk === 'high', detail };
    return { ...state, found: hit(state.found, found, event) };
  },
  // One that a rule allowed asked nobody.
  'permission.allowed': (state, { data }) =>
    (data as Permission).byRule === true ? state : decided(state, data as Permission, 'allowed'),
  'permission.denied': (state, { data }) => decided(state, data as Permission, 'denied'),
};
