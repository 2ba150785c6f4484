// What every demo agent does beside its task: it listens to its inbox, and stays calm when all is done.

import { command, listen, self } from './hub.mjs';
import { answerTyping, banner, bold, heard, red, say, showPrompt, step } from './screen.mjs';
import { tell } from './review.mjs';

/**
 * Runs a task, and listens meanwhile and afterwards.
 * @param {{ task: string, work: () => Promise<void>, answers?: (item: any) => Promise<void>, onNews?: (text: string) => Promise<void> }} agent
 */
export async function runAgent({ task, work, answers, onNews }) {
  banner(self, task);
  answerTyping(self);
  const listening = listen(async (item) => {
    try {
      if (item.type === 'question.asked' && answers) await answers(item);
      if (item.type === 'message.sent') await hear(item, onNews);
      if (item.type === 'conflict.found') hearOfConflict(item);
    } catch (error) {
      say(`${red('!')} ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  try {
    await work();
    await command('agent.report', { status: 'done', note: 'nothing left to do' });
    step(bold('Done. Send me a message if there is more.'));
  } catch (error) {
    say(`${red('✗')} ${error instanceof Error ? error.message : String(error)}`);
    await command('agent.report', { status: 'blocked', note: 'an error stopped me' });
  }
  showPrompt();
  await listening;
}

/** What it does about it is part of its task: whoever is merged second takes in what was merged first. */
function hearOfConflict(/** @type {any} */ { data: { kind, agents, files, order } }) {
  const other = agents.find((/** @type {string} */ one) => one !== self);
  const where = files.map((/** @type {{ path: string }} */ { path }) => path).join(', ');
  const said =
    kind === 'forward'
      ? `${other} is about to change ${where} too`
      : `${other} has changed ${where} too; ${order[0]} is better merged first`;
  heard(`${bold('Musher')}: ${said}`);
}

/**
 * @param {any} item
 * @param {((text: string) => Promise<void>) | undefined} onNews
 */
async function hear(item, onNews) {
  const from = item.from.replace(/^agent:/, '');
  const { body } = item.data;
  heard(`${bold(from)}: ${body}`);
  if (from === 'operator' && !item.redelivered) {
    await tell('operator', `${self}: read it. I follow a script, so this is all I can say.`);
  }
  await onNews?.(body);
}
