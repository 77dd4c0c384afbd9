export { openUpdates } from './open.ts';
export type { Updates } from './updates.ts';
