/** Profiles without a model: the user's shell, and any program that an agent brings. */
import type { Profile } from '../ports.ts';

const plain = {
  prompt: 'none',
  wakeable: false,
  conversationId: 'none',
  continuesLast: false,
  screen: {},
  origin: 'built-in',
} as const;

export const shell = (program: string): Profile => ({
  ...plain,
  name: 'shell',
  title: 'Shell',
  program,
  needsCommand: false,
  launch: () => ({ program, args: [], env: {} }),
});

export const script: Profile = {
  ...plain,
  name: 'script',
  title: 'Script',
  needsCommand: true,
  launch({ command }) {
    const [program = '', ...args] = command ?? [];
    return { program, args, env: {} };
  },
};
