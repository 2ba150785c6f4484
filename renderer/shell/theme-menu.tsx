import { Monitor, Moon, Sun } from 'lucide-react';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, type ThemeChoice, useTheme } from './theme.ts';

const themes: Readonly<Record<ThemeChoice, { label: string; icon: typeof Sun }>> = {
  system: { label: 'As the system', icon: Monitor },
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
};

export function ThemeMenu() {
  const choice = useTheme((state) => state.choice);
  const Icon = themes[choice].icon;
  const items = (['system', 'light', 'dark'] as const).map((value) => ({
    ...themes[value],
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
