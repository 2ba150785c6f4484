/** Dark or light, and with how much contrast: what the system says, unless the operator chose. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../hub/storage.ts';

export type ThemeChoice = StoredValue<'theme'>;

interface ThemeState {
  readonly choice: ThemeChoice;
  /** What is shown now. */
  readonly shown: 'light' | 'dark';
  readonly contrast: 'normal' | 'more';
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');

export const useTheme = create<ThemeState>(() => resolve(readStored('theme', 'system')));

export function chooseTheme(choice: ThemeChoice): void {
  writeStored('theme', choice);
  apply(choice);
}

/** Applies the choice and follows the system from now on. Returns the disposer. */
export function startTheme(): () => void {
  const follow = () => apply(useTheme.getState().choice);
  follow();
  for (const query of [dark, contrast]) query.addEventListener('change', follow);
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener('change', follow);
  };
}

function apply(choice: ThemeChoice): void {
  const state = resolve(choice);
  const { dataset } = document.documentElement;
  dataset.theme = state.shown;
  if (state.contrast === 'more') dataset.contrast = 'more';
  else delete dataset.contrast;
  useTheme.setState(state);
}

function resolve(choice: ThemeChoice): ThemeState {
  switch (choice) {
    case 'system':
      return {
        choice,
        shown: dark.matches ? 'dark' : 'light',
        contrast: contrast.matches ? 'more' : 'normal',
      };
    case 'contrast-dark':
      return { choice, shown: 'dark', contrast: 'more' };
    case 'contrast-light':
      return { choice, shown: 'light', contrast: 'more' };
    default:
      return { choice, shown: choice, contrast: 'normal' };
  }
}
