import { ChevronDown, Users } from 'lucide-react';
import { useRecords } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { recipientsOf } from './message-names.ts';

/** All agents, or these: at least one. */
export type Recipients = '*' | readonly string[];

interface RecipientPickerProps {
  value: Recipients;
  onChange: (to: Recipients) => void;
}

export function RecipientPicker({ value, onChange }: RecipientPickerProps) {
  const agents = useRecords('agent').filter(({ state }) => state !== 'destroyed');
  const chosen = value === '*' ? [] : value;
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    onChange(next.length === 0 ? '*' : next);
  };
  const whom = value === '*' ? 'every agent' : recipientsOf(value);
  return (
    <Popover
      label="Recipients"
      className="max-h-80 min-w-48 overflow-y-auto p-1"
      trigger={
        <Button icon={Users} className="max-w-full min-w-0 shrink text-muted">
          <span className="truncate">To {whom}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0" />
        </Button>
      }
    >
      <fieldset>
        <legend className="sr-only">Recipients</legend>
        <Choice label="Every agent" isChosen={value === '*'} onToggle={() => onChange('*')} />
        {agents.length > 0 && <hr className="my-1" />}
        {agents.map(({ id }) => (
          <Choice key={id} label={id} isChosen={chosen.includes(id)} onToggle={() => toggle(id)} />
        ))}
      </fieldset>
    </Popover>
  );
}

interface ChoiceProps {
  label: string;
  isChosen: boolean;
  onToggle: () => void;
}

function Choice({ label, isChosen, onToggle }: ChoiceProps) {
  return (
    <label className="flex h-7 items-center gap-2 rounded-sm px-2 hover:bg-hover">
      <input type="checkbox" checked={isChosen} onChange={onToggle} className="accent-accent" />
      <span className="truncate">{label}</span>
    </label>
  );
}
