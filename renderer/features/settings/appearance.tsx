import { Check, ChevronDown, Keyboard } from 'lucide-react';
import { chooseTheme, useTheme } from '../../shell/theme.ts';
import { themes } from '../../shell/themes.ts';
import { toggleOverlay } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SectionHeading } from './section-heading.tsx';

/** The theme is what this browser or window alone remembers; keys are in the user's file, and chosen where they are listed. */
export function Appearance() {
  const choice = useTheme((state) => state.choice);
  const chosen = themes.find((one) => one.choice === choice);
  const items = themes.map(({ choice: value, label, icon }) => ({
    ...{ label, icon: value === choice ? Check : icon },
    onSelect: () => chooseTheme(value),
  }));
  return (
    <section aria-labelledby="settings-appearance">
      <SectionHeading
        name="appearance"
        title="Appearance and keyboard"
        help="The theme is of this window alone."
      />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-48 flex-1">
          <p className="font-medium">Theme</p>
          <p className="text-sm text-muted">Default: as the system.</p>
        </div>
        <Menu groups={[items]}>
          <Button icon={chosen?.icon ?? ChevronDown} aria-label={`Theme: ${chosen?.label}`}>
            {chosen?.label}
            <ChevronDown size={14} aria-hidden className="text-muted" />
          </Button>
        </Menu>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-48 flex-1">
          <p className="font-medium">Keyboard</p>
          <p className="text-sm text-muted">All keys, by view, and others in their place.</p>
        </div>
        <Button icon={Keyboard} shortcut="?" onClick={() => toggleOverlay('shortcuts')}>
          Shortcuts
        </Button>
      </div>
    </section>
  );
}
