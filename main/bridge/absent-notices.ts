/**
 * Tells by the system's notices what has come to wait in a repository that no window shows. A page tells of its own
 * repository; without one nobody would.
 */
import type { OpenProject } from '../../preload/contract/bridge.ts';
import { hiddenMark, markHidden } from '../../preload/contract/hidden-characters.ts';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import { type Batch, batched, batchMs, toTold } from '../../preload/contract/notice-batch.ts';
import { toHash } from '../../preload/contract/place.ts';
import { isInSight, waitingNotices } from '../../preload/contract/waiting-notices.ts';
import type { Clock } from '../base/clock.ts';
import type { ProjectWaits, Waiting } from './attention.ts';
import type { ElectronParts, NoticePart } from './electron-parts.ts';

export interface AbsentNoticesOptions {
  readonly electron: Pick<ElectronParts, 'Notification'>;
  readonly waiting: Waiting;
  readonly clock: Clock;
  projects(): readonly OpenProject[];
  /** A window shows it: its page tells of it. */
  isShown(project: string): boolean;
  /** The operator wants to hear of them. */
  isWanted(): boolean;
  /** Opens it at this place of the page. */
  show(project: OpenProject, hash: string): void;
}

/** Its result ends it, with nothing shown any more. What waits already is no news. */
export function tellAbsent(options: AbsentNoticesOptions): () => void {
  const absent = new AbsentNotices(options);
  const stop = options.waiting.onChange(() => absent.look());
  absent.look();
  return () => {
    stop();
    absent.dispose();
  };
}

/** One project: what was seen of it, what is to be told soon, and what is told. */
interface Known {
  waiting: readonly WaitingItem[];
  batch?: Batch | undefined;
  cancel?: (() => void) | undefined;
  /** Held while it is shown: a notice that nobody holds is collected, and its click with it. */
  shown?: NoticePart | undefined;
}

const longest = { title: 200, body: 1_000 };

class AbsentNotices {
  private readonly options: AbsentNoticesOptions;
  private readonly known = new Map<string, Known>();

  constructor(options: AbsentNoticesOptions) {
    this.options = options;
  }

  dispose(): void {
    for (const known of this.known.values()) forget(known);
    this.known.clear();
  }

  look(): void {
    const now = this.options.waiting.byProject();
    const open = new Set(now.map(({ project }) => project));
    for (const [project, known] of this.known)
      if (!open.has(project)) {
        forget(known);
        this.known.delete(project);
      }
    for (const waits of now) this.lookAt(waits);
  }

  private lookAt({ project, waiting, agents }: ProjectWaits): void {
    const known = this.known.get(project);
    if (known === undefined) {
      this.known.set(project, { waiting });
      return;
    }
    const before = known.waiting;
    known.waiting = waiting;
    if (!this.isMine(project)) {
      forget(known);
      return;
    }
    const { clock } = this.options;
    known.batch = batched(known.batch, waitingNotices(before, waiting, agents), clock.now());
    if (known.batch !== undefined)
      known.cancel ??= clock.schedule(() => this.tell(project, known), batchMs);
  }

  private isMine(project: string): boolean {
    return this.options.isWanted() && !this.options.isShown(project);
  }

  /** All that came since, as one; what was decided meanwhile, or is told by a page now, is not told. */
  private tell(id: string, known: Known): void {
    const { electron, projects, show } = this.options;
    const notices = known.batch?.notices ?? [];
    known.batch = undefined;
    known.cancel = undefined;
    const open = new Set(known.waiting.filter(isInSight).map((item) => item.id));
    const told = toTold(notices.filter((notice) => open.has(notice.id)));
    const project = projects().find((one) => one.id === id);
    if (told === undefined || project === undefined || !this.isMine(id)) return;
    if (!electron.Notification.isSupported()) return;
    known.shown?.close();
    const notice = new electron.Notification({
      title: toLine(told.title, longest.title),
      body: `${toLine(told.body, longest.body)} (${project.name})`,
    });
    notice.on('click', () => show(project, toHash(told)));
    notice.on('close', () => {
      if (known.shown === notice) known.shown = undefined;
    });
    known.shown = notice;
    notice.show();
  }
}

function forget(known: Known): void {
  known.cancel?.();
  known.cancel = undefined;
  known.batch = undefined;
  known.shown?.close();
}

/** An agent wrote it: nothing in it hides, and nothing in it breaks the line. */
function toLine(text: string, mostChars: number): string {
  return markHidden(text.slice(0, mostChars), { kind: 'words', mark: hiddenMark }).replace(
    /\s+/g,
    ' ',
  );
}
