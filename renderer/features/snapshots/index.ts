export { SnapshotsOf } from './snapshots-of.tsx';
