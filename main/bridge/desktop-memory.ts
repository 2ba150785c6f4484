/** What the desktop remembers from one start to the next: small texts by name. */
export interface DesktopMemory {
  value(name: string): string | undefined;
  /** Remembered at once, written soon. */
  setValue(name: string, value: string): void;
}
