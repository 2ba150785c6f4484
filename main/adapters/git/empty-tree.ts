/** The tree without files, which git knows in whatever repository. */
import { must } from '../../base/assert.ts';

const ids = [
  '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
];

/** In the format of ids that another one has. */
export function emptyTreeLike(id: string): string {
  return must(
    ids.find(({ length }) => length === id.length),
    'an id has a known length',
  );
}
