import { RotateCcw } from 'lucide-react';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { KeyAction } from './key-actions.ts';
import { conflictsOf, keysOf } from './key-actions.ts';
import { keyGroups } from './key-groups.ts';
import { useKeyChoices } from './use-key-config.ts';
import type { useRecording } from './use-recording.ts';

interface KeyRowProps {
  action: KeyAction;
  recording: ReturnType<typeof useRecording>;
}

/** What it does and its keys; pressed, the next keys become its own. */
export function KeyRow({ action, recording }: KeyRowProps) {
  const { choices } = useKeyChoices();
  const { name, label, keys } = action;
  if (name === undefined)
    return (
      <li className="flex min-h-7 items-center justify-between gap-4 px-2">
        <span className="truncate" title={label}>
          {label}
        </span>
        <Kbd keys={keys} />
      </li>
    );
  const isRecording = recording.action?.name === name;
  const isChanged = name in choices;
  const [other] = isChanged
    ? conflictsOf(action, keysOf(action, choices), { groups: keyGroups(), choices })
    : [];
  return (
    <li className="flex items-center">
      <button
        type="button"
        data-row
        title={label}
        aria-describedby={isRecording ? 'keys-said' : undefined}
        onClick={() => recording.start(action)}
        onBlur={() => isRecording && recording.stop()}
        onKeyDown={(event) => isRecording && recording.handleKey(event)}
        className={classNames(
          'flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left hover:bg-hover',
          isRecording && 'bg-selected outline-2 outline-accent',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {other && <span className="shrink-0 truncate text-sm text-amber">also {other.label}</span>}
        {isRecording ? (
          <Pressed keys={recording.keys} />
        ) : (
          <span className={isChanged ? '[&_kbd]:border-accent [&_kbd]:text-fg' : ''}>
            <Kbd keys={keys} />
          </span>
        )}
      </button>
      {isChanged && !isRecording && (
        <IconButton
          icon={RotateCcw}
          label={`Give “${label}” its own key back`}
          onClick={() => recording.reset(action)}
        />
      )}
    </li>
  );
}

function Pressed({ keys }: { keys: string }) {
  if (keys === '') return <span className="shrink-0 text-sm text-accent">press keys…</span>;
  return (
    <span className="[&_kbd]:border-accent [&_kbd]:text-fg">
      <Kbd keys={keys} />
    </span>
  );
}
