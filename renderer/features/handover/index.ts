export { ForgetKey } from './forget-key.tsx';
