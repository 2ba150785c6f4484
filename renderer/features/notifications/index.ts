/** Notifications outside of the page. They have no view: a button in others' headers, and one watcher in the app. */
export { Notifications } from './notifications.tsx';
export { NotificationsButton } from './notifications-button.tsx';
