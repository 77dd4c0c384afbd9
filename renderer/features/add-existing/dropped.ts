import type { Output } from '../../../preload/contract.ts';

/** What a file that was dropped on the window holds, as main has read it. */
export type Dropped = ({ readonly kind: 'list' } & Output<'track:read'>) | ({ readonly kind: 'certificate' } & Output<'certificate:read'>);
