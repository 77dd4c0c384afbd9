/** The set-up of a credential: tenant, plan, changes, proof, and the sheet for its server, which one can come back to. */
export { ByHand } from './by-hand.tsx';
export { SetupDialog } from './setup-dialog.tsx';
export { type Intent, beginSetup } from './setup-state.ts';
export { stepsAfterCertificate } from './sheet-steps.ts';
export { SheetDialog } from './sheet-dialog.tsx';
