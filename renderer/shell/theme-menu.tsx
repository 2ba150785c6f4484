import { Check, Monitor } from 'lucide-react';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, useTheme } from './theme.ts';
import { themes } from './themes.ts';

export function ThemeMenu() {
  const choice = useTheme((state) => state.choice);
  const chosen = themes.find((one) => one.choice === choice);
  const Icon = chosen?.icon ?? Monitor;
  const items = themes.map(({ label, icon, choice: value }) => ({
    ...{ label, icon: value === choice ? Check : icon },
    onSelect: () => chooseTheme(value),
  }));
  return (
    <Menu groups={[items]}>
      <button type="button" aria-label={`Theme: ${chosen?.label}`} className="flex hover:text-fg">
        <Icon size={14} aria-hidden />
      </button>
    </Menu>
  );
}
