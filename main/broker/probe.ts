/** Looks at a port before it is bound: nobody there, a Musher, a stranger, or somebody who does not answer. */

/** By `import`, all of undici would be loaded as well. */
const { request } = process.getBuiltinModule('node:http');

export type Probe =
  | { readonly kind: 'free' }
  /** `repositories`: the folders it has open. */
  | { readonly kind: 'musher'; readonly url: string; readonly repositories: readonly string[] }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'silent' };

/** How long the other side may take to answer, milliseconds. */
const answerMs = 1_500;
/** A status answer is small; a stranger may send anything. */
const maxBytes = 256 * 1024;

export function probePort(port: number): Promise<Probe> {
  const url = `http://127.0.0.1:${port}`;
  return new Promise((resolve) => {
    const ask = request(
      `${url}/status`,
      { timeout: answerMs, agent: false, signal: AbortSignal.timeout(answerMs * 2) },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > maxBytes) ask.destroy();
        });
        answer.on('end', () => resolve(classify(text, url)));
        answer.on('error', () => resolve({ kind: 'foreign' }));
      },
    );
    ask.on('timeout', () =>
      ask.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
    ask.on('error', (error: NodeJS.ErrnoException) => resolve({ kind: fromError(error) }));
    ask.end();
  });
}

function fromError({ code, name }: NodeJS.ErrnoException): 'free' | 'silent' | 'foreign' {
  if (code === 'ECONNREFUSED') return 'free';
  return code === 'ETIMEDOUT' || name === 'TimeoutError' || name === 'AbortError'
    ? 'silent'
    : 'foreign';
}

function classify(text: string, url: string): Probe {
  try {
    const status = JSON.parse(text) as { musher?: unknown; projects?: unknown };
    if (status.musher === true)
      return { kind: 'musher', url, repositories: repositoriesIn(status.projects) };
  } catch {
    // Not JSON: somebody else's page.
  }
  return { kind: 'foreign' };
}

function repositoriesIn(projects: unknown): string[] {
  if (!Array.isArray(projects)) return [];
  return projects
    .map((project: unknown) => (project as { repository?: unknown } | null)?.repository)
    .filter((repository) => typeof repository === 'string');
}
