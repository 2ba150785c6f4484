import { Bell, BellOff } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { NoticeKind } from '../../../preload/contract/notice-batch.ts';
import { turnNotifications, useNotificationSettings, wantKind } from './notification-settings.ts';
import { useIsWantedInPage, wantInPage } from './page-notice-settings.ts';

const kinds: ReadonlyArray<readonly [NoticeKind, string]> = [
  ['permission', 'An agent asks to be allowed something'],
  ['question', 'An agent asks you something'],
  ['approval', 'A commit waits for your review'],
  ['proposal', 'An agent proposes another configuration'],
  ['crashed', 'An agent crashed'],
  ['watch', 'An agent is stuck or near a limit, or a budget is'],
  ['conflict', 'The work of two agents collides gravely'],
  ['target', 'A target branch moved without Musher'],
  ['push', 'A remote did not take what was merged'],
  ['stray', 'An agent committed on another branch than its own'],
  ['story', 'A story is blocked, held, or has an answer to read'],
  ['landed', 'A story is merged'],
  ['idle', 'An agent stopped working'],
];

/** Turns notifications of this browser on and off, and chooses which are told there and which in the page. */
export function NotificationsButton() {
  const isOn = useNotificationSettings((settings) => settings.isOn);
  return (
    <Popover
      label="Notifications"
      className="w-104"
      trigger={
        <IconButton
          icon={isOn ? Bell : BellOff}
          label={`Notifications: ${isOn ? 'on' : 'off'} outside of this page`}
        />
      }
    >
      <h2 className="font-medium">Notifications</h2>
      <p className="mt-1 text-sm text-muted">
        In this page while you look elsewhere in it, on the desktop while you look elsewhere
        altogether. What comes within five seconds is told as one.
      </p>
      <table className="mt-2 w-full">
        <thead className="text-left text-sm text-faint">
          <tr>
            <th scope="col" className="font-normal">
              Tell me when
            </th>
            <th scope="col" className="w-14 text-center font-normal">
              in page
            </th>
            <th scope="col" className="w-16 text-center font-normal">
              desktop
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(([kind, label]) => (
            <KindRow key={kind} kind={kind} label={label} />
          ))}
        </tbody>
      </table>
      <div className="mt-2 flex items-center justify-between gap-2 border-t pt-2">
        <span className="text-muted">Desktop notifications are {isOn ? 'on' : 'off'}</span>
        <Button onClick={() => void turnNotifications(!isOn)}>
          {isOn ? 'Turn off' : 'Turn on'}
        </Button>
      </div>
    </Popover>
  );
}

function KindRow({ kind, label }: { kind: NoticeKind; label: string }) {
  const { isOn, kinds: wanted } = useNotificationSettings();
  const isInPage = useIsWantedInPage(kind);
  return (
    <tr className="h-7">
      <th scope="row" className="text-left font-normal">
        {label}
      </th>
      <td className="text-center">
        <input
          type="checkbox"
          aria-label={`In the page: ${label}`}
          checked={isInPage}
          onChange={(event) => wantInPage(kind, event.target.checked)}
          className="align-middle accent-accent"
        />
      </td>
      <td className="text-center">
        <input
          type="checkbox"
          aria-label={`On the desktop: ${label}`}
          disabled={!isOn}
          checked={wanted[kind]}
          onChange={(event) => wantKind(kind, event.target.checked)}
          className="align-middle accent-accent disabled:opacity-60"
        />
      </td>
    </tr>
  );
}
