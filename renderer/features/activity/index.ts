export { ActivityPage } from './activity-page.tsx';
export { LineTable } from './line-table.tsx';
export { settled } from './lines.ts';
