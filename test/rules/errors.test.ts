import { describe, expect, it } from 'vitest';
import { errorTable } from '../../preload/contract/errors.ts';
import { checkDocs, checkUnused, checkUses, docsPath, type ErrorTable } from './error-table.ts';
import { readSources, readText, tell } from './source-file.ts';

const sources = readSources();
const hasBroker = sources.some(({ path }) => path.startsWith('main/broker/'));
const isComposed = readText('main/compose/app.ts') !== undefined;

describe('the error table', () => {
  it('agrees with the page that callers read', () => {
    const docs = readText(docsPath) ?? '';
    // The page is due as soon as there is a broker to call.
    expect(hasBroker ? tell(checkDocs(errorTable, docs)) : []).toEqual([]);
  });

  it('has every code that is refused with', () => {
    expect(tell(sources.flatMap((file) => checkUses(errorTable, file)))).toEqual([]);
  });

  it('has no code that nothing uses', () => {
    // Before all is wired, a code may wait for its feature.
    expect(isComposed ? tell(checkUnused(errorTable, sources)) : []).toEqual([]);
  });
});

describe('a disagreement is found', () => {
  const table: ErrorTable = {
    AGENT_UNKNOWN: { status: 404 },
    AGENT_EXISTS: { status: 409 },
    OLD_ONE: { status: 400, retired: true },
  };
  const file = (text: string) => ({ path: 'main/hub/a.ts', text });

  it('between table and page, in both directions and by status', () => {
    const docs =
      '| `AGENT_UNKNOWN` | 404 | a | b |\n| AGENT_EXISTS | 400 | a | b |\n| GONE | 410 | a | b |';
    const told = tell(checkDocs(table, docs)).join('\n');
    expect(told).toContain('says 400 for AGENT_EXISTS');
    expect(told).toContain('does not list OLD_ONE');
    expect(told).toContain('lists GONE');
    expect(told).not.toContain('AGENT_UNKNOWN');
  });

  it('between table and source', () => {
    const text = "refuse('AGENT_UNKNOWN'); refuse('NO_SUCH'); throw musherError('OLD_ONE');";
    const told = tell(checkUses(table, file(text))).join('\n');
    expect(told).toContain('NO_SUCH, which is not in the table');
    expect(told).toContain('OLD_ONE, which is retired');
    expect(told).not.toContain('AGENT_UNKNOWN');
  });

  it('when a code has no use', () => {
    const told = tell(checkUnused(table, [file("refuse('AGENT_UNKNOWN')")]));
    expect(told).toHaveLength(1);
    expect(told.join()).toContain('AGENT_EXISTS is used nowhere');
  });
});
