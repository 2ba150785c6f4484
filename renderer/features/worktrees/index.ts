export { ChangedFiles } from './changed-files.tsx';
export { countOfFiles, useChangedCount } from './present-changes.ts';
