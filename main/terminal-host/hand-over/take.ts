/** The new host's half of a hand-over. */
import type { Clock } from '../../base/clock.ts';
import { adoptPty } from '../adopted-pty.ts';
import type { TakenHost, TerminalHost } from '../host.ts';
import type { LastScreen } from '../last-screens.ts';
import { startOf } from '../process-list.ts';
import type { Frame } from '../process/frames.ts';
import type { Wire } from '../process/wire.ts';
import type { FrozenTerminal } from '../terminal-snapshot.ts';
import { closeStrays } from './descriptors.ts';
import { Parent, reach } from './parents.ts';
import {
  format,
  type FromNew,
  type FromOld,
  type GivenTerminal,
  type KeeperAt,
  type Offer,
  parseOffer,
} from './words.ts';

export interface TakeOptions {
  /** Where the old host waits for it. */
  readonly address: string;
  /** How many masters it was started with. */
  readonly masters: number;
  readonly key: string;
  readonly clock: Clock;
}

export interface Taken extends TakenHost {
  readonly hostId: string;
  readonly keepers: readonly KeeperAt[];
  /** By the mark of a terminal, the address of its program's parent: ids are used again. */
  readonly keeperOf: ReadonlyMap<string, string>;
  /** Tells the old host that all of it stands, and resolves when that gives it. Rejects when it does not: then it must end. */
  prove(host: TerminalHost): Promise<void>;
  /** From here on they are its own. */
  confirm(): void;
}

/** For one word of the old host, milliseconds: that has bounds of its own, and kills. */
const wordMs = 60_000;

/** Rejects when nothing is given; whoever asked must end then, and has changed nothing. */
export async function takeHost(options: TakeOptions): Promise<Taken> {
  const { clock, address, masters } = options;
  const wire = await reach(options, { takeOver: { formats: [format] } });
  if (wire === undefined) throw new Error('the host that it was to replace is not there');
  const offer = parseOffer((await nextOf(wire, clock)).head);
  if (offer === undefined) throw new Error('what is offered is of another version');
  const given = await readGiven(wire, offer, clock);
  await closeStrays(masters, new Set(given.terminals.map(({ snapshot }) => snapshot.master)));
  const giver = new Parent();
  const parents = new Map([...(await otherParents(options, offer)), [address, giver]]);
  const starts = await startsOf(given.terminals);
  const keeperOf = new Map(given.terminals.map(({ snapshot: { mark, keeper } }) => [mark, keeper]));
  return {
    hostId: offer.hostId,
    keepers: offer.keepers,
    keeperOf,
    snapshot: { ...offer, ...given },
    adopt(snapshot, handlers) {
      const { pid, input, master, keeper } = snapshot as GivenTerminal;
      const parent = parents.get(keeper);
      const exited = parent?.exitOf(pid) ?? Promise.resolve(undefined);
      const typed = Buffer.from(input, 'base64');
      return adoptPty(
        { fd: master, pid, start: starts.get(pid), input: typed, clock, exited },
        handlers,
      );
    },
    async prove(host) {
      await host.settled();
      const took = (await host.list()).map(({ id, pid, cols, rows }) => ({ id, pid, cols, rows }));
      wire.send({ took } satisfies FromNew);
      if (!('go' in (await nextOf(wire, clock)).head)) throw new Error('it is not to take over');
      giver.follow(wire);
    },
    confirm: () => wire.send({ taken: true } satisfies FromNew),
  };
}

/** Of programs that the one which gives has taken over itself. */
function otherParents(
  { address: own, key, clock }: TakeOptions,
  { keepers }: Offer,
): Promise<ReadonlyArray<readonly [string, Parent]>> {
  const others = keepers.filter(({ address }) => address !== own);
  return Promise.all(
    others.map(async ({ address }) => {
      const parent = new Parent();
      parent.follow(await reach({ address, key, clock }, { listen: true }));
      return [address, parent] as const;
    }),
  );
}

async function startsOf(terminals: readonly FrozenTerminal[]) {
  const all = terminals.map(async ({ snapshot: { pid } }) => [pid, await startOf(pid)] as const);
  return new Map(await Promise.all(all));
}

async function nextOf(wire: Wire, clock: Clock): Promise<Frame> {
  const frame = await wire.next(clock, wordMs);
  if (frame === undefined) throw new Error('the host that it was to replace says nothing');
  return frame;
}

async function readGiven(wire: Wire, offer: Offer, clock: Clock) {
  const terminals: Array<FrozenTerminal & { snapshot: GivenTerminal }> = [];
  const screens: LastScreen[] = [];
  while (terminals.length < offer.terminals || screens.length < offer.screens) {
    const { head, body } = await nextOf(wire, clock);
    const said = head as FromOld;
    const data = Buffer.from(body).toString('utf8');
    if ('terminal' in said) terminals.push({ snapshot: said.terminal, screen: data });
    else if ('screen' in said) screens.push({ ...said.screen, data });
    else throw new Error('the host that it was to replace says something else');
  }
  return { terminals, screens };
}
