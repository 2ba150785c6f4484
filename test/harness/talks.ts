// A stand-in CLI with conversations and hooks (test/fixtures/agents/talks.mjs), as a profile of the user's config.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptedAgent, type ServeWorld } from './serve-world.ts';

export interface Talks {
  /** For `serve`. */
  readonly env: Record<string, string>;
  /** Where it keeps its conversations. */
  readonly talks: string;
}

/** Before the world is served: `profile: 'talks'` is known there. */
export async function prepareTalks({ repository }: ServeWorld): Promise<Talks> {
  const home = join(repository.root, '..');
  const talks = join(home, 'talks');
  const data = join(home, 'data');
  await mkdir(data);
  const [node = '', script = ''] = scriptedAgent('talks.mjs');
  await writeFile(join(data, 'config.toml'), talksProfile(node, script, talks));
  return { talks, env: { ...repository.env, MUSHER_DATA: data } };
}

/** A string of JSON is one of TOML. */
function talksProfile(node: string, script: string, folder: string): string {
  const lines = [
    '[profiles.talks]',
    `program = ${JSON.stringify(node)}`,
    `args = [${JSON.stringify(script)}]`,
    'new_args = ["--new", "{session}"]',
    'resume_args = ["--resume", "{session}"]',
    'prompt_args = ["--", "{prompt}"]',
    'wakeable = true',
    '[profiles.talks.env]',
    `TALKS_FOLDER = ${JSON.stringify(folder)}`,
  ];
  return lines.join('\n');
}
