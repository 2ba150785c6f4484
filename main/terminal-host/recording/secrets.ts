/**
 * Hides secrets in output. Every hidden character becomes one `*`, so that columns stay where they were; colours in
 * between stay. A text may be cut anywhere: what the end of a text has begun is hidden as far as it is there, and
 * what goes on in the next one is known by what came before. Pure.
 */
import { keyBlock, longestBody, type SecretShape, secretShapes } from './secret-shapes.ts';

const colour = '\\x1b\\[[\\d;]*m';
/** What may come before the newest text and belong to it. */
const contextChars = 512;

interface Rule {
  readonly pattern: RegExp;
  /** Whether there may be one at all: this one is much cheaper. */
  readonly hint: RegExp;
}

const rules: readonly Rule[] = [...secretShapes.map(toRule), keyRule()];
/** Text without any of these has no secret. It is nearly all there is, so it has to be quick. */
const anyHint =
  /mt1\.|gh[pousr]_|github_pat_|sk-|A[KS]IA|ccess|CCESS|xox|xapp-|hooks\.sl|glpat-|AIza|npm_|[sr]k_[lt]|hf_|eyJ|[Bb]earer|BEARER|[Bb]asic|BASIC|:\/\/|-----BEGIN/;

/** The text with what is secret hidden, as long as before. */
export function maskSecrets(text: string): string {
  return anyHint.test(text) ? maskFrom(text, 0).text : text;
}

/** Hides in one text after the other, of one output. */
export class SecretMask {
  /** What came last, not hidden: in memory only. */
  before: string;

  constructor(before = '') {
    this.before = before;
  }

  /** Texts that follow on one another; as many come back, each as long as it was. */
  mask(texts: readonly string[]): string[] {
    const from = this.before.length;
    const all = this.before + texts.join('');
    const isClean = !anyHint.test(all);
    const { text, open } = isClean ? { text: all, open: all.length } : maskFrom(all, from);
    this.before = all.slice(Math.max(0, Math.min(open, all.length - contextChars)));
    if (isClean) return [...texts];
    let at = from;
    return texts.map(({ length }) => {
      at += length;
      return text.slice(at - length, at);
    });
  }
}

interface Masked {
  readonly text: string;
  /** Where a secret begins that the end of the text may have cut. */
  readonly open: number;
}

function maskFrom(text: string, from: number): Masked {
  let masked = text;
  let open = text.length;
  for (const { pattern, hint } of rules) {
    if (!hint.test(text)) continue;
    masked = masked.replace(pattern, (...found) => {
      const [all, start, body, at] = found as unknown as [string, string, string, number];
      const end = at + all.length;
      if (end === text.length) open = Math.min(open, at);
      return end <= from ? all : start + hide(body) + all.slice(start.length + body.length);
    });
  }
  return { text: masked, open };
}

function hide(body: string): string {
  return body.replace(new RegExp(`${colour}|\\S`, 'g'), (found) =>
    found.length === 1 ? '*' : found,
  );
}

/** A body that ends the text may be shorter: the rest of it is still to come. */
function toRule({ start, body, least, end = '' }: SecretShape): Rule {
  const one = `(?:[${body}]|${colour})`;
  const whole = `${one}{${least},${longestBody}}${end}`;
  const cut = end === '' ? `${one}{1,${least}}$` : `${one}{0,200}[A-Za-z]${one}{0,200}$`;
  return {
    pattern: new RegExp(`(${start})(${whole}|${cut})`, 'g'),
    hint: new RegExp(start),
  };
}

function keyRule(): Rule {
  const { start, body, longest } = keyBlock;
  return {
    pattern: new RegExp(`(${start})(${body}{1,${longest}})`, 'g'),
    hint: new RegExp(start),
  };
}
