/** A certificate is replaced in steps without an outage, and where each credential stands in that. */
export { RotationDialog } from './rotation-dialog.tsx';
export { RotationTimeline } from './timeline.tsx';
