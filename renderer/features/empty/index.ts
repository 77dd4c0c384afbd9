/** The window before there is any credential, or after the last one was deleted. */
export { EmptyState } from './empty-state.tsx';
