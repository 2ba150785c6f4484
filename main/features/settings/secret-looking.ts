/** Whether a value looks like something that grants access: it is then in no document that is handed on. Pure. */
import type { ConfigValue } from './ports.ts';

/** What who gives out tokens begins them with, then letters and digits beyond what a word has. */
const token =
  /(?:^|[^\w-])(?:sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|npm_\w{30,}|hf_\w{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)/;

/** `https://me:word@host`. */
const inAddress = /\/\/[^/\s:@]*:[^/\s@]+@/;

/** `--api-key`, `-DTOKEN=`, `PASSWORD=`; what follows it is the secret. */
const name =
  /(?:^|[-_\w])(?:api[-_]?key|access[-_]?key|auth[-_]?token|token|secret|password|passwd|passphrase|bearer|credentials?)(?=$|[=:\s])/i;

export function looksSecret(value: ConfigValue): boolean {
  if (typeof value === 'string') return isSecretText(value);
  if (!Array.isArray(value)) return false;
  const list = value as readonly ConfigValue[];
  return list.some(
    (one, at) =>
      looksSecret(one) ||
      // `--token`, and the word after it.
      (typeof one === 'string' && isNameAlone(one) && isWord(list[at + 1])),
  );
}

function isSecretText(text: string): boolean {
  if (token.test(text) || inAddress.test(text)) return true;
  const found = name.exec(text);
  if (found === null) return false;
  const rest = text.slice(found.index + found[0].length).replace(/^[=:\s]+/, '');
  // A name of a variable is no value of it: `--token=$TOKEN`.
  return rest !== '' && !/^["']?[$%]/.test(rest);
}

function isNameAlone(text: string): boolean {
  return /^--?\w/.test(text) && name.test(text) && !/[=:\s]/.test(text);
}

function isWord(value: ConfigValue | undefined): boolean {
  return typeof value === 'string' && value !== '' && !/^[-$%]/.test(value);
}
