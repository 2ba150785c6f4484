import { Check, ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { type Grouping, type InboxLook, isNarrowed, sorts } from './inbox-look.ts';
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

/** What of it is shown, and in which groups. */
export function LookBar({ look, onChange, agents }: LookBarProps) {
  const [isOpen, setOpen] = useState(false);
  useShortcuts([
    { keys: '/', run: () => setOpen(true) },
    { keys: 'v', run: () => onChange({ group: nextOf(look.group) }) },
  ]);
  // One that was chosen is offered although nothing of it waits any more.
  const offered = [...new Set([...agents, ...(look.agent === undefined ? [] : [look.agent])])];
  return (
    <search
      className="flex h-bar shrink-0 items-center gap-1.5 border-b px-4 max-sm:h-auto max-sm:min-h-bar max-sm:flex-wrap max-sm:px-3 max-sm:py-1.5"
      aria-label="Filters"
    >
      <Choice
        label="Kind"
        all="All kinds"
        value={look.sort}
        values={sorts}
        onChange={(sort) => onChange({ sort })}
        isOpen={isOpen}
        onOpenChange={setOpen}
      />
      <Choice
        label="Agent"
        all="All agents"
        value={look.agent}
        values={Object.fromEntries(offered.map((agent) => [agent, agent]))}
        onChange={(agent) => onChange({ agent })}
      />
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
      <span className="ml-auto flex min-w-0">
        <Choice
          label="Group"
          value={look.group}
          values={groupings}
          onChange={(group) => onChange({ group: group ?? 'urgency' })}
        />
      </span>
    </search>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  /** For none of them; left out, one always is. */
  all?: string;
  value: Value | undefined;
  values: Readonly<Record<Value, string>>;
  onChange: (value: Value | undefined) => void;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, all, value, values, onChange, isOpen, onOpenChange } = props;
  const toItem = (own: Value | undefined, title: string) => ({
    label: title,
    ...(own === value && { icon: Check }),
    onSelect: () => onChange(own),
  });
  const entries = Object.entries(values) as Array<[Value, string]>;
  const shown = (value === undefined ? all : values[value]) ?? value ?? '';
  return (
    <Menu
      align="start"
      groups={[
        all === undefined ? [] : [toItem(undefined, all)],
        entries.map(([own, title]) => toItem(own, title)),
      ]}
      {...(isOpen !== undefined && { isOpen })}
      {...(onOpenChange && { onOpenChange })}
    >
      <Button
        aria-label={`${label}: ${shown}`}
        className={classNames('max-w-36 min-w-20 shrink!', value === undefined && 'text-muted')}
      >
        <span className="truncate">{shown}</span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-faint" />
      </Button>
    </Menu>
  );
}

function nextOf(group: Grouping): Grouping {
  const all = Object.keys(groupings) as Grouping[];
  return all[(all.indexOf(group) + 1) % all.length] ?? 'urgency';
}
