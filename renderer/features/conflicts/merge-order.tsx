import { useState } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { useSend } from '../../hub/use-command.ts';

/** Whose work is merged first: the hub says what is less to merge by hand, and the operator may say otherwise. Both are told. */
export function MergeOrder({ conflict }: { conflict: ConflictRecord }) {
  const { id, agents, order, orderedBy, end } = conflict;
  const send = useSend();
  const [wanted, setWanted] = useState<string>();
  const choose = async (first: string) => {
    setWanted(first);
    await send('conflict.order', { conflict: id, first });
    setWanted(undefined);
  };
  return (
    <fieldset
      disabled={end !== undefined || wanted !== undefined}
      className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1"
    >
      <legend className="sr-only">Whose work is merged first</legend>
      <span aria-hidden className="text-muted">
        Merged first
      </span>
      {agents.map((agent) => (
        <label key={agent} className="flex h-6 items-center gap-1.5">
          <input
            type="radio"
            name={`first-of-${id}`}
            checked={(wanted ?? order[0]) === agent}
            onChange={() => void choose(agent)}
            className="size-3.5 accent-(--accent)"
          />
          {agent}
          {order[0] === agent && (
            <span className="text-sm text-faint">
              {orderedBy === 'hub' ? 'suggested' : 'said by you'}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
