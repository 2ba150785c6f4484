// A team in the midst of work. What agent `two` has asked, committed and kept is what agent `one` has no business with.

import type { SnapshotOutcome } from '../../preload/contract/snapshots.ts';
import type { MusherClient } from './musher-client.ts';
import { makeServeWorld, type ServeWorld, type TestAgent } from './serve-world.ts';
import type { Serving } from './serve.ts';
import { waitFor } from './wait.ts';

/** By the names that the contracts call them in their data. */
export interface Belongings {
  readonly agent: 'two';
  readonly approval: string;
  readonly commit: string;
  readonly question: string;
  readonly permission: string;
  readonly review: string;
  readonly thread: string;
  readonly snapshot: string;
  readonly ask: string;
  readonly check: string;
  readonly path: string;
  readonly proposal: string;
  readonly story: string;
  readonly timer: string;
}

export interface AuthorityWorld extends ServeWorld {
  readonly serving: Serving;
  readonly one: TestAgent;
  readonly two: TestAgent;
  /** The token of an agent that was destroyed. */
  readonly revoked: string;
  readonly ofTwo: Belongings;
  /** Every ref of the repository with what it points at. */
  refs(): Promise<string>;
  /** How far the log has come. */
  head(): Promise<number>;
}

export async function makeAuthorityWorld(): Promise<AuthorityWorld> {
  const world = await makeServeWorld();
  const gate = '[[gates]]\nname = "quick"\ncommand = ["git", "--version"]\n';
  await world.repository.write({ '.musher/config.toml': gate });
  const serving = await world.serve();
  const [one, two, gone] = [
    await world.addAgent(serving, 'one'),
    await world.addAgent(serving, 'two'),
    await world.addAgent(serving, 'gone'),
  ];
  await serving.operator.command('agent.destroy', { agent: 'gone' });
  await waitFor('the token to be revoked', async () => {
    const { status } = await serving.as(gone.token).send('/v1');
    return status === 401 || status;
  });
  const ofTwo = await work(world, serving.operator, two);
  return {
    ...{ ...world, serving, one, two, revoked: gone.token, ofTwo },
    refs: () => world.repository.git(['for-each-ref']),
    head: async () => {
      const { head } = await serving.operator.query<{ head: number }>('log.page', { limit: 1 });
      return head;
    },
  };
}

async function work(
  { repository }: ServeWorld,
  operator: MusherClient,
  two: TestAgent,
): Promise<Belongings> {
  const path = 'two.txt';
  const commit = await repository.commit('Work of two', { [path]: 'secret\n' }, two.worktree);
  const { approval } = await two.command<{ approval: string }>('approval.request', { commit });
  const asked = { text: 'May I?', options: ['yes', 'no'], attachments: [path] };
  const { question } = await two.command<{ question: string }>('question.ask', asked);
  const tool = { tool: 'Bash', input: '{"command":"rm -rf build"}' };
  const permission = await two.command<{ id: string }>('permission.ask', tool);
  const said = { approval, comments: [{ path, text: 'why?' }] };
  const { review, threads } = await operator.command<{ review: string; threads: string[] }>(
    'review.submit',
    said,
  );
  const { ask } = await two.command<{ ask: string }>('snapshot.take', {});
  const outcome = { ask, waitMs: 30_000 };
  const { snapshot } = await two.query<SnapshotOutcome>('snapshot.outcome', outcome);
  const { check } = await two.command<{ check: string }>('gate.run', { subject: commit });
  await two.query('gate.outcome', { check, waitMs: 30_000 });
  const { proposal } = await two.command<{ proposal: string }>('proposal.make', {
    ...{ why: 'Two at once.', sets: ['review.parallel_gates=2'] },
  });
  // It is kept by a ref once it is told.
  const kept = `refs/musher/config/proposed/${proposal}`;
  await waitFor('the proposal to be kept', async () => {
    const refs = await repository.git(['for-each-ref']);
    return refs.includes(kept) || refs;
  });
  const { story } = await operator.command<{ story: string }>('story.add', { title: 'Of two' });
  await operator.command('story.assign', { story, agent: 'two' });
  const reminder = { text: 'of two', inMs: 3_600_000 };
  const { timer } = await two.command<{ timer: string }>('timer.remind', reminder);
  return {
    ...{ proposal, story, timer },
    ...{ agent: 'two', approval, commit, question, permission: permission.id, review },
    ...{ thread: threads[0] ?? '', snapshot: snapshot?.id ?? '', ask, check, path },
  };
}
