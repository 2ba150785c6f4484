/** What is wrong with a commit in which something is said to be done. Without schemas, so that the command and the page can say it too. */

export const commitDoubts = ['unknown', 'elsewhere'] as const;
export type CommitDoubt = (typeof commitDoubts)[number];

/** Behind the commit's id. */
export const doubtWords: Readonly<Record<CommitDoubt, string>> = {
  unknown: 'which is no commit here',
  elsewhere: 'which is not on its agent’s branch',
};
