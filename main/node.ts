/** A headless build agent: the whole of Musher without a page, for another Musher's stories. */
import type { PeersAt } from './features/cluster/ports.ts';
import type { RendezvousLink } from '../preload/contract/cluster-facts.ts';
import type { WireError } from '../preload/contract/errors.ts';
import type { StopAsked } from './broker/hand-over.ts';
import { becomeNode } from './compose/node.ts';
import type { Hub } from './hub/hub.ts';
import { onAbort } from './base/disposable.ts';
import { claimed, drained } from './node-drain.ts';
import { guardProcess, openHost, openHostLog, whoGoesOn } from './host.ts';

export interface NodeOptions {
  /** Any folder inside the clone. */
  readonly repo: string;
  /** Both, to join; neither, for what was joined before. */
  readonly rendezvous?: string;
  readonly join?: string;
  readonly label?: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** First line on stdout is one JSON object instead of text. */
  readonly json: boolean;
  /** Where it lets its peers in. Left out: nowhere. */
  readonly peersAt?: PeersAt | undefined;
  /** So long SIGTERM waits for what is in work, milliseconds. Default: 30 minutes; 0: not at all. */
  readonly drainMs?: number | undefined;
}

const defaultDrainMs = 30 * 60_000;

/** Runs until a signal ends it, or the rendezvous locks it out. Resolves with the exit code; throws MusherError when it cannot start. */
export async function runNode(options: NodeOptions): Promise<number> {
  const { repo, rendezvous: url, join: token, label, port = 0, json, peersAt } = options;
  const log = openHostLog();
  const { promise: ended, resolve: end } = Promise.withResolvers<StopAsked>();
  const { drainMs = defaultDrainMs } = options;
  const leaving = new AbortController();
  const stop = () => end({ endAgents: false });
  guardProcess(log, stop, drainMs === 0 ? undefined : () => leaving.abort());
  const wish = url === undefined || token === undefined ? undefined : { url, token, label };
  const self = await becomeNode(repo, wish);
  const asNode = { peersAt, leaving: leaving.signal };
  const host = await openHost({ repo, port, demo: false, log, asNode, onStop: end });
  try {
    const { root, operatorToken, hub } = host.project;
    // Who joins wants to work. From then on it is as it was left: `musher pipeline pause` takes nothing new.
    if (wish !== undefined) await hub.dispatch({ type: 'pipeline.start', data: {} }, 'operator');
    // Never the key: it stays in its file.
    const { node, label: name, url: helped } = self;
    const said = {
      ...{ node, label: name, rendezvous: helped, repository: root },
      ...{ pid: process.pid, url: host.app.url, operatorToken },
    };
    const text = [
      `${root} helps ${helped} as ${name} (${node}).`,
      `  In a terminal:   export MUSHER_URL=${host.app.url} MUSHER_TOKEN=${operatorToken}`,
      '  Ctrl+C stops it; agents go on. SIGTERM waits for what is in work first.',
    ];
    process.stdout.write(json ? `${JSON.stringify(said)}\n` : `${text.join('\n')}\n`);
    const left = leave(hub, leaving.signal, drainMs).then(() => undefined);
    const refused = await Promise.race([ended.then(() => undefined), left, refusalOf(hub)]);
    const goesOn = await whoGoesOn(host);
    if (refused !== undefined)
      process.stderr.write(`${refused.message} [${refused.code}]\n→ ${refused.mend}\n`);
    if (goesOn !== undefined) process.stderr.write(`${goesOn}\n`);
    return refused === undefined ? 0 : 1;
  } finally {
    await host.dispose(await Promise.race([ended, { endAgents: false }]));
  }
}

/** Resolves when it was asked to leave, and did. */
async function leave(hub: Hub, leaving: AbortSignal, boundMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    if (leaving.aborted) resolve();
    else onAbort(leaving, resolve);
  });
  const before = claimed(hub);
  if (before.length > 0) {
    const what = before.length === 1 ? '1 story is' : `${before.length} stories are`;
    process.stderr.write(
      `Taking nothing new; ${what} brought or given back first (${before.join(', ')}). Another signal stops it now.\n`,
    );
  }
  const left = await drained(hub, boundMs);
  if (left.length > 0)
    process.stderr.write(`The time is over; not finished: ${left.join(', ')}. Agents go on.\n`);
}

/** Resolves when the rendezvous lets it in no more: there is nothing that it could help with then. */
function refusalOf(hub: Hub): Promise<WireError | undefined> {
  return new Promise((resolve) => {
    hub.openRecords(0, {
      onSnapshot: () => undefined,
      onDelta: () => undefined,
      onLive({ put }) {
        const link = put['rendezvousLink/rendezvous'] as RendezvousLink | undefined;
        if (link?.state === 'refused') resolve(link.error as WireError | undefined);
      },
      pendingBytes: () => 0,
    });
  });
}
