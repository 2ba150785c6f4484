/** What can be told of binary files, which have no lines: sizes, and pictures where they are some. */
import { disableTypes, imageSize, types } from 'image-size';
import type { ChangedFile, Picture } from '../../../preload/contract/change-facts.ts';
import type { Pictures } from '../../features/approvals/ports.ts';
import { askText } from './ask.ts';
import type { BlobIds } from './changes.ts';
import { type Diff, type DiffRange, listChanges } from './diff.ts';
import type { RepositoryContext } from './repository-context.ts';

/** What a page can take beside everything else. */
const maxPictureBytes = 2 * 1024 * 1024;
/** Four bytes each once it is drawn: few bytes can hold a picture that takes all memory. */
const maxPixels = 50_000_000;

const pictureTypes: Readonly<Record<string, Picture['type']>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
};

// Whatever else an agent committed is not even looked into.
disableTypes(types.filter((type) => !Object.hasOwn(pictureTypes, type)));

/** The files of a diff; binary ones with their sizes. */
export async function withSizes(
  context: RepositoryContext,
  { files, binaries }: Pick<Diff, 'files' | 'binaries'>,
): Promise<ChangedFile[]> {
  const idsOf = ({ path }: ChangedFile) => Object.values(binaries.get(path) ?? {});
  const sizes = await sizesOf(context, [...new Set(files.flatMap(idsOf))]);
  return files.map((file) => {
    const ids = binaries.get(file.path);
    return ids === undefined ? file : { ...file, sizes: sizesIn(ids, sizes) };
  });
}

function sizesIn(
  { before, after }: BlobIds,
  sizes: ReadonlyMap<string, number>,
): NonNullable<ChangedFile['sizes']> {
  const [old, fresh] = [sizes.get(before ?? ''), sizes.get(after ?? '')];
  return {
    ...(old !== undefined && { before: old }),
    ...(fresh !== undefined && { after: fresh }),
  };
}

/** Of what is there; by id. */
async function sizesOf(
  { git, repository }: RepositoryContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)'];
  const text = await askText(git, { cwd: repository.root, args, input: `${ids.join('\n')}\n` });
  const pairs = text.split('\n').map((line) => line.split(' '));
  return new Map(
    pairs.flatMap(([id = '', size = '']) => (/^\d+$/.test(size) ? [[id, Number(size)]] : [])),
  );
}

/** Both sides of a binary file of the diff; neither where it is none. */
export async function readPictures(
  context: RepositoryContext,
  { base, commit, path }: DiffRange & { readonly path: string },
): Promise<Pictures> {
  const { binaries } = await listChanges(context, { base, commit });
  const ids = binaries.get(path) ?? {};
  const sizes = await sizesOf(context, Object.values(ids));
  const read = async (id: string | undefined) => {
    const size = sizes.get(id ?? '');
    if (id === undefined || size === undefined || size > maxPictureBytes) return undefined;
    return toPicture(await readBlob(context, id));
  };
  const [before, after] = await Promise.all([read(ids.before), read(ids.after)]);
  return { ...(before && { before }), ...(after && { after }) };
}

async function readBlob({ git, repository }: RepositoryContext, id: string): Promise<Buffer> {
  return (await git.run({ cwd: repository.root, args: ['cat-file', 'blob', id] })).stdout;
}

/** By what it holds, not by its name. */
function toPicture(bytes: Buffer): Picture | undefined {
  try {
    const { type = '', width, height } = imageSize(bytes);
    const mime = pictureTypes[type];
    if (mime === undefined || width * height > maxPixels) return undefined;
    return { type: mime, width, height, base64: bytes.toString('base64') };
  } catch {
    return undefined; // no picture, or a damaged one
  }
}
