/** What has a key that can be changed: each by a name that stays, in the part of the page in which it works. Pure. */
import { everywhere, type KeyTable } from '../../ui/key-scope.tsx';
import type { ShortcutHelp } from '../view.ts';

export interface KeyAction {
  /** As `[keys]` has it: `review.approve`. Absent: its keys are not to be changed. */
  readonly name?: string;
  readonly scope: string;
  readonly label: string;
  /** By default. */
  readonly keys: string;
}

export interface KeyGroup {
  readonly scope: string;
  readonly title: string;
  readonly actions: readonly KeyAction[];
}

export function toGroup(
  scope: string,
  title: string,
  shortcuts: readonly ShortcutHelp[],
): KeyGroup {
  const named = new Map<string, KeyAction>();
  const actions = shortcuts.flatMap(({ name, keys, label }): KeyAction[] => {
    if (name === undefined) return [{ scope, label, keys }];
    const before = named.get(name);
    const action = {
      ...{ name: `${scope}.${name}`, scope, keys },
      label: before === undefined ? label : `${before.label}. ${label}`,
    };
    named.set(name, action);
    return before === undefined ? [action] : [];
  });
  // One key that does several things by what is selected is one row.
  return {
    ...{ scope, title },
    actions: actions.map((one) => {
      const name = one.name?.slice(scope.length + 1);
      return (name === undefined ? undefined : named.get(name)) ?? one;
    }),
  };
}

/** By the names of actions. */
export type KeyChoices = Readonly<Record<string, string>>;

export function toTable(groups: readonly KeyGroup[], choices: KeyChoices): KeyTable {
  const table = new Map<string, Map<string, string>>();
  for (const { scope, actions } of groups)
    for (const { name, keys } of actions) {
      const chosen = name === undefined ? undefined : choices[name];
      if (chosen === undefined || chosen === keys) continue;
      const own = table.get(scope) ?? new Map<string, string>();
      table.set(scope, own.set(keys, chosen));
    }
  return table;
}

export function keysOf(action: KeyAction, choices: KeyChoices): string {
  return (action.name === undefined ? undefined : choices[action.name]) ?? action.keys;
}

/** Actions that the same press would mean, where both are heard; the first key of two that follow each other counts too. */
export function conflictsOf(
  action: KeyAction,
  keys: string,
  { groups, choices }: { groups: readonly KeyGroup[]; choices: KeyChoices },
): readonly KeyAction[] {
  const isHeard = ({ scope }: KeyAction) =>
    scope === action.scope || scope === everywhere || action.scope === everywhere;
  const isSame = (one: KeyAction) => one.name === action.name && one.scope === action.scope;
  return groups
    .flatMap(({ actions }) => actions)
    .filter((one) => !isSame(one) && isHeard(one) && isAmbiguous(keysOf(one, choices), keys));
}

function isAmbiguous(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

/** Capital or not is no difference with Mod, nor is the order of what is held. */
function fold(keys: string): string {
  return keys
    .split(' ')
    .map((chord) => {
      const parts = chord === '+' ? ['+'] : chord.split('+');
      return [...parts.slice(0, -1).sort(), (parts.at(-1) ?? '').toLowerCase()].join('+');
    })
    .join(' ');
}
