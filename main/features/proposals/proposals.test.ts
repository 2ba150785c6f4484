import { expect, it } from 'vitest';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { ConfigVersion, ProposalRecord } from '../../../preload/contract/proposal-records.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world } from '../../../test/harness/hub-ports.ts';

const [a, b] = ['agent:a', 'agent:b'] as const;
type Made = { proposal: string; commit: string };

async function open(text = '') {
  const store = memoryStore();
  const played = world();
  const file = played.outside.configStore;
  file.text = text;
  const box = await openBox({ features: played.features, store });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name, profile: 'claude' });
  const make = async (data: object, actor: Actor = a) =>
    (await box.dispatch('proposal.make', { why: 'faster', ...data }, { actor })).result as Made;
  const get = async (proposal: string) =>
    (await box.ask('proposal.get', { proposal })) as ProposalRecord;
  const apply = ({ proposal, commit }: Made) =>
    box.dispatch('proposal.apply', { proposal, commit });
  return { box, store, played, file, make, get, apply };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'passed',
    (error) => error.wire?.code ?? String(error),
  );
const waiting = async (box: Box) =>
  ((await box.ask('inbox.list', { all: true })) as { items: { id: string }[] }).items.map(
    ({ id }) => id,
  );
const mail = async (box: Box, actor: Actor) =>
  (
    (await box.ask('inbox.read', { after: 0 }, actor)) as {
      items: { type: string; text: string }[];
    }
  ).items.filter(({ type }) => type.startsWith('proposal.'));

it('is applied by a yes to the commit that was seen, and its agent is told; nothing changes before', async () => {
  const { box, file, make, get, apply } = await open('[worktrees]\npool = 1\n');
  const made = await make({ sets: ['worktrees.pool=2'] });
  expect(file.text).toContain('pool = 1');
  expect(await waiting(box)).toEqual([`proposal/${made.proposal}`]);
  expect(await get(made.proposal)).toMatchObject({
    ...{ state: 'open', agent: 'a', why: 'faster' },
    changes: [{ key: 'worktrees.pool', from: '1', to: '2' }],
  });
  await box.advance(7_000);
  await apply({ ...made, commit: made.commit.slice(0, 7) });
  expect(file.text).toBe('[worktrees]\npool = 2\n');
  expect(file.applied).toBe(made.commit);
  expect(await get(made.proposal)).toMatchObject({ state: 'applied', settledBy: 'system' });
  expect(await waiting(box)).toEqual([]);
  expect(await mail(box, a)).toMatchObject([{ type: 'proposal.applied' }]);
  const { versions } = (await box.ask('config.history')) as { versions: ConfigVersion[] };
  expect(versions).toMatchObject([
    { commit: made.commit, how: 'applied', proposal: made.proposal, agent: 'a' },
    { how: 'found' },
  ]);
  const { decisions } = (await box.ask('inbox.decided', {})) as { decisions: object[] };
  expect(decisions).toMatchObject([
    { item: `proposal/${made.proposal}`, agent: 'a', waitedMs: 7_000, by: 'operator' },
  ]);
});

it('is rejected with a note that its agent gets, taken back, or replaced by a newer one of the same agent', async () => {
  const { box, file, make, get } = await open();
  const first = await make({ sets: ['worktrees.pool=1'] });
  const second = await make({ sets: ['worktrees.pool=2'] });
  const other = await make({ sets: ['worktrees.pool=3'] }, b);
  expect(await get(first.proposal)).toMatchObject({ state: 'superseded', by: second.proposal });
  await box.dispatch('proposal.reject', { proposal: second.proposal, note: 'no room' });
  expect((await mail(box, a)).at(-1)?.text).toContain('rejected: no room');
  const { proposal } = other;
  expect(await codeOf(box.dispatch('proposal.withdraw', { proposal }, { actor: a }))).toBe(
    'PROPOSAL_UNKNOWN',
  );
  await box.dispatch('proposal.withdraw', { proposal }, { actor: b });
  expect(await get(proposal)).toMatchObject({ state: 'withdrawn' });
  expect(await waiting(box)).toEqual([]);
  expect(file.text).toBe('');
  expect(await codeOf(box.ask('proposal.get', { proposal }, a))).toBe('PROPOSAL_UNKNOWN');
});

