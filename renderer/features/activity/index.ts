/** What was changed in a tenant or done with a key, as the trail has it: a page, and the part of one credential. */
export { ActivityPage } from './activity-page.tsx';
export { LineTable } from './line-table.tsx';
