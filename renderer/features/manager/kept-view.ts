import type { AppFacts } from '../../../preload/contract.ts';
import { isColumn, type Widths } from './columns.ts';
import type { Sort } from './list-items.ts';
import { useKept } from './use-kept.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isWidth = (width: unknown) => typeof width === 'number' && width >= 40 && width <= 2000;
const isBoolean = (value: unknown) => typeof value === 'boolean';

/** Order, grouping and column widths, as the person left them. */
export function useKeptView(annotations: AppFacts['annotations']) {
  const isSort = (value: unknown): value is Sort =>
    isObject(value) && isColumn(value['by'], annotations) && typeof value['descending'] === 'boolean';
  const isWidths = (value: unknown): value is Widths =>
    isObject(value) && Object.entries(value).every(([id, width]) => isColumn(id, annotations) && isWidth(width));
  const [sort, setSort] = useKept<Sort>('manager.sort', { by: 'name', descending: false }, isSort);
  const [grouped, setGrouped] = useKept('manager.grouped', false, isBoolean);
  const [widths, setWidths] = useKept<Widths>('manager.widths', {}, isWidths);
  return { sort, setSort, grouped, setGrouped, widths, setWidths };
}
