/**
 * Cron expressions, by croner: five fields, or a nickname such as `@daily`. In a zone whose clocks change, a time of day that is left out
 * comes at the first moment after the gap, one that is shown twice comes at the first; what has a wildcard or a step in its hours or minutes
 * goes on through both and leaves out what there is not. Pure.
 */
import { Cron } from 'croner';
import { reasonOf } from '../../base/result.ts';

const known = new Map<string, Cron>();
const kept = 500;

/** Throws what is wrong with the expression. */
function cronOf(cron: string, zone: string): Cron {
  const key = `${zone} ${cron}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = new Cron(cron, {
    ...{ timezone: zone, paused: true },
    ...({ mode: '5-part', fixedTimeRule: 'no-wildcard' } as const),
  });
  if (known.size >= kept) known.clear();
  known.set(key, made);
  return made;
}

/** The first time after this one, Unix ms; undefined where there is none. */
export function nextCron(cron: string, zone: string, afterMs: number): number | undefined {
  return cronOf(cron, zone).nextRun(new Date(afterMs))?.getTime();
}

/** What is wrong with an expression, in a few words; undefined when nothing is. */
export function faultIn(cron: string, zone: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const isNickname = fields.length === 1 && cron.startsWith('@');
  if (!isNickname && fields.length !== 5)
    return `it has ${fields.length === 1 ? '1 field' : `${fields.length} fields`}`;
  try {
    cronOf(cron, zone);
    return undefined;
  } catch (error) {
    return reasonOf(error).replace(/^CronPattern: /, '');
  }
}

const longMonths = 31;
const daysOf = [longMonths, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why one that can be read never fires. */
export function whyNever(cron: string): string {
  const [, , day = '', month = ''] = cron.trim().split(/\s+/);
  const most = Math.max(...month.split(',').map((one) => daysOf[Number(one) - 1] ?? 31));
  return /^\d+$/.test(day) && Number(day) > most
    ? `there is no day ${day} in month ${month}`
    : 'no date fits its day and its month';
}
