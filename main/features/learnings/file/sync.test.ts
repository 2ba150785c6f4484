import { describe, expect, it } from 'vitest';
import type { FileItem } from './items.ts';
import { type FileModel, syncFile } from './sync.ts';

function note(id: string, text = `says ${id}`, count = 1): FileItem {
  return { id, section: 'notes', count, lines: [text] };
}

function finding(id: string, count: number, section = 'waiting'): FileItem {
  return { id, section, count, lines: [`${id} happened ${count} times`] };
}

const model = (items: readonly FileItem[], dropped: FileModel['dropped'] = []): FileModel => ({
  items,
  dropped,
});

function synced(before: string | undefined, items: readonly FileItem[]): string {
  const result = syncFile(before, model(items));
  if (!('text' in result) || result.text === undefined) throw new Error(JSON.stringify(result));
  return result.text;
}

/** Without marks and what they lead to, as a reader of the rendered page sees it. */
const seen = (text: string) => text.replace(/ ?<!--[\s\S]*?-->/g, '').trimEnd();

const first = synced(undefined, [note('l-a'), note('l-b'), finding('f-a', 4)]);

describe('the file', () => {
  it('is made with its headings, notes and findings, and the same again changes nothing', () => {
    expect(seen(first)).toBe(
      [
        '# Learnings',
        '',
        'What agents and the operator noted about this repository. Edit it as you like: what you change, add or delete stays so.',
        '',
        '- says l-a',
        '- says l-b',
        '',
        '## Findings',
        '',
        'What Musher counted while agents worked. An item is brought up to date while nobody has edited it.',
        '',
        '### Waiting for the operator',
        '',
        '- f-a happened 4 times',
      ].join('\n'),
    );
    expect(synced(first, [note('l-a'), note('l-b'), finding('f-a', 4)])).toBe(first);
  });

  it('is not made for nothing', () => {
    expect(syncFile(undefined, model([]))).toEqual({ text: undefined });
    expect(syncFile('\n', model([]))).toEqual({ text: '\n' });
  });

  it('has new items below the last of their section, whatever else stands there', () => {
    const mine = first.replace('## Findings', 'My own words.\n\n## Mine\n\n- own\n\n## Findings');
    const all = [
      note('l-a'),
      note('l-b'),
      note('l-c'),
      finding('f-a', 4),
      finding('f-b', 2, 'stuck'),
    ];
    const text = seen(synced(mine, all));
    expect(text).toContain(
      '- says l-b\n- says l-c\n\nMy own words.\n\n## Mine\n\n- own\n\n## Findings',
    );
    expect(text).toMatch(/- f-a happened 4 times\n\n### Stuck\n\n- f-b happened 2 times$/);
  });

  it('that a person began has their words first, and sections of its own', () => {
    const text = seen(synced('We use tabs.', [note('l-a'), finding('f-a', 3)]));
    expect(text).toMatch(/^We use tabs\.\n\n## Notes\n\n- says l-a\n\n## Findings\n/);
  });

  it('of before there were marks with hashes keeps its items as they are', () => {
    const old = '# Learnings\n\nText.\n\n- one (a, 2026-01-01) <!-- l-a -->\n\nBy hand.\n';
    const text = synced(old, [note('l-a', 'one, anew', 3), note('l-b')]);
    expect(text).toContain('- one (a, 2026-01-01) <!-- l-a -->\n- says l-b <!-- musher l-b');
    expect(text).toContain('\nBy hand.\n');
  });
});

describe('an item as Musher wrote it', () => {
  it('is brought up to date once its figure grew by a quarter', () => {
    expect(synced(first, [finding('f-a', 4)])).toBe(first);
    expect(seen(synced(first, [finding('f-a', 5)]))).toContain('- f-a happened 5 times');
    const many = synced(undefined, [finding('f-a', 100)]);
    expect(synced(many, [finding('f-a', 124)])).toBe(many);
    expect(seen(synced(many, [finding('f-a', 125)]))).toContain('125 times');
  });

  it('of another machine that counted more is left', () => {
    const more = synced(undefined, [finding('f-a', 9)]);
    expect(synced(more, [finding('f-a', 5)])).toBe(more);
  });

  it('goes when the operator drops it, and no other row with it', () => {
    const result = syncFile(first, model([note('l-b')], [{ id: 'l-a', count: 1 }]));
    expect(result).toEqual({ text: first.replace(/^- says l-a.*\n/m, '') });
  });
});

describe('what a person did stays', () => {
  const later = [note('l-a', 'says more', 8), note('l-b'), finding('f-a', 40)];

  it.each([
    ['words', (text: string) => text.replace('- says l-a', '- says l-a, and redis')],
    ['words behind its mark', (text: string) => text.replace(/(- says l-a .*)/, '$1 and redis')],
    ['another bullet', (text: string) => text.replace('- says l-a', '* says l-a')],
    ['a line of its own in it', (text: string) => text.replace('- says l-a', '- says l-a\n  and')],
  ])('an item that was edited, by %s, is never written again nor dropped', (_, edit) => {
    const mine = edit(first);
    const row = mine.split('\n').find((line) => /says l-a/.test(line)) as string;
    const next = syncFile(mine, model(later, [{ id: 'l-a', count: 8 }]));
    expect('text' in next && next.text?.split('\n')).toContain(row);
    expect('text' in next && next.text?.match(/musher l-a /g)).toHaveLength(1);
  });

  it('an item that was moved is updated where it is', () => {
    const row = /- f-a .*\n/.exec(first)?.[0] as string;
    const moved = `Top.\n\n${row}${first.replace(row, '')}`;
    expect(seen(synced(moved, later))).toMatch(/^Top\.\n\n- f-a happened 40 times\n# Learnings/);
  });

  it('an item that was deleted comes back when it happened twice as often, not before', () => {
    const gone = first.replace(/- f-a .*\n/, '');
    expect(synced(gone, [finding('f-a', 7)])).toBe(gone);
    expect(seen(synced(gone, [finding('f-a', 8)]))).toContain('- f-a happened 8 times');
    const mark = first.replace(/(- f-a [^<]*) <!--.*/, '$1');
    expect(synced(mark, [finding('f-a', 7)])).toBe(mark);
  });

  it('words below an item are not orphaned by a drop', () => {
    const mine = first.replace(/(- says l-a .*\n)/, '$1  - since July\n');
    expect(syncFile(mine, model([], [{ id: 'l-a', count: 1 }]))).toEqual({ text: mine });
  });

  it('a copy of an item is a person’s, and not updated', () => {
    const row = /- says l-a .*\n/.exec(first)?.[0] as string;
    const text = synced(`${first}\n${row}`, later);
    expect(text.match(/^- says l-a /gm)).toHaveLength(1);
    expect(text.match(/^- says more /gm)).toHaveLength(1);
  });

  it('rows in and around the comment at the end', () => {
    const mine = first.replace(/\n-->\n$/, '\nmine\n-->\nlast');
    const text = synced(mine, [...later, note('l-n')]);
    expect(text).toContain('\nmine\n');
    expect(text).toContain('\nlast\n');
    expect(text.match(/musher:written/g)).toHaveLength(1);
  });

  it('a fence with headings in it is no section', () => {
    const mine = first.replace('\n## Findings', '\n```sh\n# not a heading\n```\n\n## Findings');
    expect(seen(synced(mine, [...later, note('l-n')]))).toContain(
      '- says l-n\n\n```sh\n# not a heading\n```',
    );
  });
});

describe('bytes', () => {
  const items = [note('l-a'), note('l-b'), note('l-c')];

  it('CRLF and the mark of the order of bytes stay, and new rows end alike', () => {
    const windows = `\ufeff${first.replaceAll('\n', '\r\n')}`;
    expect(synced(windows, [note('l-a'), note('l-b'), finding('f-a', 4)])).toBe(windows);
    const text = synced(windows, items);
    expect(text.startsWith('\ufeff# Learnings')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.replace('\ufeff', '').replaceAll('\r\n', '\n')).toBe(synced(first, items));
  });

  it('a last row without an end stays as it is', () => {
    const bare = first.replace(/<!-- musher:written[\s\S]*/, 'end');
    expect(synced(bare, items)).toMatch(/\nend\n\n<!-- musher:written\n/);
  });

  it.each(['<<<<<<< HEAD', '>>>>>>> theirs'])('a merge that was left in it is told: %s', (mark) => {
    const text = `one\n${mark}\n=======\n`;
    expect(syncFile(text, model(items))).toEqual({ conflictedAt: 2 });
  });

  it('a megabyte is done in a moment, and all of it is there', () => {
    const big = `${first}\n${'A line that somebody wrote.\n'.repeat(40_000)}`;
    const text = synced(big, items);
    expect(text.match(/^A line that somebody wrote\.$/gm)).toHaveLength(40_000);
    expect(text).toContain('- says l-c ');
  });
});
