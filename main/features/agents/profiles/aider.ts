/**
 * Aider: it has no MCP and no ids of conversations. Its history is a file of the agent's own, so that "the last conversation"
 * is this agent's and nobody else's; it leaves the repository's .gitignore alone.
 */
import type { Profile } from '../ports.ts';
import { briefing } from './briefing.ts';
import { hookCommand } from './hook-command.ts';

const briefingFile = 'briefing.md';

/** It asks in a line, with what it is about above it, and reads a letter and Enter. */
const asking = {
  frame: 'line',
  what: 'above',
  allow: '(y)es',
  deny: '(n)o',
  keys: { allow: 'y\r', deny: 'n\r' },
} as const;

export const aider: Profile = {
  name: 'aider',
  title: 'Aider',
  program: 'aider',
  hint: 'Install it with `python -m pip install aider-install && aider-install`.',
  needsCommand: false,
  // Its own --message ends it after one turn.
  prompt: 'typed',
  wakeable: true,
  conversationId: 'none',
  continuesLast: true,
  screen: {
    ready: ['multi-line mode', 'use /help <question> for help'],
    waiting: ['(y)es/(n)o'],
    limit: ['rate limit', 'retrying in * seconds'],
  },
  prompts: [
    { ...asking, tool: 'shell', asks: 'run shell command? (y)es/(n)o*]:' },
    { ...asking, tool: 'question', asks: '*? (y)es/(n)o*]:' },
  ],
  origin: 'built-in',
  launch: ({ conversation, folder }) => ({
    program: 'aider',
    args: [
      '--no-gitignore',
      ...['--chat-history-file', `${folder}/aider-chat.md`],
      ...['--input-history-file', `${folder}/aider-input`],
      ...['--read', `${folder}/${briefingFile}`],
      // Run when a turn is over and it waits for what to do next.
      ...['--notifications', '--notifications-command', hookCommand('idle')],
      conversation.how === 'continued' ? '--restore-chat-history' : '--no-restore-chat-history',
    ],
    env: {},
    files: { [briefingFile]: `${briefing}\n` },
  }),
};
