/** What the links to projects are kept by: who they are, and how they stand, by this machine's clock. Live, and in no log. */
import type { ProjectLink, RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import type { Life } from '../../hub/feature.ts';
import type { GatewayDoor, GatewayPorts } from './ports.ts';
import { type GatewayState, toProjectRecord } from './slice.ts';

/** Of projects that come and go. */
export const projectsTopic = 'projects';

const unheard: ProjectLink = { isConnected: false, seenMs: 0 };

export function openDoor({ reach }: GatewayPorts, life: Life<GatewayState>): GatewayDoor {
  const { live, clock } = life;
  const listeners = new Set<() => void>();
  const byId = () => life.state().byId;
  const linkOf = (id: string) => live.of('projectLink').get(id) as ProjectLink | undefined;
  const saw = (id: string, seen: Partial<ProjectLink>): void => {
    if (!byId().has(id)) return;
    const before = linkOf(id) ?? unheard;
    live.put('projectLink', id, { ...before, ...seen });
    if (seen.isConnected !== undefined && seen.isConnected !== before.isConnected) tell();
  };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  life.onTopics((topics) => {
    if (!topics.includes(projectsTopic)) return;
    for (const id of live.of('projectLink').keys())
      if (!byId().has(id)) live.remove('projectLink', id);
    tell();
  });
  return {
    async join(ask) {
      const given = Object.entries(ask).filter(([, value]) => value !== undefined);
      const { result } = await life.system({
        type: 'project.join',
        data: Object.fromEntries(given),
      });
      return result as { id: string; name: string };
    },
    async leave(id) {
      await life.system({ type: 'project.leave', data: { id } });
    },
    projects: () => byId().values().map(toProjectRecord).sort(byName),
    projectOf(key) {
      const found = byId()
        .values()
        .find((one) => one.key === key);
      return found && toProjectRecord(found);
    },
    linkOf,
    saw,
    heard: (id, status) => saw(id, { seenMs: clock.now(), status }),
    async look(id, address) {
      const project = byId().get(id);
      if (project === undefined) return;
      const found = await reach(address, project.project);
      const { page: _page, pageProblem: _problem, ...others } = linkOf(id) ?? unheard;
      const seen = found.ok
        ? { page: pageOf(found.value, project.project) }
        : { pageProblem: found.error.message };
      if (byId().has(id)) live.put('projectLink', id, { ...others, ...seen });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A page shows the project that its address names. */
function pageOf(address: string, project: string): string {
  return `${address}/?project=${encodeURIComponent(project)}`;
}

function byName(one: RegisteredProject, other: RegisteredProject): number {
  return one.name < other.name ? -1 : 1;
}
