/** The log for people who look after Musher: pino to stderr, level by MUSHER_LOG (default `warn`). */
import { pino } from 'pino';
import type { Logger } from '../base/logger.ts';

export function createLog(level: string): Logger {
  return pino({ level, base: undefined }, pino.destination({ dest: 2, sync: false }));
}
