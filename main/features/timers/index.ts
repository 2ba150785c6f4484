/** Timers: what happens by itself when its time comes; and reminders. */
import { timers as contract } from '../../../preload/contract/timers.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { keepHandlers, setHandlers } from './decide.ts';
import { createDue, firingEffects, firingHandlers } from './firing.ts';
import type { TimersPorts } from './ports.ts';
import { timerQueries, upcomingTimers } from './queries.ts';
import { reduceTimers } from './reduce.ts';
import { initialTimers, type TimersState, toRecord } from './slice.ts';
import { describeTimers, timerTopics, timerWaits } from './words.ts';

export { selectTimers } from './slice.ts';

export function timersFeature(ports: TimersPorts): Feature {
  return feature(contract, {
    initial: initialTimers,
    version: 1,
    commands: { ...setHandlers(ports), ...keepHandlers, ...firingHandlers },
    queries: timerQueries(ports),
    reduce: reduceTimers,
    views: { timer: { items: (state: TimersState) => state.open, record: toRecord } },
    topics: timerTopics,
    search: {
      'timer.added': { text: ['label', 'does'] },
      'timer.fired': { text: ['label', 'does'] },
      'timer.reminded': { text: ['text'] },
    },
    describe: describeTimers,
    waits: timerWaits,
    effects: firingEffects,
    due: createDue(),
    upcoming: upcomingTimers,
  });
}
