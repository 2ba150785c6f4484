/** Which paths are to be looked at: those that were told, or all where there are too many, or one cannot be named. */

/** More are looked at by looking at everything: arguments have a bound, and git walks its index once for either. */
const mostPaths = 100;
/** Of ignored paths that are remembered; beyond that they are learnt anew. */
const mostIgnored = 10_000;

export type Look = 'nothing' | 'all' | readonly string[];

export class SeenPaths {
  private paths = new Set<string>();
  private isAll = false;
  /** Files, and folders with a `/` at the end. */
  private readonly ignored = new Set<string>();

  /** False when git ignores it: nothing is to be looked at. */
  add(path: string): boolean {
    if (this.isIgnored(path)) return false;
    if (this.paths.size >= mostPaths) this.isAll = true;
    else this.paths.add(path);
    return true;
  }

  addAll(): void {
    this.isAll = true;
  }

  hasSome(): boolean {
    return this.isAll || this.paths.size > 0;
  }

  /** What was told since the last time. */
  take(): Look {
    const look = this.isAll ? 'all' : this.paths.size > 0 ? [...this.paths] : 'nothing';
    this.paths = new Set();
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

  private isIgnored(path: string): boolean {
    if (this.ignored.size === 0) return false;
    if (this.ignored.has(path) || this.ignored.has(`${path}/`)) return true;
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      if (this.ignored.has(path.slice(0, at + 1))) return true;
    return false;
  }
}
