import { X } from 'lucide-react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/text-field.tsx';
import { type Grouping, type InboxLook, isNarrowed, type Sort, sorts } from './inbox-sections.ts';
import type { ChangeLook } from './stored-looks.ts';

const groupings: Readonly<Record<Grouping, string>> = {
  urgency: 'By urgency',
  agent: 'By agent',
  kind: 'By kind',
};

export const noFilter = { sort: undefined, agent: undefined, blocks: false } as const;

interface LookBarProps {
  look: InboxLook;
  onChange: ChangeLook;
  /** Those that something waits of. */
  agents: readonly string[];
}

const kindFieldId = 'inbox-kinds';

/** What of it is shown, and in which groups. */
export function LookBar({ look, onChange, agents }: LookBarProps) {
  useShortcuts([
    {
      keys: '/',
      run: () => document.getElementById(kindFieldId)?.querySelector('select')?.focus(),
    },
    { keys: 'v', run: () => onChange({ group: nextOf(look.group) }) },
  ]);
  // One that was chosen is offered although nothing of it waits any more.
  const offered = [...new Set([...agents, ...(look.agent === undefined ? [] : [look.agent])])];
  return (
    <search className="flex h-bar shrink-0 items-center gap-2 border-b px-4" aria-label="Filters">
      <div id={kindFieldId} className="min-w-24 max-w-36 flex-1">
        <Select
          hideLabel
          label="Kind"
          value={look.sort ?? ''}
          onChange={({ target }) => onChange({ sort: (target.value || undefined) as Sort })}
        >
          <option value="">All kinds</option>
          {Object.entries(sorts).map(([sort, title]) => (
            <option key={sort} value={sort}>
              {title}
            </option>
          ))}
        </Select>
      </div>
      <div className="min-w-24 max-w-36 flex-1">
        <Select
          hideLabel
          label="Agent"
          value={look.agent ?? ''}
          onChange={({ target }) => onChange({ agent: target.value || undefined })}
        >
          <option value="">All agents</option>
          {offered.map((agent) => (
            <option key={agent} value={agent}>
              {agent}
            </option>
          ))}
        </Select>
      </div>
      <Button
        aria-pressed={look.blocks}
        title="Only what an agent cannot go on without"
        onClick={() => onChange({ blocks: !look.blocks })}
        className={look.blocks ? 'bg-selected' : 'text-muted'}
      >
        Blocks
      </Button>
      {isNarrowed(look) && (
        <IconButton icon={X} label="Clear filters" onClick={() => onChange(noFilter)} />
      )}
      <div className="ml-auto w-28 shrink-0">
        <Select
          hideLabel
          label="Group"
          title="Group (v)"
          value={look.group}
          onChange={({ target }) => onChange({ group: target.value as Grouping })}
        >
          {Object.entries(groupings).map(([group, title]) => (
            <option key={group} value={group}>
              {title}
            </option>
          ))}
        </Select>
      </div>
    </search>
  );
}

function nextOf(group: Grouping): Grouping {
  const all = Object.keys(groupings) as Grouping[];
  return all[(all.indexOf(group) + 1) % all.length] ?? 'urgency';
}
