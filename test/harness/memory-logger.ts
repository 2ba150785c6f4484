// A log that a test reads.

import type { Logger } from '../../main/base/logger.ts';

export interface Logged {
  level: string;
  message: string;
  fields: object;
}

export function memoryLogger(into: Logged[]): Logger {
  const at = (level: string) => (fields: object, message: string) =>
    void into.push({ level, message, fields });
  const log: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}
