/** How much waits for the operator over all projects, as the inbox of each counts it: what is not snoozed, and all that blocks. */
import type { Clock } from '../base/clock.ts';
import type { Waiting } from '../bridge/attention.ts';
import { selectAgents } from '../features/agents/index.ts';
import { selectWaiting } from '../features/inbox/index.ts';
import type { Projects } from './projects.ts';

/** Counted so soon after a change at the earliest, milliseconds: there may be thousands of messages, and much happens at once. */
const soonMs = 250;

export function waitingIn(projects: Projects, clock: Clock): Waiting {
  return {
    count: () => projects.list().reduce((sum, { hub }) => sum + countOf(hub.state()), 0),
    byProject: () =>
      projects.list().map(({ id, hub }) => ({
        project: id,
        waiting: [...selectWaiting(hub.state()).values()],
        agents: [...selectAgents(hub.state()).byId.values()],
      })),
    onChange(listener) {
      const stops = new Map<object, () => void>();
      let cancel: (() => void) | undefined;
      const tell = () => {
        cancel ??= clock.schedule(() => {
          cancel = undefined;
          listener();
        }, soonMs);
      };
      const listen = () => {
        for (const { hub } of projects.list())
          if (!stops.has(hub)) stops.set(hub, hub.onTopics(tell));
      };
      const stopOpened = projects.onOpened(() => {
        listen();
        tell();
      });
      listen();
      return () => {
        cancel?.();
        stopOpened();
        for (const stop of stops.values()) stop();
      };
    },
  };
}

function countOf(state: Parameters<typeof selectWaiting>[0]): number {
  let count = 0;
  selectWaiting(state).forEach(({ isBlocking, snoozedUntilMs }) => {
    if (isBlocking || snoozedUntilMs === undefined) count += 1;
  });
  return count;
}
