/** The verification with an administrator's view: sign in, and see what it proves. Loaded when it is asked for. */
export { SignedInVerification } from './signed-in-verification.tsx';
