/** `musher verify` without a running hub. */
export { verifyRepository } from './compose.ts';
