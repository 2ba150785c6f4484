/** Lines of files as a commit has them. */
import type { ReviewPlace } from '../../../preload/contract/reviews.ts';
import { maxQuotedChars, maxQuotedLines } from '../../../preload/contract/review-bounds.ts';
import type { RepositoryContext } from './repository-context.ts';

interface QuoteAsk {
  readonly pin: { readonly base: string; readonly commit: string };
  readonly places: readonly ReviewPlace[];
}

/** Of a larger file nothing is quoted, and its lines are not counted. */
const maxFileBytes = 32 * 1024 * 1024;

/** Undefined for a place that is not there. Each file is read once. */
export async function quoteLines(
  context: RepositoryContext,
  { pin, places }: QuoteAsk,
): Promise<Array<readonly string[] | undefined>> {
  const files = new Map<string, File>();
  const quotes: Array<readonly string[] | undefined> = [];
  for (const place of places) {
    const name = `${place.side === 'old' ? pin.base : pin.commit}:${place.path}`;
    const file = files.get(name) ?? (await readLines(context, name));
    files.set(name, file);
    quotes.push(quote(file, place));
  }
  return quotes;
}

type File = readonly string[] | 'missing' | 'large';

function quote(file: File, { startLine, line }: ReviewPlace): readonly string[] | undefined {
  if (file === 'missing') return undefined;
  if (file === 'large' || line === undefined) return [];
  const first = startLine ?? line;
  if (line > file.length) return undefined;
  return file
    .slice(first - 1, Math.min(line, first - 1 + maxQuotedLines))
    .map((text) => text.slice(0, maxQuotedChars));
}

/** `<commit>:<path>`; the commit is a full id, so that no name can pass for an option. */
async function readLines({ git, repository }: RepositoryContext, name: string): Promise<File> {
  const ask = { cwd: repository.root, okCodes: [0, 128] };
  const found = await git.run({ ...ask, args: ['cat-file', '-s', name] });
  if (found.exitCode !== 0) return 'missing';
  if (Number(found.stdout.toString('utf8')) > maxFileBytes) return 'large';
  const { exitCode, stdout } = await git.run({ ...ask, args: ['cat-file', 'blob', name] });
  if (exitCode !== 0) return 'missing';
  const lines = stdout.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.replace(/\r$/, ''));
}
