/** How much a review may hold. Without zod: the page reads it too. */

/** More would be a conversation, not a review. */
export const maxComments = 200;
/** UTF-16 units of one comment or reply, and of all comments of a review together. */
export const maxCommentChars = 4_000;
export const maxReviewChars = 100_000;
/** Lines of a comment's own range that are kept with it, and units of each. */
export const maxQuotedLines = 12;
export const maxQuotedChars = 400;
export const maxReplies = 100;
