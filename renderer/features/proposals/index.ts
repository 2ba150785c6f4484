export { ChangedKeys } from './changed-keys.tsx';
export { PatchLines } from './patch-lines.tsx';
