// Both ends of a way for terminals, with a link between them that the test can break.

import { Showing } from '../../main/features/cluster/terminals/showing.ts';
import type { Want } from '../../main/features/cluster/terminals/asking.ts';
import { Relay } from '../../main/features/cluster/terminals/relay.ts';
import type { Target } from '../../main/features/cluster/terminals/target.ts';
import { Way } from '../../main/features/cluster/terminals/way.ts';
import type { TerminalViewer } from '../../main/features/terminals/ports.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { settle, TestClock } from './clock.ts';
import { memoryLogger } from './memory-logger.ts';
import { linkPair, type PlayedLink } from './played-link.ts';
import { playedTerminals } from './played-screens.ts';

export interface Watched extends TerminalViewer {
  readonly told: string[];
}

export function watcher(): Watched {
  const told: string[] = [];
  return {
    told,
    onRestore: ({ data, cols, rows, hasSkipped }) =>
      void told.push(`${cols}x${rows} ${data.slice(0, 20)}${hasSkipped ? ' skipped' : ''}`),
    onData: (bytes) => void told.push(Buffer.from(bytes).toString('utf8').slice(0, 20)),
    onExit: ({ exitCode }) => void told.push(`exit ${exitCode}`),
    onStalled: () => void told.push('stalled'),
    onFailed: ({ code }) => void told.push(code),
  };
}

export function watchWorld() {
  const clock = new TestClock();
  const logged: Parameters<typeof memoryLogger>[0] = [];
  const log = memoryLogger(logged);
  const screens = playedTerminals();
  const targets = new Map<string, Target>([['s-1', { terminalId: 'ann.1' }]]);
  const calls: number[] = [];
  let isConnected = true;
  const way = new Way({
    ...{ node: 'n-1', clock, log, label: () => 'attic', version: () => '0.0.1' },
    isConnected: () => isConnected,
    call: () => void calls.push(clock.elapsed()),
  });
  const open = (): { near: PlayedLink; far: PlayedLink; showing: Showing } => {
    const [near, far] = linkPair();
    const targetOf = (story: string) => targets.get(story) ?? 'foreign';
    const showing = new Showing({ link: far, terminals: screens.terminals, targetOf, log });
    way.accept(near);
    return { near, far, showing };
  };
  const watch = (story = 's-1') => {
    const viewer = watcher();
    const relay = new Relay(viewer);
    const onFail = (error: WireError) => viewer.onFailed?.(error);
    const want: Want = { story, relay, onFail };
    way.add(want);
    return { viewer, want, told: viewer.told };
  };
  return {
    ...{ clock, logged, screens, targets, calls, way, open, watch },
    settled: () => settle(clock),
    connect(is: boolean) {
      isConnected = is;
      way.look();
    },
  };
}
