// `kill -9` of the hub at any moment between a request and its merge: nothing is merged that has not passed, no checkout is shared, and all that can be
// merged is.

import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { GateRun } from '../../preload/contract/gates.ts';
import { rounds } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import { runMusher } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

const kills = rounds(1, 60);
/** So many events there are about from a request to its merge. */
const mostEvents = 18;

let world: ServeWorld;
beforeAll(async () => {
  world = await makeServeWorld();
});
afterAll(() => world.dispose());

it('a merge that gates hold back is made once, or not at all, wherever the hub dies', async () => {
  const log = join(world.repository.root, '..', 'gates.log');
  // Fails where another run is in the same checkout, and where something is left of one.
  const script = `test ! -e busy && touch busy && echo "$(git rev-parse HEAD^{tree}) $PWD" >> '${log}' && sleep 0.3 && test ! -e broken && rm busy`;
  const gate = (name: string) =>
    `[[gates]]\nname = "${name}"\ncommand = ${JSON.stringify(['/bin/sh', '-c', script])}\n`;
  await world.repository.write({ '.musher/config.toml': ['a', 'b', 'c'].map(gate).join('\n') });
  await world.repository.commit('ignores', { '.gitignore': '.musher\nbusy\n' });
  let serving = await world.serve();
  const agent = await world.addAgent(serving, 'one');
  const port = Number(new URL(serving.url).port);
  for (let round = 1; round <= kills; round += 1) {
    const isBroken = round % 3 === 0;
    await world.repository.git(['reset', '-q', '--hard', 'refs/heads/main'], agent.worktree);
    const files = { [`w${round}`]: 'w\n', ...(isBroken && { broken: 'x\n' }) };
    const commit = await world.repository.commit(`work ${round}`, files, agent.worktree);
    const before = await world.repository.git(['rev-parse', 'refs/heads/main']);
    const from = await headOf(serving);
    const { approval } = await agent.command<{ approval: string }>('approval.request', { commit });
    const yes = { approval, commit, updateCheckout: true };
    await serving.operator.command('approval.approve', yes);
    const far = from + randomInt(2, mostEvents);
    await waitFor(
      'the moment',
      async () => (await headOf(serving)) >= far || isOver(serving, approval),
    );
    await serving.kill('SIGKILL');
    serving = await world.serve({ port });
    const record = await untilSettled(serving, approval);
    const about = JSON.stringify({ round, isBroken, record });
    const now = await world.repository.git(['rev-parse', 'refs/heads/main']);
    expect(now, about).toBe(isBroken ? before : commit);
    expect(record.state, about).toBe(isBroken ? 'failed' : 'merged');
    if (isBroken) await agent.command('approval.withdraw', { approval });
    await expectNoSharedRun(serving);
  }
  await serving.stop();
  const verified = await runMusher(['verify', '--repo', world.repository.root], {
    env: world.repository.env,
  });
  expect(verified.code, verified.stdout + verified.stderr).toBe(0);
  // A run that was begun is not begun again by the next hub.
  const begun = (await readFile(log, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  const ofTree = Map.groupBy(begun, (tree) => tree);
  for (const [tree, all] of ofTree)
    expect(all.length, `${tree} ${all.length}`).toBeLessThanOrEqual(3);
});

async function headOf(serving: Serving): Promise<number> {
  const { events } = await serving.operator.query<{ events: Array<{ seq: number }> }>('log.page', {
    limit: 1,
  });
  return events.at(-1)?.seq ?? 0;
}

async function isOver(serving: Serving, approval: string): Promise<boolean> {
  const { state } = await serving.operator.query<ApprovalRecord>('approval.get', { approval });
  return ['merged', 'failed'].includes(state);
}

async function untilSettled(serving: Serving, approval: string): Promise<ApprovalRecord> {
  return waitFor(
    'the merge to be over',
    async () => {
      const ask = { approval, waitMs: 5_000 };
      const record = await serving.operator.query<ApprovalRecord>('approval.get', ask);
      return ['merged', 'failed'].includes(record.state) ? record : record.state;
    },
    { timeoutMs: 30_000 },
  );
}

/** Each that ended in a checkout did so by what it found there. */
async function expectNoSharedRun(serving: Serving): Promise<void> {
  const { gates } = await serving.operator.query<{ gates: Array<{ newest?: GateRun }> }>(
    'gate.list',
  );
  for (const { newest } of gates) expect(['passed', 'failed']).toContain(newest?.state);
}
