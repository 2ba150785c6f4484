// A home folder for each real CLI, as its user would have left it: onboarded, signed in to the stand-in of the model, and the
// folders trusted that the test works in. Nothing of Musher's is in it.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface CliHome {
  readonly home: string;
  /** URL of the model's stand-in. */
  readonly model: string;
  /** The repository and the worktrees in it. */
  readonly trusted: readonly string[];
  /** Tools that Claude Code may use without asking, as its user settled it; none where left out. */
  readonly allow?: readonly string[];
}

/** Makes it; gives what its programs find in their environment. */
export async function makeCliHome({
  home,
  model,
  trusted,
  allow = [],
}: CliHome): Promise<Record<string, string>> {
  for (const name of ['.codex', '.claude', '.gemini', '.config/opencode'])
    await mkdir(join(home, name), { recursive: true });
  // It asks before it does something, as it did before it had a mode that decides by itself.
  const asks = { permissions: { defaultMode: 'default', disableAutoMode: 'disable', allow } };
  await writeFile(join(home, '.claude', 'settings.json'), JSON.stringify(asks));
  await writeFile(join(home, '.claude.json'), JSON.stringify(claudeState(trusted)));
  await writeFile(join(home, '.codex', 'config.toml'), codexConfig(model, trusted));
  await writeFile(join(home, '.gemini', 'settings.json'), JSON.stringify(geminiSettings));
  const opencode = join(home, '.config', 'opencode', 'opencode.json');
  await writeFile(opencode, JSON.stringify(opencodeConfig(model)));
  return {
    ...{ GEMINI_API_KEY: 'none', GOOGLE_GEMINI_BASE_URL: model },
    ...{ OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' },
    ...{ HOME: home, USERPROFILE: home, STAND_IN_KEY: 'none' },
    ...{ ANTHROPIC_BASE_URL: model, ANTHROPIC_API_KEY: 'none' },
    ...{ CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1' },
  };
}

const geminiSettings = {
  security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
  general: { enableAutoUpdate: false },
};

function opencodeConfig(model: string): object {
  const options = { baseURL: `${model}/v1`, apiKey: 'none' };
  const npm = '@ai-sdk/openai-compatible';
  const standin = { npm, name: 'stand-in', options, models: { standin: { name: 'stand-in' } } };
  const permission = { bash: 'ask', edit: 'ask' };
  return { provider: { standin }, model: 'standin/standin', permission, autoupdate: false };
}

function claudeState(trusted: readonly string[]): object {
  const projects = trusted.map((path) => [path, { hasTrustDialogAccepted: true }]);
  return {
    hasCompletedOnboarding: true,
    customApiKeyResponses: { approved: ['none'], rejected: [] },
    projects: Object.fromEntries(projects) as object,
  };
}

function codexConfig(model: string, trusted: readonly string[]): string {
  return [
    'model = "stand-in"',
    'model_provider = "standin"',
    '[model_providers.standin]',
    'name = "stand-in"',
    `base_url = "${model}/v1"`,
    'env_key = "STAND_IN_KEY"',
    'wire_api = "responses"',
    ...trusted.flatMap((path) => [`[projects.${JSON.stringify(path)}]`, 'trust_level = "trusted"']),
    '',
  ].join('\n');
}
