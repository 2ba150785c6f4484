import { chooseTheme, useTheme } from '../../shell/theme.ts';
import { themes } from '../../shell/themes.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { SectionHeading } from './section-heading.tsx';

/** What this browser or window alone remembers. */
const segments = themes.map(({ choice: value, label, icon }) => ({ value, label, icon }));

export function Appearance() {
  const choice = useTheme((state) => state.choice);
  return (
    <section aria-labelledby="settings-appearance">
      <SectionHeading name="appearance" title="Appearance" help="Of this window alone." />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <p className="font-medium">Theme</p>
          <p className="text-sm text-muted">Default: as the system.</p>
        </div>
        <Segmented label="Theme" value={choice} segments={segments} onChange={chooseTheme} />
      </div>
    </section>
  );
}
