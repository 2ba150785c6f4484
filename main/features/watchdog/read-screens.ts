/** Reads the screens of agents that said something since the last look, and remembers since when what is on them stands there. */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import type { WatchdogPorts } from './ports.ts';
import { readFacts } from './screen.ts';
import type { Sighting } from './stuck.ts';

interface SeenScreen {
  readonly asks?: Sighting | undefined;
  readonly unsent?: Sighting | undefined;
  readonly broken?: Sighting | undefined;
  readonly tokens?: number | undefined;
}

export interface Look {
  readonly terminalId: string;
  /** Of the output that was read, Unix ms. */
  readonly outputMs: number;
  readonly seen: SeenScreen;
}

/** By agent. */
export type Screens = Map<string, Look>;

interface Reading {
  readonly watched: readonly Agent[];
  readonly screens: Screens;
  readonly life: Pick<Life<unknown>, 'clock' | 'logger' | 'signal'>;
}

/** When each terminal last said anything, Unix ms. */
export async function readScreens(
  ports: WatchdogPorts,
  { watched, screens, life }: Reading,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Set(watched.map(({ id }) => id));
  for (const id of screens.keys()) if (!ids.has(id)) screens.delete(id);
  if (watched.length === 0) return new Map();
  const outputs = new Map((await ports.terminals.lastOutputs()).map(({ id, atMs }) => [id, atMs]));
  for (const agent of watched) {
    const outputMs = outputs.get(agent.terminalId ?? '');
    if (outputMs === undefined || life.signal.aborted) continue;
    const before = screens.get(agent.id);
    const isSame = before?.terminalId === agent.terminalId;
    if (isSame && before?.outputMs === outputMs) continue;
    const look = await readOne(ports, {
      agent,
      outputMs,
      before: isSame ? before : undefined,
      life,
    });
    if (look !== undefined) screens.set(agent.id, look);
  }
  return outputs;
}

interface One extends Pick<Reading, 'life'> {
  readonly agent: Agent;
  readonly outputMs: number;
  readonly before: Look | undefined;
}

/** Undefined where it could not be read. */
async function readOne(
  { terminals, profiles }: WatchdogPorts,
  { agent, outputMs, before, life }: One,
): Promise<Look | undefined> {
  const { terminalId = '', profile: name } = agent;
  try {
    const { text } = await terminals.text(terminalId);
    const { tokens, ...facts } = readFacts(text, { name, profile: profiles.get(name) });
    const nowMs = life.clock.now();
    const sighted = (fact: 'asks' | 'unsent' | 'broken'): Sighting | undefined => {
      const words = facts[fact];
      if (words === undefined) return undefined;
      const known = before?.seen[fact];
      return { words, sinceMs: known?.words === words ? known.sinceMs : nowMs };
    };
    const seen = { asks: sighted('asks'), unsent: sighted('unsent'), broken: sighted('broken') };
    return { terminalId, outputMs, seen: { ...seen, tokens } };
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.debug({ agent: agent.id, error: reasonOf(error) }, 'a screen was not read');
    return undefined;
  }
}
