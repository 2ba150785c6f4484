/** Several that come close together are told as one. Pure. */

export type NoticeKind =
  | 'permission'
  | 'question'
  | 'approval'
  | 'proposal'
  | 'crashed'
  | 'watch'
  | 'conflict'
  | 'target'
  | 'push'
  | 'stray'
  | 'story'
  | 'landed'
  | 'idle';

/** Something that the operator may want to hear of while looking elsewhere. */
export interface Notice {
  /** The same for the same thing. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** Of a target that moved, its name. */
  readonly agent: string;
  /** One line, from an agent: untrusted. */
  readonly text: string;
  /** Where it is seen: a view and what to open in it. */
  readonly view: string;
  readonly target?: string;
}

export interface Batch {
  readonly notices: readonly Notice[];
  /** When it is told, Unix ms. */
  readonly dueMs: number;
}

/** From the first of a batch on; what comes meanwhile is told with it, and never puts it off. */
export const batchMs = 5_000;
const mostInBatch = 200;

/** With these in it. A thing that is in it already is told as it is now. */
export function batched(
  batch: Batch | undefined,
  notices: readonly Notice[],
  nowMs: number,
): Batch | undefined {
  if (notices.length === 0) return batch;
  const ids = new Set(notices.map(({ id }) => id));
  const before = (batch?.notices ?? []).filter(({ id }) => !ids.has(id));
  return {
    notices: [...before, ...notices].slice(-mostInBatch),
    dueMs: batch?.dueMs ?? nowMs + batchMs,
  };
}

export interface Told {
  readonly title: string;
  readonly body: string;
  readonly view: string;
  readonly target?: string;
}

const verbs: Readonly<Record<NoticeKind, string>> = {
  permission: 'asks to be allowed',
  question: 'asks you',
  approval: 'wants a review',
  proposal: 'proposes a configuration',
  crashed: 'crashed',
  watch: 'may need you',
  conflict: 'collides with another',
  target: 'moved without Musher',
  push: 'was not pushed',
  stray: 'committed on another branch',
  story: 'does not go on by itself',
  landed: 'is merged',
  idle: 'is idle',
};

const several: Readonly<Record<NoticeKind, (count: number) => string>> = {
  permission: (count) => `${count} ${count === 1 ? 'permission' : 'permissions'}`,
  question: (count) => `${count} ${count === 1 ? 'question' : 'questions'}`,
  approval: (count) => `${count} ${count === 1 ? 'review' : 'reviews'}`,
  proposal: (count) => `${count} ${count === 1 ? 'proposal' : 'proposals'}`,
  crashed: (count) => `${count} crashed`,
  watch: (count) => `${count} stuck or near a limit`,
  conflict: (count) => `${count} ${count === 1 ? 'conflict' : 'conflicts'}`,
  target: (count) => `${count} moved without Musher`,
  push: (count) => `${count} not pushed`,
  stray: (count) => `${count} committed on other branches`,
  story: (count) => `${count} ${count === 1 ? 'story' : 'stories'} stopped`,
  landed: (count) => `${count} ${count === 1 ? 'story' : 'stories'} merged`,
  idle: (count) => `${count} idle`,
};

/** One notification for all of a batch. Undefined for an empty one. */
export function toTold(notices: readonly Notice[]): Told | undefined {
  const [first] = notices;
  if (first === undefined) return undefined;
  const { kind, agent, text, view, target } = first;
  if (notices.length === 1) {
    const place = target === undefined ? { view } : { view, target };
    return { title: `${agent} ${verbs[kind]}`, body: text, ...place };
  }
  const kinds = (Object.keys(several) as NoticeKind[]).flatMap((one) => {
    const count = notices.filter((notice) => notice.kind === one).length;
    return count > 0 ? [several[one](count)] : [];
  });
  const agents = [...new Set(notices.map((notice) => notice.agent))];
  const isWaiting = notices.some(({ kind: one }) => one !== 'idle' && one !== 'landed');
  return { title: kinds.join(', '), body: named(agents), view: isWaiting ? 'inbox' : 'agents' };
}

const mostNamed = 4;

function named(agents: readonly string[]): string {
  const more = agents.length - mostNamed;
  const shown = agents.slice(0, mostNamed).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
