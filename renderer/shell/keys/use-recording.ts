/** Keys that are pressed to become those of an action, and whether they can. */
import { type KeyboardEvent, useState } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { isMac } from '../../ui/shortcut.ts';
import { conflictsOf, type KeyAction } from './key-actions.ts';
import { keyGroups } from './key-groups.ts';
import { toChord, whyNot } from './key-rules.ts';
import { useKeyChoices } from './use-key-config.ts';

interface Recording {
  /** Undefined while none is recorded. */
  readonly action: KeyAction | undefined;
  /** Pressed so far; empty before the first. */
  readonly keys: string;
  readonly reason: string | undefined;
  /** Which have them already. */
  readonly conflicts: readonly KeyAction[];
  start(action: KeyAction): void;
  stop(): void;
  reset(action: KeyAction): void;
  resetAll(): void;
  /** While one is recorded every key is for it. */
  handleKey(event: KeyboardEvent): void;
}

export function useRecording(): Recording {
  const { choices } = useKeyChoices();
  const run = useCommand();
  const [action, setAction] = useState<KeyAction>();
  const [keys, setKeys] = useState('');
  const isPressed = action !== undefined && keys !== '';
  const reason = isPressed ? whyNot(keys, action) : undefined;
  const conflicts =
    isPressed && reason === undefined
      ? conflictsOf(action, keys, { groups: keyGroups(), choices })
      : [];
  const stop = () => {
    setAction(undefined);
    setKeys('');
  };
  const reset = ({ name = '' }: KeyAction) =>
    void run('settings.unset', { key: settingKey(name), in: 'user' });
  const save = () => {
    if (!isPressed || reason !== undefined || conflicts.length > 0) return;
    if (keys !== action.keys) {
      const key = settingKey(action.name ?? '');
      void run('settings.set', { key, value: JSON.stringify(keys), in: 'user' });
    } else if (action.name !== undefined && action.name in choices) reset(action);
    stop();
  };
  return {
    ...{ action, keys, reason, conflicts, stop, reset },
    start(next) {
      setAction(next);
      setKeys('');
    },
    async resetAll() {
      for (const name of Object.keys(choices))
        await run('settings.unset', { key: settingKey(name), in: 'user' });
    },
    handleKey(event) {
      event.preventDefault();
      event.stopPropagation();
      const press = event.nativeEvent;
      const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
      if (isPlain && event.key === 'Escape') return stop();
      if (isPlain && event.key === 'Enter') return save();
      if (isPlain && event.key === 'Backspace') return setKeys('');
      const chord = toChord(press, isMac);
      if (chord !== undefined) setKeys((before) => withChord(before, chord));
    },
  };
}

/** A plain key may be followed by one more; after two, or with others held, it begins anew. */
function withChord(before: string, chord: string): string {
  const mayFollow = before !== '' && !before.includes(' ') && !/^(Mod|Alt)\+/.test(before);
  return mayFollow && !/^(Mod|Alt)\+/.test(chord) ? `${before} ${chord}` : chord;
}

function settingKey(name: string): string {
  return `keys."${name}"`;
}
