/** One setting that is being changed: checked while it is typed, saved, and how that went. */
import { useEffect, useRef, useState } from 'react';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import type { Said } from '../../ui/say-error.ts';

export type Saving =
  | { readonly state: 'idle' | 'saving' }
  | {
      readonly state: 'saved';
      readonly notes: readonly string[];
      /** Back to what the file said before. Left out: it says the same. */
      readonly undo?: () => void;
    }
  | { readonly state: 'failed'; readonly error: Said; readonly again: () => void };

/** So long nothing is typed before it is checked, milliseconds. */
const restMs = 250;

/** `said`: what the file says of the key now, as TOML; undefined where it says nothing. */
export function useSaving(key: string, file: Origin, said?: string) {
  const { bridge } = useHub();
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const now = useRef(said);
  now.current = said;
  /** False where it was refused. */
  const save = async (value: string | undefined): Promise<boolean> => {
    const before = now.current;
    setSaving({ state: 'saving' });
    try {
      const { result } =
        value === undefined
          ? await bridge.dispatch('settings.unset', { key, in: file })
          : await bridge.dispatch('settings.set', { key, value, in: file });
      const undo = () => void save(before);
      setSaving({ state: 'saved', notes: result.notes, ...(result.isChanged && { undo }) });
      return true;
    } catch (thrown) {
      setSaving({ state: 'failed', error: toWireErrorOf(thrown), again: () => void save(value) });
      return false;
    }
  };
  return { saving, save, rest: () => setSaving({ state: 'idle' }) };
}

/** Why the value cannot be; undefined while it can, or is not known yet. */
export function useProblem(key: string, file: Origin, value: string | undefined) {
  const { bridge } = useHub();
  const [found, setFound] = useState<{ readonly of: string; readonly said: Said | undefined }>();
  const newest = useRef(value);
  newest.current = value;
  useEffect(() => {
    if (value === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      bridge.query('settings.check', { key, value, in: file }, abort.signal).then(
        ({ problem }) => newest.current === value && setFound({ of: value, said: problem }),
        // That it cannot be asked is told where it is saved.
        () => undefined,
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [bridge, key, file, value]);
  return found?.of === value ? found?.said : undefined;
}
