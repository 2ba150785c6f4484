/**
 * The shared document is made of parts, one for each who writes: the rendezvous the *board*, each node its own. Who may write what is therefore a
 * matter of whose part it is, and no two writers are ever merged into one value. Schema 3:
 *
 * - `board`: map `stories`, id to StoryRecord; `offers`, id to Offer; `work`, id to StoryWork; `verdicts`, `<node>/<id>` to Verdict; `peers`, id to Peer; `meta`, `schema`
 *   and `project`
 * - `node/<id>`: map `part`, `schema`, `self` and `claims`
 *
 * A part of another schema is read by nobody who does not know it: the protocol of `/sync` is raised with it.
 */
import * as Y from 'yjs';
import { z } from 'zod';
import {
  claimsSaidSchema,
  type Offer,
  type StoryWork,
  type Verdict,
} from '../../../preload/contract/claim-facts.ts';
import type { Peer } from '../../../preload/contract/peer-facts.ts';
import { nodeSelfSchema } from '../../../preload/contract/cluster-facts.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { sayIssue } from '../../base/say-issue.ts';

export const partSchema = 3;
/** Of a node's part, encoded. */
export const partBytes = 256 * 1024;
export const boardName = 'board';
/** Said to one node beside its part, and in no document: it is to open its way for terminals. */
export const terminalsCall = 'terminals';

export function partNameOf(node: string): string {
  return `node/${node}`;
}

/** Whose part it is; undefined when it is no node's. */
export function nodeOfPart(name: string): string | undefined {
  return /^node\/(n-\d{1,9})$/.exec(name)?.[1];
}

export function storiesOf(board: Y.Doc): Y.Map<StoryRecord> {
  return board.getMap<StoryRecord>('stories');
}

export interface BoardMaps {
  readonly offers: Y.Map<Offer>;
  readonly work: Y.Map<StoryWork>;
  readonly verdicts: Y.Map<Verdict>;
  readonly peers: Y.Map<Peer>;
}

export function mapsOf(board: Y.Doc): BoardMaps {
  return {
    offers: board.getMap('offers'),
    work: board.getMap('work'),
    verdicts: board.getMap('verdicts'),
    peers: board.getMap('peers'),
  };
}

export const nodePartSchema = z.strictObject({
  schema: z.literal(partSchema),
  self: nodeSelfSchema.optional(),
  claims: claimsSaidSchema.optional(),
});
export type NodePart = z.infer<typeof nodePartSchema>;

/** What a node's part says; undefined where it is empty or says what this Musher does not know. */
export function readPart(part: Y.Doc): NodePart | undefined {
  const parsed = nodePartSchema.safeParse(part.getMap('part').toJSON());
  return parsed.success ? parsed.data : undefined;
}

/** What is wrong with a node's part, in words; undefined when nothing is. */
export function faultOfPart(part: Y.Doc): string | undefined {
  const foreign = [...part.share.keys()].find((name) => name !== 'part');
  if (foreign !== undefined)
    return `it wrote "${foreign.slice(0, 40)}", which is no field of its part`;
  const said = part.getMap('part').toJSON();
  // What builds on something that a crash took from here is not seen before the rest of it has come, and then it is looked at.
  const isAllToCome = part.store.pendingStructs !== null && Object.keys(said).length === 0;
  const parsed = nodePartSchema.safeParse(said);
  if (!parsed.success && !isAllToCome) return sayFault(parsed.error.issues[0], said);
  const bytes = Y.encodeStateAsUpdate(part).byteLength;
  return bytes > partBytes
    ? `its part has ${bytes} bytes; at most ${partBytes} are kept`
    : undefined;
}

function sayFault(issue: z.core.$ZodIssue | undefined, said: object): string {
  if (issue === undefined) return 'its part is not valid';
  return `field "${issue.path.join('.') || 'part'}" of its part: ${sayIssue(issue, said)}`;
}
