/** What the page may ask and have done, each with its bound. */
import type { z } from 'zod';
import type { welcome } from '../../../preload/contract/welcome.ts';
import type { Clock } from '../../base/clock.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { bounded } from './bounded.ts';
import { judgeFolder, judgeRecent } from './judge.ts';
import type { FoundRepository, WelcomePorts } from './ports.ts';

type Commands = (typeof welcome)['commands'];
type Queries = (typeof welcome)['queries'];
type Deeds = {
  [K in keyof Commands]: (
    data: z.output<Commands[K]['data']>,
  ) => Promise<z.input<Commands[K]['result']>>;
};
type Answers = {
  [K in keyof Queries]: (
    data: z.output<Queries[K]['data']>,
    signal: AbortSignal,
  ) => Promise<z.input<Queries[K]['result']>>;
};

/** Of a folder that may lie on a disk far away; what opens a repository and makes one; a person at a dialog. */
const seconds = { look: 8, recent: 4, make: 30, open: 120, programs: 30, choose: 600 };

export function deedsOf(ports: WelcomePorts, clock: Clock): Deeds {
  return {
    'welcome.open': ({ path }) =>
      bounded(clock, { what: `Opening ${path}`, seconds: seconds.open }, () => ports.open(path)),
    'welcome.make': ({ path }) =>
      bounded(clock, { what: `Making ${path} a repository`, seconds: seconds.make }, (signal) =>
        make(ports, path, signal),
      ),
    'welcome.demo': async () => {
      const obstacle = ports.demoObstacle();
      if (obstacle !== undefined) throw new MusherError(obstacle);
      return bounded(clock, { what: 'Opening the demo', seconds: seconds.open }, () =>
        ports.openDemo(),
      );
    },
    'welcome.forget': async ({ path }) => {
      ports.forget(path);
      return {};
    },
  };
}

/** Looks again: what the page saw may be old. Done twice it changes nothing more. */
async function make(ports: WelcomePorts, path: string, signal: AbortSignal) {
  const facts = await ports.look(path, signal);
  if (facts.repository !== undefined) return { root: facts.repository.root };
  const { kind, obstacle, error } = judgeFolder(facts, ports.home);
  if (kind === 'missing' || kind === 'file')
    throw musherError('REPOSITORY_MISSING', { path: facts.path });
  const why = obstacle ?? error;
  if (why !== undefined) throw new MusherError(why);
  await ports.make(facts.path, { isRepository: kind === 'empty', signal });
  const made = await ports.look(path, signal);
  if (made.repository !== undefined) return { root: made.repository.root };
  throw made.refusal === undefined
    ? musherError('REPOSITORY_INVALID', { path })
    : new MusherError(made.refusal);
}

export function answersOf(ports: WelcomePorts, clock: Clock): Answers {
  const look = (path: string, within: number, signal?: AbortSignal) =>
    bounded(clock, { what: `Looking at ${path}`, seconds: within, signal }, (own) =>
      ports.look(path, own),
    );
  const recent = (path: string, signal: AbortSignal) =>
    look(path, seconds.recent, signal).then(judgeRecent, (error: unknown) => {
      if (signal.aborted || !(error instanceof MusherError)) throw error;
      return { path, state: 'refused' as const, said: error.wire.message };
    });
  return {
    'welcome.look': async (_data, signal) => {
      const demoObstacle = ports.demoObstacle();
      return {
        ...{ host: ports.host, home: ports.home },
        recent: await Promise.all(ports.recent().map((path) => recent(path, signal))),
        places: [...ports.places()],
        ...(ports.asked !== undefined && { asked: ports.asked }),
        ...(demoObstacle !== undefined && { demoObstacle }),
      };
    },
    'welcome.programs': (_data, signal) =>
      bounded(
        clock,
        { what: 'Looking for CLIs', seconds: seconds.programs, signal },
        async (own) => ({ checks: [...(await ports.programs(own))] }),
      ),
    'welcome.folders': ({ path }, signal) =>
      bounded(clock, { what: `Reading ${path}`, seconds: seconds.look, signal }, async (own) => {
        const { folders, isCut } = await ports.folders(path, own);
        return { folders: [...folders], isCut };
      }),
    'welcome.check': async ({ path }, signal) => {
      const facts = await look(path, seconds.look, signal);
      const places = facts.repository ?? futureOf(facts.real ?? facts.path, facts.kind);
      return {
        ...judgeFolder(facts, ports.home),
        places: places === undefined ? [] : [...ports.places(places)],
      };
    },
    'welcome.choose': async (_data, signal) => {
      const { choose } = ports;
      if (choose === undefined) throw musherError('NOT_FOUND', { route: 'welcome.choose' });
      const ask = { what: 'Choosing a folder', seconds: seconds.choose, signal };
      const path = await bounded(clock, ask, () => choose());
      return path === undefined ? {} : { path };
    },
  };
}

/** What a folder would be once it is made a repository. */
function futureOf(path: string, kind: 'folder' | 'file' | 'none'): FoundRepository | undefined {
  if (kind !== 'folder') return undefined;
  return { root: path, commonDir: `${path}/.git`, isOpenHere: false };
}
