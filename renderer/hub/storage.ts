/**
 * Everything the page keeps between visits: small, bounded, per browser, and never what the hub knows.
 * What cannot be read or is out of bounds counts as absent, so a bad value never stops the page.
 */
import * as z from 'zod/mini';

interface StorageKey {
  /** The part of the page that reads and writes it. */
  readonly owner: string;
  /** Largest size as JSON text. */
  readonly maxBytes: number;
  readonly schema: z.ZodMiniType;
}

const text = (most: number) => z.string().check(z.maxLength(most));
const list = <Item extends z.ZodMiniType>(item: Item, most: number) =>
  z.readonly(z.array(item).check(z.maxLength(most)));

const commentPlace = z.object({
  path: z.string(),
  oldPath: z.optional(z.string()),
  side: z.enum(['additions', 'deletions']),
  startLine: z.optional(z.number()),
  lineNumber: z.optional(z.number()),
});

/** Every key, under the name that it has in localStorage after `musher.`. */
export const storageKeys = {
  /** What was answered when it was offered. */
  tour: { owner: 'shell/tour', maxBytes: 16, schema: z.enum(['open', 'taken', 'dismissed']) },
  theme: {
    owner: 'shell/theme',
    maxBytes: 20,
    schema: z.enum(['system', 'light', 'dark', 'contrast-light', 'contrast-dark']),
  },
  sidebar: {
    owner: 'shell/sidebar',
    maxBytes: 64,
    schema: z.object({ open: z.boolean(), widthPx: z.number().check(z.gte(180), z.lte(480)) }),
  },
  /** One for each repository, the newest used first; `palette/uses.ts` keeps them within their bounds. */
  paletteUses: {
    owner: 'shell/palette',
    maxBytes: 120_000,
    schema: list(
      z.object({
        /** As `?project=` names it. */
        project: text(200),
        uses: list(z.object({ key: text(500), weight: z.number(), atMs: z.number() }), 60),
      }),
      12,
    ),
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
    schema: list(
      z.object({
        approval: z.string(),
        diffHash: z.string(),
        paths: z.readonly(z.array(z.string())),
      }),
      50,
    ),
  },
  /** Comments and notes that are not sent; `review-drafts.ts` keeps them within their bounds. */
  reviewDrafts: {
    owner: 'features/approvals',
    maxBytes: 600_000,
    schema: list(
      z.object({
        approval: text(80),
        comments: list(z.extend(commentPlace, { text: z.string() }), 200),
        note: z.string(),
        writing: z.optional(
          z.object({
            place: z.optional(commentPlace),
            thread: z.optional(text(80)),
            text: z.string(),
          }),
        ),
      }),
      20,
    ),
  },
  /** Folders; `moving-checkouts.ts` keeps them within their bound. */
  reviewMoves: {
    owner: 'features/approvals',
    maxBytes: 90_000,
    schema: list(text(4_096), 20),
  },
  /** One for each repository, the newest used first; `agents/layout/stored-layout.ts` keeps them within their bounds. */
  agentsLayouts: {
    owner: 'features/agents',
    maxBytes: 100_000,
    schema: list(
      z.object({
        /** As `?project=` names it. */
        project: text(200),
        layout: z.enum(['grid', 'split', 'single']),
        density: z.enum(['comfortable', 'compact', 'list']),
        filter: text(100),
        pins: list(text(60), 100),
        folded: list(text(20), 8),
        /** Side by side, and how much of the width each has, in percent. */
        split: list(text(60), 4),
        shares: list(z.number().check(z.gte(1), z.lte(100)), 4),
        selected: z.optional(text(60)),
      }),
      12,
    ),
  },
  agentsListWidth: {
    owner: 'features/agents',
    maxBytes: 16,
    schema: z.number().check(z.gte(180), z.lte(480)),
  },
  terminalLook: {
    owner: 'features/terminals',
    maxBytes: 400,
    schema: z.object({
      /** Its name as it is installed; empty for the app's. */
      font: text(60),
      sizePx: z.int().check(z.gte(8), z.lte(32)),
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
        permission: z._default(z.boolean(), true),
        question: z.boolean(),
        approval: z.boolean(),
        crashed: z.boolean(),
        // Younger too.
        watch: z._default(z.boolean(), true),
        conflict: z._default(z.boolean(), true),
        target: z._default(z.boolean(), true),
        push: z._default(z.boolean(), true),
        stray: z._default(z.boolean(), true),
        proposal: z._default(z.boolean(), true),
        story: z._default(z.boolean(), true),
        landed: z._default(z.boolean(), true),
        idle: z.boolean(),
      }),
    }),
  },
  /** Those of the page itself, by kind; what was never chosen is not in it. */
  pageNotices: {
    owner: 'features/notifications',
    maxBytes: 400,
    schema: z.record(text(20), z.boolean()),
  },
  /** One for each repository, the newest used first; `inbox/stored-looks.ts` keeps them within their bounds. */
  inboxLooks: {
    owner: 'features/inbox',
    maxBytes: 6_000,
    schema: list(
      z.object({
        /** As `?project=` names it. */
        project: text(200),
        group: z.enum(['urgency', 'agent', 'kind']),
        sort: z.optional(
          z.enum([
            'question',
            'permission',
            'approval',
            'proposal',
            'blocked',
            'merge',
            'alarm',
            'message',
          ]),
        ),
        agent: z.optional(text(60)),
        blocks: z.boolean(),
      }),
      12,
    ),
  },
  boardLook: {
    owner: 'features/stories',
    maxBytes: 300,
    schema: z.object({
      group: z.enum(['none', 'label', 'agent', 'priority']),
      /** By column: shown as a strip, or not, where the operator said so. */
      folds: z.record(text(20), z.boolean()),
    }),
  },
  inboxDetail: {
    owner: 'features/inbox',
    maxBytes: 16,
    schema: z.number().check(z.gte(280), z.lte(900)),
  },
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
