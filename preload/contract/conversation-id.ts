/** Ids that CLIs give their conversations. They come back as arguments of the CLI: no option can hide in one. */
export const conversationIdPattern = /^[A-Za-z0-9][\w.:-]{0,199}$/;
