/** Checks what a config file says against the schema, and says what is wrong with it: line, key, what was expected. Pure. */
import type { z } from 'zod';
import type { Config, ConfigProblem } from '../../../preload/contract/config.ts';
import { configKeysAt, configSchema, configVersion } from '../../../preload/contract/config.ts';
import { pathProblem } from '../../features/conflicts/index.ts';
import { lineOfKey } from './key-lines.ts';
import { nearest } from '../../base/nearest.ts';
import { sayIssue } from '../../base/say-issue.ts';

export type Checked =
  | { readonly config: Config }
  | { readonly problems: readonly [ConfigProblem, ...ConfigProblem[]] };

/** More are not told: who has mended these looks again. */
const mostProblems = 20;

interface CheckAsk {
  /** Where the value was read from. */
  readonly text: string;
  /** Names that no profile may have. */
  readonly reserved: readonly string[];
  /** Whose file it is; default the user's own. */
  readonly origin?: 'user' | 'repository';
}

export function checkConfig(value: unknown, { text, reserved, origin }: CheckAsk): Checked {
  const newer = newerVersion(value);
  if (newer !== undefined) {
    const line = lineOfKey(text, ['version']);
    return { problems: [{ ...(line !== undefined && { line }), key: 'version', message: newer }] };
  }
  const parsed = configSchema.safeParse(value);
  const problems = parsed.success
    ? [
        ...reservedNames(parsed.data, reserved),
        ...gatePaths(parsed.data),
        ...rulePatterns(parsed.data),
        ...(origin === 'repository' ? rulesThatApprove(parsed.data) : []),
      ]
    : parsed.error.issues.flatMap((issue) => toProblems(issue, value));
  const [first, ...more] = problems.slice(0, mostProblems).map(({ path, message }) => {
    const line = lineOfKey(text, path);
    const key = path.map(String).join('.');
    return { ...(line !== undefined && { line }), ...(key !== '' && { key }), message };
  });
  if (first !== undefined) return { problems: [first, ...more] };
  return { config: parsed.data ?? configSchema.parse({}) };
}

/** What else it says, this Musher cannot judge. */
function newerVersion(value: unknown): string | undefined {
  const { version } = (value ?? {}) as { readonly version?: unknown };
  return typeof version === 'number' && version > configVersion
    ? `the file is of version ${version}, and this Musher knows ${configVersion} at most: use the newer one that it is for`
    : undefined;
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function reservedNames({ profiles }: Config, reserved: readonly string[]): Found[] {
  return Object.keys(profiles)
    .filter((name) => reserved.includes(name))
    .map((name) => ({
      path: ['profiles', name],
      message: `expected another name: "${name}" is built in`,
    }));
}

/** What no file could be held against would let everything pass. */
function gatePaths({ gates }: Config): Found[] {
  return gates.flatMap(({ paths }, gate) => badPatterns(['gates', gate, 'paths'], paths));
}

function rulePatterns({ review: { delegate = [] } }: Config): Found[] {
  const lists = ['paths', 'except', 'agents', 'targets'] as const;
  return delegate.flatMap((rule, at) =>
    lists.flatMap((list) => badPatterns(['review', 'delegate', at, list], rule[list])),
  );
}

/** Agents write in the repository: what approves their work is not said there. */
function rulesThatApprove({ review: { delegate = [] } }: Config): Found[] {
  return delegate.flatMap(({ action }, at) =>
    action === 'ask'
      ? []
      : [
          {
            path: ['review', 'delegate', at, 'action'],
            message:
              'expected "ask": only your own config file, outside the repository, may say "approve"',
          },
        ],
  );
}

function badPatterns(path: readonly PropertyKey[], patterns: readonly string[]): Found[] {
  return patterns.flatMap((pattern, at): Found[] => {
    const problem = pathProblem(pattern);
    return problem === undefined
      ? []
      : [{ path: [...path, at], message: `"${pattern}" ${problem}` }];
  });
}

function toProblems(issue: z.core.$ZodIssue, value: unknown): Found[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = configKeysAt(path);
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_key')
    return [
      {
        path,
        message: `${issue.issues[0]?.message ?? 'not a valid name'}, found "${String(path.at(-1))}"`,
      },
    ];
  return [{ path, message: sayIssue(issue, value) }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const like = nearest(key, known);
  const valid = `valid keys here: ${known.join(', ')}`;
  return `there is no key "${key}"; ${like === undefined ? valid : `did you mean "${like}"?`}`;
}
