import { Bell, BellOff } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { NoticeKind } from './notification-batch.ts';
import { turnNotifications, useNotificationSettings, wantKind } from './notification-settings.ts';

const kinds: ReadonlyArray<readonly [NoticeKind, string]> = [
  ['question', 'An agent asks you something'],
  ['approval', 'A commit waits for your review'],
  ['crashed', 'An agent crashed'],
  ['idle', 'An agent stopped working'],
];

/** Turns notifications of this browser on and off, and chooses which. */
export function NotificationsButton() {
  const { isOn, kinds: wanted } = useNotificationSettings();
  const word = isOn ? 'on' : 'off';
  return (
    <Popover
      label="Notifications"
      className="w-72"
      trigger={<IconButton icon={isOn ? Bell : BellOff} label={`Notifications: ${word}`} />}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium">Notifications</h2>
        <Button onClick={() => void turnNotifications(!isOn)}>
          {isOn ? 'Turn off' : 'Turn on'}
        </Button>
      </div>
      <p className="mt-1 text-sm text-muted">
        From this browser, while you look elsewhere. What comes within five seconds is told as one.
      </p>
      <fieldset disabled={!isOn} className="mt-2 flex flex-col disabled:opacity-60">
        <legend className="sr-only">Tell me when</legend>
        {kinds.map(([kind, label]) => (
          <label key={kind} className="flex h-7 items-center gap-2">
            <input
              type="checkbox"
              checked={wanted[kind]}
              onChange={(event) => wantKind(kind, event.target.checked)}
              className="accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
    </Popover>
  );
}
