/** The themes by what they are called, in the order in which they are offered. */
import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import type { ThemeChoice } from './theme.ts';

interface ThemeLook {
  readonly choice: ThemeChoice;
  readonly label: string;
  readonly icon: typeof Sun;
}

export const themes: readonly ThemeLook[] = [
  { choice: 'system', label: 'As the system', icon: Monitor },
  { choice: 'light', label: 'Light', icon: Sun },
  { choice: 'dark', label: 'Dark', icon: Moon },
  { choice: 'contrast-light', label: 'Light, high contrast', icon: Contrast },
  { choice: 'contrast-dark', label: 'Dark, high contrast', icon: Contrast },
];
