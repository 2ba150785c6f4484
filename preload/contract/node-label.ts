/** What people may call a node. Without zod: the CLI reads it too. */
export const nodeLabelPattern = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/;
