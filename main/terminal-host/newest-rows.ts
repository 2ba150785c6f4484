/** Rows of a screen and what is above it, as text: of so many bytes, the newest. Those of the screen itself are kept in any case. */
export class NewestRows {
  /** UTF-8, of those that are kept. */
  bytes = 0;
  private readonly most: { readonly bytes: number; readonly screenRows: number };
  private readonly rows: string[] = [];
  private first = 0;

  constructor(most: { readonly bytes: number; readonly screenRows: number }) {
    this.most = most;
  }

  push(row: string): void {
    this.rows.push(row);
    this.bytes += Buffer.byteLength(row);
    const { bytes, screenRows } = this.most;
    while (this.bytes > bytes && this.rows.length - this.first > screenRows) this.drop();
  }

  get isTooLong(): boolean {
    return this.bytes > this.most.bytes;
  }

  text(): string {
    return this.rows.join('');
  }

  private drop(): void {
    this.bytes -= Buffer.byteLength(this.rows[this.first] ?? '');
    this.rows[this.first] = '';
    this.first += 1;
  }
}
