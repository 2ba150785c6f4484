// The agent of `musher selftest`: hears a line in its terminal, asks, waits, commits, and asks for its merge. No model.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { command, self, until } from './hub.mjs';

const run = promisify(execFile);
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const heard = await terminal.question(`${self} listens: `);
process.stdout.write(`\n${self} heard ${heard}\n`);

const { question } = await command('question.ask', {
  text: 'Shall I write the file?',
  options: ['yes', 'no'],
});
const answered = await until({
  type: 'question.get',
  data: { question },
  isDone: ({ state }) => state !== 'open',
});
process.stdout.write(`${self} was told ${answered.answer?.choices?.join()}\n`);

await writeFile('self-test.txt', `${heard}\n`);
await run('git', ['add', 'self-test.txt']);
await run('git', ['commit', '--quiet', '--message', 'Write what was heard']);
const { stdout } = await run('git', ['rev-parse', 'HEAD']);
const { approval } = await command('approval.request', { commit: stdout.trim() });
await until({
  type: 'approval.get',
  data: { approval },
  isDone: ({ state }) => state === 'merged',
});
process.stdout.write(`${self} is merged\n`);
terminal.close();
