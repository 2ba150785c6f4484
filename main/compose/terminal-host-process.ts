/** The terminal host as a process: started detached by a hub, and ended by nobody's death but its own. */
import { parseArgs } from 'node:util';
import { createLog } from '../adapters/pino-log.ts';
import { systemClock } from '../base/clock.ts';
import { reasonOf } from '../base/result.ts';
import { hostPlace } from '../terminal-host/process/place.ts';
import { runHost } from '../terminal-host/process/run-host.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    version: { type: 'string' },
    'idle-ms': { type: 'string', default: '60000' },
    'check-ms': { type: 'string', default: '30000' },
    'give-ms': { type: 'string', default: '10000' },
    'take-over': { type: 'string' },
    masters: { type: 'string', default: '0' },
    try: { type: 'boolean', default: false },
  },
});
// Whether this program runs where it lies: all of its parts are loaded by now.
if (values.try) process.exit(0);

const log = createLog(process.env.MUSHER_LOG ?? 'info');
const over = new AbortController();
const address = values['take-over'];

// A defect that nobody caught ends what it was part of, and not fifty agents.
process.on('uncaughtException', (err) => log.error({ err }, 'nobody caught a defect'));
process.on('unhandledRejection', (err) => log.error({ err }, 'nobody caught a defect'));
process.on('SIGTERM', () => over.abort());
// It has no terminal of its own; what is meant for one is not meant for it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

try {
  await runHost({
    place: hostPlace(values.data ?? '', process.platform),
    version: values.version ?? '0.0.0',
    clock: systemClock,
    log,
    idleMs: Number(values['idle-ms']),
    checkMs: Number(values['check-ms']),
    giveMs: Number(values['give-ms']),
    signal: over.signal,
    takeOver: address === undefined ? undefined : { address, masters: Number(values.masters) },
  });
  process.exit(0);
} catch (error) {
  log.error({ error: reasonOf(error) }, 'the terminal host could not begin');
  process.exit(1);
}
