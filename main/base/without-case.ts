/** A name as disks compare it that take `A` and `a` for one (macOS and Windows as they come). Never shown, never a path to open. */
export function withoutCase(name: string): string {
  return name.toLowerCase();
}
