import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { fromRoot } from './paths.mjs';

const longMs = 60_000;
const hoursMs = 4 * 60 * 60_000;
/** They come from the registry, hundreds of megabytes: where they are not installed, `npm run test:clis` and `npm run torture` do. */
const clis = 'test/integration/real-clis*.test.ts';
/** Kills by the dozen; one kill of the same is in `gates`. */
const atLength = 'test/integration/torture-gates.test.ts';
const timed = 'test/integration/{serve-demo,serve-hung,terminal-flow}.test.ts';
/** Nearly all of their time is what the product waits by its own rules: looks, delays before a restart, what holds for seconds. */
const waiting =
  'test/integration/{agent-evidence,agent-pause,agent-restarts,heartbeat-files,permission-screens,permissions,torture-agents,watchdog}.test.ts';
/** They wait for other processes more than they compute: with five at once two processors are busy eight tenths of the time, with three five. */
const besideOneAnother = { maxWorkers: 5, sequence: { groupOrder: 1 } } as const;

export default defineConfig({
  root: fromRoot(),
  test: {
    environment: 'node',
    pool: 'forks',
    // What runs in a test's own process shares no terminals with the Musher of whoever runs it.
    globalSetup: fromRoot('test/harness/end-terminals.ts'),
    env: {
      MUSHER_DATA: join(tmpdir(), `musher-test-data-${process.pid}`),
      MUSHER_TEST_TEMPLATES: join(tmpdir(), `musher-test-templates-${process.pid}`),
    },
    passWithNoTests: true,
    // Titles carry the numbers of the hub's rules; a retry would hide that one is only mostly kept.
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          // They read every source file: one worker reads and parses each once for all of them.
          isolate: false,
          maxWorkers: 1,
          include: ['test/rules/**/*.test.ts'],
          // Long on a machine that does much else.
          testTimeout: longMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          // They are pure, and loading their modules for each file anew took four times what they take.
          isolate: false,
          include: [
            'main/**/*.test.ts',
            'preload/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'test/pictures/**/*.test.ts',
          ],
          // A bound for what hangs, not for a machine that does much else.
          testTimeout: longMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: [timed, waiting, atLength],
          ...besideOneAnother,
          // Bounds for what hangs, where four others run beside.
          env: { MUSHER_TEST_WAIT_MS: '30000' },
          testTimeout: longMs,
          hookTimeout: longMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: [waiting],
          ...besideOneAnother,
          env: { MUSHER_TEST_WAIT_MS: String(longMs) },
          testTimeout: 4 * longMs,
          hookTimeout: longMs,
        },
      },
      {
        extends: true,
        // What a person would wait for has to come in time: nothing runs beside these.
        test: {
          name: 'timed',
          include: [timed],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: longMs,
          hookTimeout: longMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'property',
          // They keep nothing between files, and loading their modules for each file anew was a quarter of their time.
          isolate: false,
          include: ['test/property/**/*.test.ts'],
          testTimeout: longMs,
          hookTimeout: longMs,
        },
      },
      {
        extends: true,
        // The random and the violent ones again, for hours: `npm run torture`.
        test: {
          name: 'torture',
          include: [
            'test/property/**/*.test.ts',
            'test/integration/{torture-*,*-kill,git-crashes,git-snapshots,landing,pipeline,search,self-test,terminal-address,terminal-handover,terminal-survival}.test.ts',
            'test/integration/serve-{hung,malformed,stop}.test.ts',
            clis,
          ],
          env: { MUSHER_TORTURE: '1' },
          testTimeout: hoursMs,
          hookTimeout: longMs,
        },
      },
    ],
  },
});
