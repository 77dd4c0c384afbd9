import type { AppFacts, CredentialRow } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';

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
  /** Its turn where there is no room for all; left out where it never gives way. */
  readonly gives?: number;
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
  { id: 'name', title: 'field.name', share: 1.5, least: 120 },
  { id: 'type', title: 'field.type', share: 0.75, least: 100, gives: 1 },
  { id: 'tenant', title: 'field.tenant', share: 1.25, least: 120, gives: 5 },
  { id: 'client', title: 'field.client-id', share: 0.9, least: 100, gives: 3 },
  { id: 'certificate', title: 'field.certificate', share: 0.95, least: 110, gives: 2 },
  { id: 'expires', title: 'field.expires', share: 1.5, least: 185 },
  { id: 'state', title: 'field.state', share: 3, least: 200 },
];

/** Not shown until the person asks for them. */
export const hiddenAtFirst: readonly ColumnId[] = ['client'];

/** Which columns the person may hide: a list without names, ends and states says nothing. */
export const isHideable = ({ gives }: Column): boolean => gives !== undefined;

/** The columns that annotations may have, shown or not. */
const annotationColumns = (annotations: readonly Annotation[]): AnnotationColumn[] =>
  annotations.filter(({ column }) => column).map(({ field, label }) => ({ id: field, label, share: 1, least: 110, gives: 4 }));

/** The columns that can be shown, in order; of the annotations those that some credential has, after the tenant. */
export function offeredColumns(annotations: readonly Annotation[], rows: readonly CredentialRow[]): readonly Column[] {
  const filled = annotationColumns(annotations.filter(({ field }) => rows.some((row) => row[field] !== '')));
  return columns.flatMap((column): Column[] => (column.id === 'tenant' ? [column, ...filled] : [column]));
}

/**
 * What of the columns has room: while there is too little, the type gives way first, then thumbprint, ids, annotations and
 * tenant; name, end and state stay.
 *
 * @param available pixels of the list
 */
export function fittingColumns(wanted: readonly Column[], widths: Widths, available: number): readonly Column[] {
  const first = wanted.filter(isHideable).toSorted((a, b) => (a.gives ?? 0) - (b.gives ?? 0))[0];
  if (first === undefined || leastWidth(wanted, widths) <= available) return wanted;
  return fittingColumns(
    wanted.filter((column) => column !== first),
    widths,
    available,
  );
}

/** Whether there may be such a column. */
export const isColumn = (id: unknown, annotations: readonly Annotation[]): id is ColumnId =>
  [...columns, ...annotationColumns(annotations)].some((column) => column.id === id);

/** Widths in pixels that the person has set. */
export type Widths = Readonly<Partial<Record<ColumnId, number>>>;

/** Pixels of the checkboxes before the columns. */
const tick = 20;

/** Value of CSS `grid-template-columns`: the checkboxes, then the columns. */
export function gridTemplate(shown: readonly Column[], widths: Widths): string {
  const own = shown.map(({ id, share, least }) => (widths[id] === undefined ? `minmax(${least}px, ${share}fr)` : `${widths[id]}px`));
  return [`${tick}px`, ...own].join(' ');
}

/** Pixels between two columns, and beside the first and the last of a row. */
const gap = 12;
const edges = 34;

/** Pixels below which the list scrolls sideways. */
export function leastWidth(shown: readonly Column[], widths: Widths): number {
  return shown.reduce((sum, { id, least }) => sum + (widths[id] ?? least) + gap, edges + tick);
}
