import { useNotifications } from './use-notifications.ts';

/** Mounted once while the app is shown; draws nothing. */
export function Notifications() {
  useNotifications();
  return null;
}
