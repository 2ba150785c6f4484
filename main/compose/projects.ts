/** The projects that are open: each once, by its repository, and all of them closed together. */
import path from 'node:path';
import type { OpenProject } from '../../preload/contract/bridge.ts';
import { openRepository } from '../adapters/git/open-repository.ts';
import { musherError } from '../base/result.ts';
import type { OpenProjects } from '../bridge/session.ts';
import type { Projects as BrokerProjects } from '../broker/broker.ts';
import type { AppParts, Project } from './project.ts';
import { openProject } from './project.ts';

/** How long agents and effects get to end while doors are open; longer than the grace of an agent's processes. */
const windDownMs = 7_000;

export class Projects implements BrokerProjects, OpenProjects {
  private readonly parts: AppParts;
  private readonly byRoot = new Map<string, Promise<Project>>();
  /** In the order in which they were asked for, whichever was open first. */
  private live: readonly Project[] = [];
  private readonly byPlace = new Map<number, Project>();
  private askedFor = 0;
  private waiting: Promise<unknown> | undefined;
  private isEnding = false;
  private isAlone = false;
  private readonly listeners = new Set<() => void>();

  constructor(parts: AppParts) {
    this.parts = parts;
  }

  list(): readonly Project[] {
    return this.live;
  }

  /** The project of that id; of no id, the first that was asked for. */
  named(id: string | null): Project | undefined {
    return id === null ? this.live[0] : this.live.find((project) => project.id === id);
  }

  openProjects(): readonly OpenProject[] {
    return this.live.map(asOpen);
  }

  onOpened(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  opening(): Promise<unknown> | undefined {
    return this.waiting;
  }

  /** The demo goes with what is around it: from now on there is no other. Throws DEMO_BESIDE where there is one. */
  async openAlone(repo: string): Promise<Project> {
    const [other] = this.live;
    if (other !== undefined || this.waiting !== undefined)
      throw musherError('DEMO_BESIDE', { path: other?.root ?? 'another repository' });
    const opened = this.open(repo);
    this.isAlone = true;
    try {
      return await opened;
    } catch (error) {
      this.isAlone = false;
      throw error;
    }
  }

  /** Throws SHUTTING_DOWN once they wind down, and DEMO_ALONE beside the demo. */
  async open(repo: string): Promise<Project> {
    if (this.isEnding) throw musherError('SHUTTING_DOWN');
    const opened = this.openOnce(repo);
    const waiting = Promise.allSettled([this.waiting, opened]);
    this.waiting = waiting;
    try {
      return await opened;
    } finally {
      if (this.waiting === waiting) this.waiting = undefined;
    }
  }

  async runningAgents(): Promise<readonly string[]> {
    return (await Promise.all(this.live.map((project) => project.runningAgents()))).flat();
  }

  /** Agents that are to end do so while doors are open; then nothing more is taken, and whoever waits is answered. */
  async windDown({ endAgents }: { readonly endAgents: boolean }): Promise<void> {
    this.isEnding = true;
    await this.waiting;
    if (endAgents) await Promise.all(this.live.map(({ hub }) => hub.windDown(windDownMs)));
    for (const { hub } of this.live) hub.closeIntake();
  }

  async close(): Promise<void> {
    await Promise.all(this.live.map((project) => project.close()));
  }

  private async openOnce(repo: string): Promise<Project> {
    const place = this.askedFor++;
    const isRefused = this.isAlone;
    const repository = await openRepository(this.parts.git, repo);
    const known = this.byRoot.get(repository.root);
    if (known !== undefined) return known;
    if (isRefused) throw musherError('DEMO_ALONE');
    const opened = openProject(this.parts, repository);
    this.byRoot.set(repository.root, opened);
    try {
      const project = await opened;
      this.byPlace.set(place, project);
      this.live = [...this.byPlace].sort(([a], [b]) => a - b).map(([, one]) => one);
      for (const listener of this.listeners) listener();
      return project;
    } catch (error) {
      this.byRoot.delete(repository.root);
      throw error;
    }
  }
}

/** As pages know it. */
export function asOpen({ id, root }: Project): OpenProject {
  return { id, root, name: path.basename(root) };
}
