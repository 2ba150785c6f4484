/**
 * Gemini CLI: arguments alone. The settings file that one process could be given (MCP servers, hooks) is read only where it and
 * every folder above it belong to root, a guard of its own that is not gone around; what is left, the user's and the
 * repository's settings, is not Musher's to write. So it reaches Musher by the `musher` command, and its screen tells of it.
 */
import type { LaunchAsk, Profile } from '../ports.ts';
import { briefed } from './briefing.ts';

/** What all of its prompts have in common. */
const asking = {
  frame: 'box',
  cut: '... * hidden *',
  allow: 'allow once',
  deny: 'no, suggest changes *',
} as const;

export const gemini: Profile = {
  name: 'gemini',
  title: 'Gemini CLI',
  program: 'gemini',
  hint: 'Install it with `npm install -g @google/gemini-cli`.',
  needsCommand: false,
  prompt: 'argument',
  wakeable: true,
  conversationId: 'chosen',
  continuesLast: true,
  screen: {
    ready: ['type your message'],
    busy: ['esc to cancel'],
    waiting: [
      'allow execution',
      'apply this change?',
      'waiting for user confirmation',
      'do you trust',
    ],
    limit: ['quota exceeded', 'usage limit reached'],
  },
  prompts: [
    { ...asking, tool: 'shell', asks: 'allow execution of *', what: 'inner' },
    {
      ...{ ...asking, tool: 'Edit', asks: 'apply this change?', what: 'inner' },
      path: '? writefile *writing to *',
    },
    { ...asking, tool: 'fetch or tool', asks: 'do you want to proceed?', what: 'all' },
    { ...asking, tool: 'tool of a server', asks: 'allow execution of mcp tool *', what: 'all' },
  ],
  origin: 'built-in',
  launch: ({ conversation, prompt }) => ({
    program: 'gemini',
    args: [
      ...conversationArgs(conversation),
      // Of one word, so that a prompt that begins with a hyphen is no option.
      ...(prompt === undefined ? [] : [`--prompt-interactive=${briefed(prompt)}`]),
    ],
    env: {},
  }),
};

function conversationArgs(conversation: LaunchAsk['conversation']): string[] {
  if (conversation.how === 'continued') return ['--resume', 'latest'];
  if (conversation.how === 'resumed') return ['--resume', conversation.id];
  return conversation.id === undefined ? [] : ['--session-id', conversation.id];
}