it('what is no valid file, no plain text, nothing new, or of another profile is not proposed', async () => {
  const { make, box } = await open('[profiles.x]\nprogram = "x"\n');
  const refused = (data: object) => codeOf(make(data));
  expect(await refused({ sets: ['worktrees.pol=1'] })).toBe('CONFIG_INVALID');
  expect(await refused({ text: '[worktrees]\n\npool = "many"' })).toBe('CONFIG_INVALID');
  expect(await refused({ text: 'a = "\u0007"' })).toBe('PROPOSAL_TEXT');
  expect(await refused({})).toBe('PROPOSAL_EMPTY');
  expect(await refused({ sets: ['profiles.x.program="y"'] })).toBe('PROPOSAL_PROFILE');
  expect(await refused({ sets: ['limits.profiles.codex.turns=9'] })).toBe('PROPOSAL_PROFILE');
  expect(await refused({ text: '' })).toBe('PROPOSAL_PROFILE');
  expect(await refused({ sets: ['limits.profiles.claude.turns=9'] })).toBe('passed');
  await expect(make({ text: '[worktrees]\n\npool = "many"' })).rejects.toThrow(
    /line 3, worktrees\.pool: /,
  );
  const many = Array.from({ length: 25 }, (_, n) => n);
  const codes = [];
  for (const n of many) codes.push(await refused({ sets: [`worktrees.pool=${n % 10}`] }));
  expect(codes.at(-1)).toBe('PROPOSAL_LIMIT');
  await box.advance(3_600_000);
  expect(await refused({ sets: ['worktrees.pool=1'] })).toBe('passed');
});

it('an agent decides nothing, by whatever it is called', async () => {
  const { box, make } = await open();
  const made = await make({ sets: ['worktrees.pool=1'] });
  const { proposal } = made;
  for (const actor of [a, b])
    for (const [type, data] of [
      ['proposal.apply', made],
      ['proposal.reject', { proposal }],
      ['config.revert', { version: made.commit }],
      ['proposal.applied', { proposal }],
      ['config.reverted', {}],
    ] as const)
      expect([type, await codeOf(box.dispatch(type, data, { actor }))]).toEqual([
        type,
        'FORBIDDEN',
      ]);
});

it('an edit by hand is found, what is open is carried over to it, and a yes to what was seen before is refused', async () => {
  const { box, played, file, make, get, apply } = await open('[worktrees]\npool = 1\n');
  const made = await make({ sets: ['worktrees.pool=2'] });
  file.text = '# mine\n[worktrees]\npool = 1\n';
  file.merge = (ours) => ours.replace('pool = 1', 'pool = 2');
  expect(await codeOf(apply(made))).toBe('CONFIG_EDITED');
  await box.settle();
  const carried = await get(made.proposal);
  expect(carried).toMatchObject({ state: 'open', changes: [{ key: 'worktrees.pool' }] });
  expect(carried.commit).not.toBe(made.commit);
  expect(await codeOf(apply(made))).toBe('PROPOSAL_MOVED');
  expect(file.text).toContain('pool = 1');
  await apply({ proposal: made.proposal, commit: carried.commit });
  expect(file.text).toBe('# mine\n[worktrees]\npool = 2\n');
  // It is seen as well when nobody decides.
  const next = await make({ sets: ['worktrees.pool=3'] });
  file.merge = () => undefined;
  file.text = '[worktrees]\npool = 7\n';
  played.outside.tellConfig();
  await box.settle();
  expect(await get(next.proposal)).toMatchObject({ state: 'stale', stale: 'conflict' });
  expect((await mail(box, a)).at(-1)?.type).toBe('proposal.stale');
  expect(await waiting(box)).toEqual([]);
});

