/**
 * Everything the page keeps between visits: small, bounded, per browser, and never what the hub knows.
 * What cannot be read or is out of bounds counts as absent, so a bad value never stops the page.
 */
import { z } from 'zod';

interface StorageKey {
  /** The part of the page that reads and writes it. */
  readonly owner: string;
  /** Largest size as JSON text. */
  readonly maxBytes: number;
  readonly schema: z.ZodType;
}

const commentPlace = z.object({
  path: z.string(),
  oldPath: z.string().optional(),
  side: z.enum(['additions', 'deletions']),
  startLine: z.number().optional(),
  lineNumber: z.number().optional(),
});

/** Every key, under the name that it has in localStorage after `musher.`. */
export const storageKeys = {
  theme: { owner: 'shell/theme', maxBytes: 16, schema: z.enum(['system', 'light', 'dark']) },
  sidebar: {
    owner: 'shell/sidebar',
    maxBytes: 64,
    schema: z.object({ open: z.boolean(), widthPx: z.number().min(180).max(480) }),
  },
  recentCommands: {
    owner: 'shell/command-palette',
    maxBytes: 4_000,
    schema: z.array(z.string().max(120)).max(20),
  },
  reviewLook: {
    owner: 'features/approvals',
    maxBytes: 80,
    schema: z.object({ layout: z.enum(['unified', 'split']), isWrapped: z.boolean() }),
  },
  reviewListFolded: { owner: 'features/approvals', maxBytes: 8, schema: z.boolean() },
  /** Newest first; `viewed-marks.ts` keeps it within its bounds. */
  reviewViewed: {
    owner: 'features/approvals',
    maxBytes: 200_000,
    schema: z
      .array(
        z.object({
          approval: z.string(),
          diffHash: z.string(),
          paths: z.array(z.string()).readonly(),
        }),
      )
      .max(50)
      .readonly(),
  },
  /** Comments and notes that are not sent; `review-drafts.ts` keeps them within their bounds. */
  reviewDrafts: {
    owner: 'features/approvals',
    maxBytes: 600_000,
    schema: z
      .array(
        z.object({
          approval: z.string().max(80),
          comments: z
            .array(commentPlace.extend({ text: z.string() }))
            .max(200)
            .readonly(),
          note: z.string(),
          writing: z
            .object({
              place: commentPlace.optional(),
              thread: z.string().max(80).optional(),
              text: z.string(),
            })
            .optional(),
        }),
      )
      .max(20)
      .readonly(),
  },
  /** Folders; `moving-checkouts.ts` keeps them within their bound. */
  reviewMoves: {
    owner: 'features/approvals',
    maxBytes: 90_000,
    schema: z.array(z.string().max(4_096)).max(20).readonly(),
  },
  /** One for each repository, the newest used first; `agents/layout/stored-layout.ts` keeps them within their bounds. */
  agentsLayouts: {
    owner: 'features/agents',
    maxBytes: 100_000,
    schema: z
      .array(
        z.object({
          /** As `?project=` names it. */
          project: z.string().max(200),
          layout: z.enum(['grid', 'split', 'single']),
          density: z.enum(['comfortable', 'compact', 'list']),
          filter: z.string().max(100),
          pins: z.array(z.string().max(60)).max(100).readonly(),
          folded: z.array(z.string().max(20)).max(8).readonly(),
          /** Side by side, and how much of the width each has, in percent. */
          split: z.array(z.string().max(60)).max(4).readonly(),
          shares: z.array(z.number().min(1).max(100)).max(4).readonly(),
          selected: z.string().max(60).optional(),
        }),
      )
      .max(12)
      .readonly(),
  },
  agentsListWidth: { owner: 'features/agents', maxBytes: 16, schema: z.number().min(180).max(480) },
  terminalLook: {
    owner: 'features/terminals',
    maxBytes: 400,
    schema: z.object({
      /** Its name as it is installed; empty for the app's. */
      font: z.string().max(60),
      sizePx: z.number().int().min(8).max(32),
      theme: z.enum(['app', 'dark', 'light']),
      cursor: z.enum(['block', 'bar', 'underline']),
    }),
  },
  notifications: {
    owner: 'features/notifications',
    maxBytes: 300,
    schema: z.object({
      isOn: z.boolean(),
      kinds: z.object({
        // Younger than the others.
        permission: z.boolean().default(true),
        question: z.boolean(),
        approval: z.boolean(),
        crashed: z.boolean(),
        // Younger too.
        watch: z.boolean().default(true),
        conflict: z.boolean().default(true),
        target: z.boolean().default(true),
        push: z.boolean().default(true),
        stray: z.boolean().default(true),
        proposal: z.boolean().default(true),
        story: z.boolean().default(true),
        landed: z.boolean().default(true),
        idle: z.boolean(),
      }),
    }),
  },
  /** Those of the page itself, by kind; what was never chosen is not in it. */
  pageNotices: {
    owner: 'features/notifications',
    maxBytes: 400,
    schema: z.record(z.string().max(20), z.boolean()),
  },
  /** One for each repository, the newest used first; `inbox/stored-looks.ts` keeps them within their bounds. */
  inboxLooks: {
    owner: 'features/inbox',
    maxBytes: 6_000,
    schema: z
      .array(
        z.object({
          /** As `?project=` names it. */
          project: z.string().max(200),
          group: z.enum(['urgency', 'agent', 'kind']),
          sort: z
            .enum([
              'question',
              'permission',
              'approval',
              'proposal',
              'blocked',
              'merge',
              'alarm',
              'message',
            ])
            .optional(),
          agent: z.string().max(60).optional(),
          blocks: z.boolean(),
        }),
      )
      .max(12)
      .readonly(),
  },
  boardLook: {
    owner: 'features/stories',
    maxBytes: 300,
    schema: z.object({
      group: z.enum(['none', 'label', 'agent', 'priority']),
      /** By column: shown as a strip, or not, where the operator said so. */
      folds: z.record(z.string().max(20), z.boolean()),
    }),
  },
  inboxDetail: { owner: 'features/inbox', maxBytes: 16, schema: z.number().min(280).max(900) },
} as const satisfies Record<string, StorageKey>;

export type StoredName = keyof typeof storageKeys;
export type StoredValue<K extends StoredName> = z.output<(typeof storageKeys)[K]['schema']>;

const prefix = 'musher.';

export function readStored<K extends StoredName>(
  name: K,
  fallback: StoredValue<K>,
): StoredValue<K> {
  try {
    const text = localStorage.getItem(prefix + name);
    if (text === null || text.length > storageKeys[name].maxBytes) return fallback;
    const parsed = storageKeys[name].schema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as StoredValue<K>) : fallback;
  } catch {
    return fallback;
  }
}

/** Stores it, unless it is out of its bound or the browser keeps nothing. */
export function writeStored<K extends StoredName>(name: K, value: StoredValue<K>): void {
  const text = JSON.stringify(value);
  if (text.length > storageKeys[name].maxBytes) return;
  try {
    localStorage.setItem(prefix + name, text);
  } catch {
    // Storage is off or full: the page works, it only forgets.
  }
}
