export { ChangedKeys } from './changed-keys.tsx';
export { ConfigNotice } from './config-notice.tsx';
export { PatchLines } from './patch-lines.tsx';
