import type { AppFacts } from '../../../preload/contract.ts';
import { hiddenAtFirst, isColumn, type ColumnId, type Widths } from './columns.ts';
import type { Grouping, Sort } from './list-items.ts';
import { useKept } from '../../parts/use-kept.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isWidth = (width: unknown) => typeof width === 'number' && width >= 40 && width <= 2000;
const groupings: readonly unknown[] = ['none', 'customer', 'tenant'] satisfies readonly Grouping[];
const isGrouping = (value: unknown): value is Grouping => groupings.includes(value);

/** Order, grouping, columns and their widths, as the person left them. */
export function useKeptView(annotations: AppFacts['annotations']) {
  const isSort = (value: unknown): value is Sort =>
    isObject(value) && (value['by'] === 'urgency' || isColumn(value['by'], annotations)) && typeof value['descending'] === 'boolean';
  const isWidths = (value: unknown): value is Widths =>
    isObject(value) && Object.entries(value).every(([id, width]) => isColumn(id, annotations) && isWidth(width));
  const isHidden = (value: unknown): value is readonly ColumnId[] => Array.isArray(value) && value.every((id) => isColumn(id, annotations));
  const [hidden, setHidden] = useKept<readonly ColumnId[]>('manager.hidden', hiddenAtFirst, isHidden);
  const [sort, setSort] = useKept<Sort>('manager.sort', { by: 'urgency', descending: false }, isSort);
  const [grouping, setGrouping] = useKept<Grouping>('manager.grouping', 'customer', isGrouping);
  const [widths, setWidths] = useKept<Widths>('manager.widths', {}, isWidths);
  return { sort, setSort, grouping, setGrouping, widths, setWidths, hidden, setHidden };
}
