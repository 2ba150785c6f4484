/** The log for people who look after Musher: pino to stderr, level by MUSHER_LOG (default `warn`). */
import { type DestinationStream, pino } from 'pino';
import type { Logger } from '../base/logger.ts';

/** What waits to be written while that is not possible, bytes; more is lost. */
const mostWaiting = 256 * 1024;

/** `also`: where the same lines go besides. */
export function createLog(level: string, also?: DestinationStream): Logger {
  const stderr = pino.destination({ dest: 2, sync: false, maxLength: mostWaiting });
  // On a full disk a line is lost. Nobody may catch that only to log it: it would be told for ever, into whatever room there is.
  stderr.on('error', () => undefined);
  const streams = [{ level: 'trace', stream: stderr }] as const;
  const to =
    also === undefined ? stderr : pino.multistream([...streams, { level: 'trace', stream: also }]);
  return pino({ level, base: undefined }, to);
}
