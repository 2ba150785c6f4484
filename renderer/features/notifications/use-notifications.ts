/** Tells the operator of what happens while they look elsewhere: in the page while it has the focus, else outside of it. */
import { useEffect, useRef } from 'react';
import { pageClock } from '../../hub/channel.ts';
import { useHub } from '../../hub/hub-context.tsx';
import type { MirrorState } from '../../hub/mirror.ts';
import { selectRecords } from '../../hub/use-records.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { findNotices, isLookedAt, type Seen, stillTrue } from './find-notices.ts';
import {
  type Batch,
  batched,
  batchMs,
  type Notice,
  type NoticeKind,
  type Told,
  toTold,
} from './notification-batch.ts';
import { useNotificationSettings } from './notification-settings.ts';
import { isWantedInPage } from './page-notice-settings.ts';
import { tellInPage } from './page-notice-state.ts';

/** From now on, while the component is mounted: what waits already is no news. */
export function useNotifications(): void {
  const { mirror } = useHub();
  const last = useRef<Notification>(undefined);
  useEffect(() => {
    let before = seenIn(mirror.getState());
    let batch: Batch | undefined;
    let cancel = () => {};
    const tell = () => {
      const notices = stillTrue(batch?.notices ?? [], seenIn(mirror.getState()));
      batch = undefined;
      if (document.hasFocus()) {
        const { place } = useUi.getState();
        tellInPage(
          notices.filter((notice) => isWantedInPage(notice.kind) && !isLookedAt(notice, place)),
        );
      } else last.current = tellOutside(notices) ?? last.current;
    };
    const stop = mirror.subscribe((state) => {
      const after = seenIn(state);
      if (after.waiting === before.waiting && after.agents === before.agents) return;
      const notices = findNotices(before, after, wantedKinds());
      before = after;
      const wasEmpty = batch === undefined;
      batch = batched(batch, notices, pageClock.now());
      if (wasEmpty && batch !== undefined) cancel = pageClock.schedule(tell, batchMs);
    });
    return () => {
      stop();
      cancel();
      last.current?.close();
    };
  }, [mirror]);
}

function seenIn(state: MirrorState): Seen {
  return { waiting: selectRecords(state, 'waiting'), agents: selectRecords(state, 'agent') };
}

/** In the page or outside of it: which of the two it will be is known when the batch is due. */
function wantedKinds(): Readonly<Record<NoticeKind, boolean>> {
  const { kinds } = useNotificationSettings.getState();
  const wanted = Object.entries(kinds).map(([kind, isOutside]) => [
    kind,
    isWantedOutside(isOutside) || isWantedInPage(kind as NoticeKind),
  ]);
  return Object.fromEntries(wanted);
}

function isWantedOutside(isKindOn: boolean): boolean {
  return useNotificationSettings.getState().isOn && isKindOn;
}

function tellOutside(notices: readonly Notice[]): Notification | undefined {
  const { kinds } = useNotificationSettings.getState();
  const told = toTold(notices.filter(({ kind }) => isWantedOutside(kinds[kind])));
  return told && show(told);
}

/** Of the same name for all pages of this app, so that two open ones tell a thing once. */
const tag = 'musher';

function show({ title, body, view, target }: Told): Notification | undefined {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted')
    return undefined;
  const notification = new Notification(toPlainLine(title), { body: toPlainLine(body), tag });
  notification.onclick = () => {
    window.focus();
    navigate(view, target);
    notification.close();
  };
  return notification;
}
