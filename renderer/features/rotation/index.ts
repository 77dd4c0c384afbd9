export { RotationDialog } from './rotation-dialog.tsx';
export { Timeline } from './timeline.tsx';
