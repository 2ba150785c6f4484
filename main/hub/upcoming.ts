/** Something that happens by itself at a time. */
export interface Upcoming {
  /** What kind of thing: `timer`, `restart`. */
  readonly kind: string;
  /** What it is of. */
  readonly subject: string;
  /** Unix ms. */
  readonly atMs: number;
  /** One line. Untrusted words stay as they are. */
  readonly title: string;
}
