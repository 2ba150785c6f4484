/**
 * What well-known secrets look like. Each shape has a beginning that is told apart from prose, and a body that is hidden;
 * what has no such beginning (a password, a random string) is not found.
 */

export interface SecretShape {
  /** Regular expression of what comes before the body and stays readable. */
  readonly start: string;
  /** A class of characters, as in a regular expression. */
  readonly body: string;
  /** Shorter bodies are no secrets, unless the text ends with them. */
  readonly least: number;
  /** What follows the body and stays readable; the body is none without it. Default nothing. */
  readonly end?: string;
}

const notInWord = '(?<![A-Za-z0-9_])';

export const secretShapes: readonly SecretShape[] = [
  // Musher's own tokens: `mt1.<subject>.<secret>`.
  { start: 'mt1\\.[a-z0-9-]{1,50}\\.', body: '\\w-', least: 20 },
  // GitHub, classic and fine-grained.
  { start: 'gh[pousr]_', body: 'A-Za-z0-9', least: 30 },
  { start: 'github_pat_', body: '\\w', least: 22 },
  // OpenAI, Anthropic and whoever followed them.
  { start: `${notInWord}sk-(?:ant-|proj-|svcacct-|admin-|or-)?`, body: '\\w-', least: 20 },
  // AWS: the id of a key, and the key.
  { start: '(?<![A-Z0-9])A[KS]IA', body: 'A-Z0-9', least: 16 },
  {
    start:
      '[Ss][Ee][Cc][Rr][Ee][Tt]_?[Aa][Cc][Cc][Ee][Ss][Ss]_?[Kk][Ee][Yy]["\']?\\s{0,4}[=:]\\s{0,4}["\']?',
    body: 'A-Za-z0-9/+=',
    least: 40,
  },
  // Slack: tokens and hooks.
  { start: 'xox[a-z](?:\\.xox[a-z])?-', body: 'A-Za-z0-9-', least: 10 },
  { start: 'xapp-', body: 'A-Za-z0-9-', least: 10 },
  { start: 'hooks\\.slack\\.com/services/', body: 'A-Za-z0-9/', least: 20 },
  // GitLab, Google, npm, Stripe, Hugging Face.
  { start: 'glpat-', body: '\\w-', least: 20 },
  { start: 'AIza', body: '\\w-', least: 35 },
  { start: `${notInWord}npm_`, body: 'A-Za-z0-9', least: 36 },
  { start: `${notInWord}[sr]k_(?:live|test)_`, body: 'A-Za-z0-9', least: 16 },
  { start: `${notInWord}hf_`, body: 'A-Za-z0-9', least: 30 },
  // JSON web tokens.
  { start: `${notInWord}eyJ`, body: '\\w.-', least: 60 },
  // Headers.
  { start: '[Bb](?:earer|EARER)[ \\t]{1,4}', body: '\\w.~+/=-', least: 16 },
  { start: '[Bb](?:asic|ASIC)[ \\t]{1,4}', body: '\\w+/=', least: 16 },
  // `https://name:password@host`. What ends the text and has a letter is no port.
  {
    start: '://[^\\s/:@\\x1b]{0,100}:(?!//)',
    body: '!#-&(-.0-?A-~',
    least: 3,
    end: '(?=@)',
  },
];

/** Bodies longer than this are hidden up to here. */
export const longestBody = 600;

/** A private key, up to its end or to what can be none. */
export const keyBlock = {
  start: '-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----',
  body: '(?:(?!-----END)[\\w+/=\\s,:.\\\\-])',
  longest: 8192,
} as const;
