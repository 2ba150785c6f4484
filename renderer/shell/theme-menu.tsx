import { Monitor, Moon, Sun } from 'lucide-react';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts';

const themes: Readonly<Record<ThemeChoice, { label: string; icon: typeof Sun }>> = {
  system: { label: 'As the system', icon: Monitor },
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
};

/** In the order in which they are shown. */
export const themeChoices = (['system', 'light', 'dark'] as const).map((value) => ({
  ...themes[value],
  value,
}));

export function ThemeMenu() {
  const choice = useTheme((state) => state.choice);
  const Icon = themes[choice].icon;
  const items = themeChoices.map(({ value, label, icon }) => ({
    ...{ label, icon },
    onSelect: () => chooseTheme(value),
  }));
  return (
    <Menu groups={[items]}>
      <button
        type="button"
        aria-label={`Theme: ${themes[choice].label}`}
        className="flex hover:text-fg"
      >
        <Icon size={14} aria-hidden />
      </button>
    </Menu>
  );
}