it('one that was applied carries the others over, and what they would change against somebody else is stale', async () => {
  const { box, file, make, get, apply } = await open('[worktrees]\npool = 1\n');
  const same = await make({ sets: ['worktrees.pool=2'] });
  const other = await make({ sets: ['worktrees.pool=2'] }, b);
  file.merge = (ours) => ours;
  await apply(same);
  await box.settle();
  expect(await get(other.proposal)).toMatchObject({ state: 'stale', stale: 'same' });
  const wide = await make({ sets: ['worktrees.fetch=true'] }, b);
  const last = await make({ sets: ['worktrees.pool=4'] });
  // A merge that comes to more than was proposed is not taken.
  file.merge = () => '[worktrees]\npool = 9\n[review]\npush = "evil"\n';
  await apply(last);
  await box.settle();
  expect(await get(wide.proposal)).toMatchObject({ state: 'stale', stale: 'conflict' });
});

it('what cannot be written leaves all as it was, says why, and may be tried again', async () => {
  const { box, file, make, get, apply } = await open();
  const made = await make({ sets: ['worktrees.pool=2'] });
  file.beforeWrite = () => {
    throw new Error('the disk is full');
  };
  await apply(made);
  await box.settle();
  expect(await get(made.proposal)).toMatchObject({ state: 'open', failure: {} });
  expect(await waiting(box)).toEqual([`proposal/${made.proposal}`]);
  file.beforeWrite = () => undefined;
  await apply(made);
  expect(await get(made.proposal)).toMatchObject({ state: 'applied' });
});

it('an edit that slips in while it is written stays, and the proposal is carried over to it', async () => {
  const { box, file, make, get, apply } = await open('[worktrees]\npool = 1\n');
  const made = await make({ sets: ['worktrees.pool=2'] });
  file.merge = (ours) => ours.replace('pool = 1', 'pool = 2');
  file.beforeWrite = () => {
    file.text = '# mine\n[worktrees]\npool = 1\n';
  };
  await apply(made);
  await box.settle();
  expect(file.text).toBe('# mine\n[worktrees]\npool = 1\n');
  const carried = await get(made.proposal);
  expect(carried).toMatchObject({ state: 'open', carriedMs: expect.any(Number) });
  expect(carried.commit).not.toBe(made.commit);
});

it('goes back to an earlier version as a new one, and not over an edit', async () => {
  const { box, file, make, apply } = await open('# first\n');
  const made = await make({ sets: ['worktrees.pool=2'] });
  await apply(made);
  const history = async () =>
    ((await box.ask('config.history')) as { versions: ConfigVersion[] }).versions;
  const first = (await history()).at(-1)?.commit ?? '';
  const revert = (version: string) => box.dispatch('config.revert', { version });
  expect(await codeOf(revert('0123456'))).toBe('CONFIG_VERSION_UNKNOWN');
  expect(await codeOf(revert(made.commit))).toBe('CONFIG_SAME');
  file.text = '# mine\n';
  expect(await codeOf(revert(first))).toBe('CONFIG_EDITED');
  await box.settle();
  await revert(first);
  expect(file.text).toBe('# first\n');
  expect((await history()).map(({ how }) => how)).toEqual([
    'reverted',
    'found',
    'applied',
    'found',
  ]);
});

it('a hub that died while it wrote finishes it at its next start, and clears away what nobody remembers', async () => {
  const { box, store, played, file, make, apply } = await open();
  const made = await make({ sets: ['worktrees.pool=2'] });
  file.beforeWrite = () => {
    box.crash();
    throw new Error('killed');
  };
  void apply(made).catch(() => undefined);
  await box.settle();
  file.beforeWrite = () => undefined;
  file.kept.set('p-forgotten', made.commit);
  const again = await openBox({ features: played.features, store });
  await again.settle();
  expect(file.text).toContain('pool = 2');
  expect(await again.ask('proposal.get', { proposal: made.proposal })).toMatchObject({
    state: 'applied',
  });
  expect([...file.kept.keys()]).toEqual([made.proposal]);
});

it('an agent that is destroyed has nothing waiting', async () => {
  const { box, make, get } = await open();
  const made = await make({ sets: ['worktrees.pool=2'] });
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  expect(await get(made.proposal)).toMatchObject({ state: 'withdrawn' });
  expect(await waiting(box)).toEqual([]);
});
