import type { AppFacts, CredentialRow } from '../../../preload/contract.ts';
import type { TextKey } from '../../app/texts.tsx';

declare module 'react' {
  interface CSSProperties {
    /** Widths of the list's columns. */
    '--keyring-columns'?: string;
  }
}

type Annotation = AppFacts['annotations'][number];

interface Share {
  /** Share of the width while the person has not set one. */
  readonly share: number;
  /** Pixels it never gets narrower than. */
  readonly least: number;
}

interface OwnColumnShown extends Share {
  readonly id: OwnColumn;
  readonly title: TextKey;
}

interface AnnotationColumn extends Share {
  readonly id: Annotation['field'];
  /** In the language of the window. */
  readonly label: string;
}

export type Column = OwnColumnShown | AnnotationColumn;

/** Columns of the rows' own facts. */
export type OwnColumn = 'name' | 'type' | 'tenant' | 'client' | 'certificate' | 'expires' | 'state';
export type ColumnId = OwnColumn | Annotation['field'];

const columns: readonly OwnColumnShown[] = [
  { id: 'name', title: 'field.name', share: 1.5, least: 140 },
  { id: 'type', title: 'field.type', share: 0.75, least: 100 },
  { id: 'tenant', title: 'field.tenant', share: 1.25, least: 120 },
  { id: 'client', title: 'field.client-id', share: 0.9, least: 100 },
  { id: 'certificate', title: 'field.certificate', share: 0.95, least: 110 },
  { id: 'expires', title: 'field.expires', share: 1.55, least: 190 },
  { id: 'state', title: 'field.state', share: 2.6, least: 250 },
];

/** The columns that annotations may have, shown or not. */
const annotationColumns = (annotations: readonly Annotation[]): AnnotationColumn[] =>
  annotations.filter(({ column }) => column).map(({ field, label }) => ({ id: field, label, share: 1, least: 110 }));

/** The columns of the credential manager, in order; of the annotations those that some credential has. */
export function shownColumns(annotations: readonly Annotation[], rows: readonly CredentialRow[]): readonly Column[] {
  const filled = annotations.filter(({ field }) => rows.some((row) => row[field] !== ''));
  const [name, ...others] = columns;
  return name === undefined ? columns : [name, ...annotationColumns(filled), ...others];
}

/** Whether there may be such a column. */
export const isColumn = (id: unknown, annotations: readonly Annotation[]): id is ColumnId =>
  [...columns, ...annotationColumns(annotations)].some((column) => column.id === id);

/** Widths in pixels that the person has set. */
export type Widths = Readonly<Partial<Record<ColumnId, number>>>;

/** Value of CSS `grid-template-columns`. */
export function gridTemplate(shown: readonly Column[], widths: Widths): string {
  return shown.map(({ id, share, least }) => (widths[id] === undefined ? `minmax(${least}px, ${share}fr)` : `${widths[id]}px`)).join(' ');
}

/** Pixels below which the list scrolls sideways. */
export function leastWidth(shown: readonly Column[], widths: Widths): number {
  return shown.reduce((sum, { id, least }) => sum + (widths[id] ?? least), 0);
}
