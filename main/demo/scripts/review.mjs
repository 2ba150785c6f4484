// How the demo's agents ask for things: decisions of the operator and of each other, and the review of a commit.

import { setTimeout as delay } from 'node:timers/promises';
import { command, query, self, until } from './hub.mjs';
import { bold, detail, during, green, heard, red, say, step, think } from './screen.mjs';
import { git, takeUp } from './worktree.mjs';

/**
 * The answer's first choice, or its text. Asked before (and still open), the same question is waited for.
 * @param {{ to?: string, text: string, options: string[] }} ask
 */
export async function askFor({ to = 'operator', text, options }) {
  const { questions } = await query('question.list');
  const mine = questions.find(
    (/** @type {any} */ one) => one.asker === self && one.text === text && one.state === 'open',
  );
  const question = mine?.id ?? (await command('question.ask', { to, text, options })).question;
  step(`musher ask ${to === 'operator' ? '' : `--to ${to} `}"${text}"`);
  await command('agent.report', { status: 'waiting', note: `an answer of ${to}` });
  const settled = await during(
    `waiting for ${to} to answer`,
    until({
      type: 'question.get',
      data: { question },
      isDone: (record) => record.state !== 'open',
    }),
  );
  const answer = settled.answer?.text ?? settled.answer?.choices[0] ?? options[0] ?? '';
  heard(`${bold(to)}: ${answer}`);
  await command('agent.report', { status: 'working' });
  return { choice: settled.answer?.choices[0] ?? options[0] ?? '', text: answer };
}

/**
 * Asks for a merge until it is merged. A denial leads to a fix and a new request, a conflict to a merge of the target.
 * @param {{ title: string, description: string, fix: (note: string) => Promise<void>, again: () => Promise<void> }} work
 */
export async function askForMerge(work) {
  for (;;) {
    const commit = await git('rev-parse', 'HEAD');
    const record = await requestOne(work, commit);
    if (record === undefined || record.state === 'merged') return;
    if (record.state === 'denied') {
      heard(`${red('denied')}: ${record.note || 'no reason given'}`);
      await command('agent.report', { status: 'working', note: 'mending what the review found' });
      await think('reading the review', 2_500);
      await work.fix(record.note ?? '');
    } else if (record.state === 'conflicted' || record.state === 'failed') {
      heard(`${red(record.state)}: ${record.failure?.message ?? 'the merge did not work'}`);
      await think('looking at what changed meanwhile', 2_000);
      await takeUp(record.pin.target, work.again);
    } else return;
    // A request for the very same commit would be no news to the reviewer.
    if ((await git('rev-parse', 'HEAD')) === commit) return;
  }
}

/**
 * @param {{ title: string, description: string }} work
 * @param {string} commit
 */
async function requestOne({ title, description }, commit) {
  step(`musher request-approval ${commit.slice(0, 10)}`);
  await command('agent.report', { status: 'waiting', note: 'a review' });
  try {
    const { approval } = await command('approval.request', { commit, title, description });
    const record = await during('waiting for the review', settled(approval));
    if (record.state === 'merged') detail(green(`merged into ${record.pin.target}`));
    return record;
  } catch (error) {
    // Started again after the merge: there is nothing left to ask for.
    if (/^COMMIT_(ON_TARGET|EMPTY)$/.test(/** @type {any} */ (error).code)) {
      detail('merged already');
      return undefined;
    }
    throw error;
  }
}

/** How the request ended; after a failed merge the operator gets a moment to try again. */
async function settled(/** @type {string} */ approval) {
  const open = new Set(['pending', 'approved', 'merging']);
  const record = await until({
    type: 'approval.get',
    data: { approval },
    isDone: ({ state }) => !open.has(state),
  });
  if (record.state !== 'failed') return record;
  await delay(10_000);
  const later = await query('approval.get', { approval, waitMs: 0 });
  return open.has(later.state) ? settled(approval) : later;
}

/**
 * Says what is about to be changed, so that the others see it before it is written; claimed, they are kept off it.
 * @param {string} summary
 * @param {string[]} files
 * @param {{ isClaim?: boolean }} [how]
 */
export async function plan(summary, files, { isClaim = false } = {}) {
  step(`musher intent declare "${summary}" ${files.join(' ')}${isClaim ? ' --exclusive' : ''}`);
  await command('intent.declare', { summary, files, exclusive: isClaim });
}

/** Says something to somebody, visibly. */
export async function tell(/** @type {string} */ to, /** @type {string} */ body) {
  step(`musher send ${to === '*' ? '"*"' : to} "${body}"`);
  const { failed } = await command('message.send', { to, body });
  for (const one of failed) say(`  ${red('!')} ${one.to}: ${one.message}`);
}
