/** Which notifications the operator wants from this browser. None until asked for. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';
import { showDone } from '../../ui/toast.tsx';
import type { NoticeKind } from '../../../preload/contract/notice-batch.ts';

export type NotificationSettings = StoredValue<'notifications'>;

const off: NotificationSettings = {
  isOn: false,
  kinds: {
    ...{ permission: true, question: true, approval: true, proposal: true },
    ...{ crashed: true, watch: true, conflict: true, target: true, push: true },
    ...{ stray: true, story: true, landed: true, idle: false },
  },
};

export const useNotificationSettings = create<NotificationSettings>(() =>
  readStored('notifications', off),
);

function keep(change: Partial<NotificationSettings>): void {
  const next = { ...useNotificationSettings.getState(), ...change };
  useNotificationSettings.setState(next);
  writeStored('notifications', next);
}

export function wantKind(kind: NoticeKind, isWanted: boolean): void {
  keep({ kinds: { ...useNotificationSettings.getState().kinds, [kind]: isWanted } });
}

/** By a button alone: browsers ask the operator, and refuse for ever what is asked for unasked. */
export async function turnNotifications(isOn: boolean): Promise<void> {
  if (isOn && !(await mayNotify())) {
    showDone('The browser does not allow notifications of this page; its site settings can.');
    return;
  }
  keep({ isOn });
}

async function mayNotify(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false;
  if (Notification.permission === 'granted') return true;
  return (await Notification.requestPermission()) === 'granted';
}
