/** What hung while it was looked at (a git that waits for a disk, say) may keep pipes open that nobody reads any more. */

/** Long enough for the report to be printed, by whoever reads it. */
const printMs = 3_000;

/** Ends this process, with its exit code, where nothing else has done so by then. It keeps no process that could end. */
export function endSoonDespiteHandles(): void {
  setTimeout(() => process.exit(), printMs).unref();
}
