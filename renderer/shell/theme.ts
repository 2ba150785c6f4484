/** Dark or light: what the system says, unless the operator chose. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../hub/storage.ts';

export type ThemeChoice = StoredValue<'theme'>;

interface ThemeState {
  readonly choice: ThemeChoice;
  /** What is shown now. */
  readonly shown: 'light' | 'dark';
}

const system = matchMedia('(prefers-color-scheme: dark)');

export const useTheme = create<ThemeState>(() => resolve(readStored('theme', 'system')));

export function chooseTheme(choice: ThemeChoice): void {
  writeStored('theme', choice);
  apply(choice);
}

/** Applies the choice and follows the system from now on. Returns the disposer. */
export function startTheme(): () => void {
  const follow = () => apply(useTheme.getState().choice);
  follow();
  system.addEventListener('change', follow);
  return () => system.removeEventListener('change', follow);
}

function apply(choice: ThemeChoice): void {
  const state = resolve(choice);
  document.documentElement.dataset.theme = state.shown;
  useTheme.setState(state);
}

function resolve(choice: ThemeChoice): ThemeState {
  const followed = system.matches ? 'dark' : 'light';
  return { choice, shown: choice === 'system' ? followed : choice };
}
