export { ByHand } from './by-hand.tsx';
export { SetupDialog } from './setup-dialog.tsx';
export type { Intent } from './setup-state.ts';
