/** Enough of a commit's id for the eye; the full one is what is sent. Lists in narrow columns have seven, as git does. */
export function shortId(commit: string): string {
  return commit.slice(0, 10);
}
