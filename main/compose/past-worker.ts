/** The thread that folds the past of a log, whose path is its data. Its features are the hub's own, without an outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { servePast } from '../adapters/sqlite/serve-past.ts';
import { must } from '../base/assert.ts';
import { overviewFeature } from '../features/timeline/index.ts';
import { buildRegistry } from '../hub/registry.ts';
import { projectFeatures } from './features.ts';
import { noOutside } from './no-outside.ts';

servePast({
  port: must(parentPort, 'the past is folded in a thread'),
  file: workerData as string,
  registry: buildRegistry([...projectFeatures(noOutside()), overviewFeature()]),
});
