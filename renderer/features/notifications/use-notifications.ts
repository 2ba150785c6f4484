/** Tells the operator, outside of the page, of what happens while they look elsewhere. */
import { useEffect, useRef } from 'react';
import { pageClock } from '../../hub/channel.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { selectRecords } from '../../hub/use-records.ts';
import type { MirrorState } from '../../hub/mirror.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { findNotices, isLookedAt, type Seen, stillTrue } from './find-notices.ts';
import { type Batch, batched, batchMs, type Told, toTold } from './notification-batch.ts';
import { useNotificationSettings } from './notification-settings.ts';

/** From now on, while the component is mounted and they are wanted: what waits already is no news. */
export function useNotifications(): void {
  const { mirror } = useHub();
  const isOn = useNotificationSettings((settings) => settings.isOn);
  const last = useRef<Notification>(undefined);
  useEffect(() => {
    if (!isOn) return;
    let before = seenIn(mirror.getState());
    let batch: Batch | undefined;
    let cancel = () => {};
    const tell = () => {
      const notices = stillTrue(batch?.notices ?? [], seenIn(mirror.getState()));
      batch = undefined;
      const told = toTold(notices.filter((notice) => !isSeen(notice)));
      if (told !== undefined) last.current = show(told);
    };
    const stop = mirror.subscribe((state) => {
      const after = seenIn(state);
      if (after.waiting === before.waiting && after.agents === before.agents) return;
      const notices = findNotices(before, after, useNotificationSettings.getState().kinds);
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
  }, [mirror, isOn]);
}

function seenIn(state: MirrorState): Seen {
  return { waiting: selectRecords(state, 'waiting'), agents: selectRecords(state, 'agent') };
}

function isSeen(notice: Parameters<typeof isLookedAt>[0]): boolean {
  return document.hasFocus() && isLookedAt(notice, useUi.getState().place);
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
