/** What the shared document has no longer: whoever still has it begins its copy anew. */
export const staleBoard = 'its copy of the board is of another document';

/**
 * What a node sent, looked at before anything of it is done: a frame that cannot be read, that is of no kind a node sends, or that writes what is
 * not the node's, is refused with the reason, and its link ends. Nothing of it has been applied then.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { boardName, faultOfPart, partNameOf } from './parts.ts';

/** Of one frame. A node's part is small, and the board is never sent by it. */
export const frameBytes = 4 * 1024 * 1024;

/** Kinds of frames, as Hocuspocus numbers them. */
const kinds = { sync: 0, auth: 2, queryAwareness: 3, syncReply: 4, close: 7, pong: 10 } as const;
const steps = { ask: 0, answer: 1, update: 2 } as const;
const harmless: ReadonlySet<number> = new Set([kinds.auth, kinds.queryAwareness, kinds.close]);

export class FrameCheck {
  private readonly own: string;
  /** The node's part as it is with all that was let through. */
  private shadow: Y.Doc;
  private readonly part: () => Y.Doc;

  /** `part`: the node's, as it is kept. */
  constructor(node: string, part: () => Y.Doc) {
    this.own = partNameOf(node);
    this.part = part;
    this.shadow = copyOf(part());
  }

  /** Why it is refused; undefined: it may be handed on. */
  refusalOf(frame: Uint8Array): string | undefined {
    try {
      return this.look(frame);
    } catch {
      return 'it cannot be read';
    }
  }

  private look(frame: Uint8Array): string | undefined {
    if (frame.length === 1 && frame[0] === kinds.pong) return undefined;
    const decoder = decoding.createDecoder(frame);
    const [name = ''] = decoding.readVarString(decoder).split('\0');
    const kind = decoding.readVarUint(decoder);
    if (harmless.has(kind)) return undefined;
    if (kind !== kinds.sync && kind !== kinds.syncReply)
      return `nodes send nothing of kind ${kind}`;
    const step = decoding.readVarUint(decoder);
    if (step === steps.ask) {
      decoding.readVarUint8Array(decoder);
      return undefined;
    }
    if (step !== steps.answer && step !== steps.update) return `there is no step ${step} of a sync`;
    const update = decoding.readVarUint8Array(decoder);
    if (name === this.own) return this.tryOn(update);
    // Asked for what it has more, a node answers for the board too: without news that is no writing, and with news it is what a
    // rendezvous that was killed had told and not kept.
    if (step === steps.answer && hasNoStructs(update)) return undefined;
    if (step === steps.answer && name === boardName) return staleBoard;
    return `it wrote "${name.slice(0, 40)}", which is not its part`;
  }

  private tryOn(update: Uint8Array): string | undefined {
    Y.applyUpdate(this.shadow, update);
    // An answer to the first question may hold nothing at all.
    const isEmpty = this.shadow.share.size === 0 && this.shadow.store.pendingStructs === null;
    const fault = isEmpty ? undefined : faultOfPart(this.shadow);
    if (fault !== undefined) this.shadow = copyOf(this.part());
    return fault;
  }
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function hasNoStructs(update: Uint8Array): boolean {
  return Y.decodeUpdate(update).structs.length === 0;
}
