/** Which paths are to be looked at: those that were told, or all where there are too many, or one cannot be named. */

/** More are looked at by looking at everything: git walks its index once for either. */
const mostPaths = 100;
/** All names of one look together, characters: Windows takes 32,767 in a command line. */
const mostCharacters = 16_000;
/** Of ignored paths that are remembered; beyond that they are learnt anew. */
const mostIgnored = 10_000;

export type Look = 'nothing' | 'all' | readonly string[];

export class SeenPaths {
  private paths = new Set<string>();
  private characters = 0;
  private isAll = true;
  /** Files, and folders with a `/` at the end. */
  private readonly ignored = new Set<string>();

  /** False when git ignores it: nothing is to be looked at. */
  add(path: string): boolean {
    if (this.isAll) return true;
    if (this.isIgnored(path)) return false;
    if (this.paths.has(path)) return true;
    this.characters += path.length + 1;
    if (this.paths.size >= mostPaths || this.characters > mostCharacters) this.addAll();
    else this.paths.add(path);
    return true;
  }

  addAll(): void {
    this.isAll = true;
    this.paths.clear();
  }

  /** What was told since the last time. */
  take(): Look {
    const look = this.isAll ? 'all' : this.paths.size > 0 ? [...this.paths] : 'nothing';
    this.paths = new Set();
    this.characters = 0;
    this.isAll = false;
    return look;
  }

  /** What git said that it ignores: it is not looked at again. */
  learn(ignored: readonly string[]): void {
    if (this.ignored.size + ignored.length > mostIgnored) this.ignored.clear();
    for (const path of ignored.slice(0, mostIgnored)) this.ignored.add(path);
  }

  /** What is ignored, or tracked in spite of it, may be otherwise now. */
  forget(): void {
    this.ignored.clear();
  }

  /** An ignored folder itself is looked at when it is told: a file may have come in its place. */
  private isIgnored(path: string): boolean {
    if (this.ignored.size === 0) return false;
    if (this.ignored.has(path)) return true;
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      if (this.ignored.has(path.slice(0, at + 1))) return true;
    return false;
  }
}
