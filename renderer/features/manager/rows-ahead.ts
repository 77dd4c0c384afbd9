import { ahead } from '../../bridge/asked-ahead.ts';

/** What the list asks for. */
export const notDeleted = { deleted: false } as const;

/** The rows, which can be asked for before the list stands. Another world (practice or real) has other rows. */
export const rowsAhead = ahead('credentials:list', notDeleted, ['store:changed', 'app:changed']);
