import { Keyboard } from 'lucide-react';
import { chooseTheme, useTheme } from '../../shell/theme.ts';
import { themes } from '../../shell/themes.ts';
import { toggleOverlay } from '../../shell/ui-state.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SectionHeading } from './section-heading.tsx';

const segments = themes.map(({ choice: value, label, icon }) => ({ value, label, icon }));

/** The theme is what this browser or window alone remembers; keys are in the user's file, and chosen where they are listed. */
export function Appearance() {
  const choice = useTheme((state) => state.choice);
  return (
    <section aria-labelledby="settings-appearance">
      <SectionHeading
        name="appearance"
        title="Appearance and keyboard"
        help="The theme is of this window alone."
      />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <p className="font-medium">Theme</p>
          <p className="text-sm text-muted">Default: as the system.</p>
        </div>
        <Segmented label="Theme" value={choice} segments={segments} onChange={chooseTheme} />
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
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
