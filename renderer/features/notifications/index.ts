/** Notifications in and outside of the page. They have no view: a button in others' headers, one watcher in the app, and a stack in the shell. */
export { NoticeStack } from './notice-stack.tsx';
export { Notifications } from './notifications.tsx';
export { NotificationsButton } from './notifications-button.tsx';
