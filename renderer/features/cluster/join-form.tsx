import { nodeLabelFault } from '../../../preload/contract/node-label.ts';
import { type FormEvent, useState } from 'react';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';

export const joinFormId = 'let-join';

const minuteMs = 60_000;
const lengths = [
  { value: '15m', label: '15 minutes', forMs: 15 * minuteMs },
  { value: '1h', label: '1 hour', forMs: 60 * minuteMs },
  { value: '1d', label: '1 day', forMs: 24 * 60 * minuteMs },
  { value: '7d', label: '7 days', forMs: 7 * 24 * 60 * minuteMs },
] as const;
type Length = (typeof lengths)[number];

export interface JoinAsk {
  readonly label?: string;
  readonly forMs: number;
}

interface JoinFormProps {
  /** Why none was made. */
  fault: string | undefined;
  onSubmit: (ask: JoinAsk) => void;
}

export function JoinForm({ fault, onSubmit }: JoinFormProps) {
  const [label, setLabel] = useState('');
  const [length, setLength] = useState<Length>(lengths[0]);
  const name = label.trim();
  const wrong = name === '' ? undefined : nodeLabelFault(name);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== undefined) return;
    onSubmit({ ...(name !== '' && { label: name }), forMs: length.forMs });
  };
  return (
    <form id={joinFormId} className="flex flex-col gap-4" onSubmit={handleSubmit}>
      <TextField
        label="Name"
        hint="What the node is to be called. Left empty, what the machine calls itself."
        autoFocus
        maxLength={40}
        value={label}
        error={wrong}
        onChange={(event) => setLabel(event.target.value)}
      />
      <div className="flex flex-col items-start gap-1">
        <span className="font-medium">The token may be used for</span>
        <Segmented<Length['value']>
          label="The token may be used for"
          value={length.value}
          segments={lengths}
          onChange={(value) => setLength(lengths.find((one) => one.value === value) ?? length)}
        />
      </div>
      {fault !== undefined && (
        <p role="alert" className="text-red">
          {fault}
        </p>
      )}
    </form>
  );
}
