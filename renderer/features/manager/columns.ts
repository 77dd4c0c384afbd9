import type { TextKey } from '../../app/texts.tsx';

declare module 'react' {
  interface CSSProperties {
    /** Widths of the list's columns. */
    '--keyring-columns'?: string;
  }
}

export interface Column {
  readonly id: ColumnId;
  readonly title: TextKey;
  /** Share of the width while the person has not set one. */
  readonly share: number;
  /** Pixels it never gets narrower than. */
  readonly least: number;
}

export type ColumnId = 'name' | 'type' | 'tenant' | 'client' | 'certificate' | 'expires' | 'state';

/** The columns of the credential manager, in order. */
export const columns: readonly Column[] = [
  { id: 'name', title: 'field.name', share: 1.5, least: 140 },
  { id: 'type', title: 'field.type', share: 0.85, least: 105 },
  { id: 'tenant', title: 'field.tenant', share: 1.25, least: 120 },
  { id: 'client', title: 'field.client-id', share: 0.9, least: 100 },
  { id: 'certificate', title: 'field.certificate', share: 0.95, least: 110 },
  { id: 'expires', title: 'field.expires', share: 1.35, least: 165 },
  { id: 'state', title: 'field.state', share: 2.6, least: 250 },
];

/** Widths in pixels that the person has set. */
export type Widths = Readonly<Partial<Record<ColumnId, number>>>;

/** Value of CSS `grid-template-columns`. */
export function gridTemplate(widths: Widths): string {
  return columns.map(({ id, share, least }) => (widths[id] === undefined ? `minmax(${least}px, ${share}fr)` : `${widths[id]}px`)).join(' ');
}

/** Pixels below which the list scrolls sideways. */
export function leastWidth(widths: Widths): number {
  return columns.reduce((sum, { id, least }) => sum + (widths[id] ?? least), 0);
}
