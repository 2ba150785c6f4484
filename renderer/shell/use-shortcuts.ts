/**
 * Shortcuts of the page: one listener, the newest binding first. Keys without a modifier never reach a binding
 * while the operator types into a field or a terminal, or while a dialog or menu has the keyboard.
 */
import { useLayoutEffect, useRef } from 'react';
import { pageClock } from '../hub/channel.ts';
import { useKeysHere } from '../ui/key-scope.tsx';
import { matchesChord, toSequence } from '../ui/shortcut.ts';
import { mayDecideByKey } from './self-moves.ts';

export interface Binding {
  /** As in ui/shortcut.ts, by default; what the operator made of them is what is heard. */
  readonly keys: string;
  readonly run: () => void;
  /** Works while typing into a field too; needs a modifier. */
  readonly inFields?: boolean;
  /** Works while a terminal has the keyboard too, so no program there ever gets it. */
  readonly inTerminals?: boolean;
  /** It decides about what is selected: does nothing for a moment after the selection moved by itself. */
  readonly decides?: boolean;
}

/** What is typed into. A checkbox takes the space bar alone. */
const fields = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';

/** How long after `g` the next key still belongs to it. */
const sequenceMs = 1200;

const groups: Array<{ readonly current: readonly Binding[] }> = [];
let pending: { chord: string; atMs: number } | undefined;

/** Active while the component is to be seen and `enabled`, from the frame on that shows it: a key that it names is never lost. */
export function useShortcuts(bindings: readonly Binding[], enabled = true): void {
  const keysHere = useKeysHere();
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings.map((binding) => ({ ...binding, keys: keysHere(binding.keys) }));
  });
  useLayoutEffect(() => {
    if (!enabled) return;
    groups.unshift(latest);
    if (groups.length === 1) addEventListener('keydown', handleKeyDown);
    return () => {
      groups.splice(groups.indexOf(latest), 1);
      if (groups.length === 0) removeEventListener('keydown', handleKeyDown);
    };
  }, [enabled]);
}

/** True for keys that a terminal leaves to the page. */
export function isAppKey(event: KeyboardEvent): boolean {
  const bindings = groups.flatMap((group) => group.current);
  return bindings.some(
    ({ keys, inTerminals }) => inTerminals === true && matchesChord(event, keys),
  );
}

function handleKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || isModifier(event.key)) return;
  const before = pending && pageClock.now() - pending.atMs < sequenceMs ? pending.chord : undefined;
  pending = undefined;
  const usable = groups
    .flatMap((group) => group.current)
    .filter((binding) => mayRun(binding, event.target));
  const found = usable.find(({ keys }) => completes(keys, event, before));
  if (found) {
    event.preventDefault();
    if (found.decides !== true || mayDecideByKey()) found.run();
    return;
  }
  const begun = usable
    .map(({ keys }) => toSequence(keys))
    .find(([first = '', next]) => next !== undefined && matchesChord(event, first));
  if (begun) pending = { chord: begun[0] ?? '', atMs: pageClock.now() };
}

function completes(keys: string, event: KeyboardEvent, before: string | undefined): boolean {
  const [first = '', second] = toSequence(keys);
  if (second === undefined) return before === undefined && matchesChord(event, first);
  return before === first && matchesChord(event, second);
}

function mayRun(binding: Binding, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest('[role="dialog"], [role="menu"], [role="alertdialog"]')) return false;
  if (target.closest('.xterm')) return binding.inTerminals === true;
  // Enter and Space on a button press that button.
  const isPressed = target.closest('button, a, summary, [role="button"], [role="radio"]') !== null;
  if (isPressed && /^(Enter|Space)$/.test(binding.keys)) return false;
  if (binding.keys === 'Space' && target.matches('input')) return false;
  const isField = target.closest(fields) !== null;
  return !isField || binding.inFields === true;
}

const composeKeyCode = 229;

/** An input method has the key; the first one of a composition has its code only. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === composeKeyCode;
}

function isModifier(key: string): boolean {
  return key === 'Control' || key === 'Shift' || key === 'Alt' || key === 'Meta';
}
