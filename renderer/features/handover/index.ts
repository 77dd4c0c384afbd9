/** A key leaves this computer for good, once the server has it. */
export { ForgetKey } from './forget-key.tsx';
