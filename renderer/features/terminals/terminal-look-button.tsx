import { Type } from 'lucide-react';
import { useEffect, useState } from 'react';
import { pageClock } from '../../hub/channel.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { isFontThere } from './font-there.ts';
import {
  changeTerminalLook,
  maxFontLength,
  sizes,
  useTerminalLook,
  zoomTerminals,
} from './terminal-look.ts';

const themes = [
  { value: 'app', label: 'As the app' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

const cursors = [
  { value: 'block', label: 'Block' },
  { value: 'bar', label: 'Bar' },
  { value: 'underline', label: 'Line' },
] as const;

/** Font, size, colours and cursor of all terminals. */
export function TerminalLookButton() {
  return (
    <Popover
      label="Terminal look"
      className="w-72"
      trigger={<IconButton icon={Type} label="Terminal look" />}
    >
      <LookForm />
    </Popover>
  );
}

function LookForm() {
  const { sizePx, theme, cursor } = useTerminalLook();
  return (
    <div className="flex flex-col gap-3">
      <h2 className="font-medium">Terminal look</h2>
      <FontField />
      <Row label="Size">
        <Button
          aria-label="Smaller"
          disabled={sizePx <= sizes.leastPx}
          onClick={() => zoomTerminals(-1)}
        >
          −
        </Button>
        <output aria-label="Size" className="w-12 text-center tabular-nums">
          {sizePx} px
        </output>
        <Button
          aria-label="Larger"
          disabled={sizePx >= sizes.mostPx}
          onClick={() => zoomTerminals(1)}
        >
          +
        </Button>
      </Row>
      <Row label="Colours">
        <Segmented
          label="Colours"
          value={theme}
          segments={themes}
          onChange={(value) => changeTerminalLook({ theme: value })}
        />
      </Row>
      <Row label="Cursor">
        <Segmented
          label="Cursor"
          value={cursor}
          segments={cursors}
          onChange={(value) => changeTerminalLook({ cursor: value })}
        />
      </Row>
    </div>
  );
}

/** Half a name is no font: it counts when nothing more was typed for so long, or the field is left. */
const restMs = 300;

function FontField() {
  const font = useTerminalLook((look) => look.font);
  const [draft, setDraft] = useState(font);
  const take = () => changeTerminalLook({ font: draft });
  useEffect(() => pageClock.schedule(() => changeTerminalLook({ font: draft }), restMs), [draft]);
  const isMissing = font.trim() !== '' && !isFontThere(font);
  return (
    <TextField
      label="Font"
      placeholder="The app’s own"
      value={draft}
      maxLength={maxFontLength}
      hint={
        isMissing
          ? 'Not installed on this computer: the app’s own is shown'
          : 'Its name as it is installed on this computer'
      }
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
    />
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-2">
      <span className="text-muted">{label}</span>
      <span className="flex items-center gap-1">{children}</span>
    </div>
  );
}
