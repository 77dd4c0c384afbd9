import { Suspense } from 'react';
import { later } from '../../bridge/later.ts';
import type { Desk } from './commands.ts';
import { untick } from './selection.ts';
import { ManagerToolbar } from './toolbar.tsx';
import type { List } from './use-list.ts';
import type { ManagerFocus } from './use-manager-focus.ts';

const SelectionBar = later(async () => (await import('./selection-bar.tsx')).SelectionBar);

export interface CommandBarProps {
  readonly list: List;
  readonly desk: Desk;
  readonly focus: ManagerFocus;
}

/** The toolbar, or what can be done with all that is ticked. */
export function CommandBar({ list, desk, focus }: CommandBarProps) {
  const toolbar = (
    <ManagerToolbar
      desk={desk}
      rows={list.selectedRows}
      filter={list.filter}
      onFilter={list.setFilter}
      onLeaveFilter={() => focus.row()}
      filterRef={focus.filterRef}
    />
  );
  if (!list.selection.ticked) return toolbar;
  return (
    <Suspense fallback={toolbar}>
      <SelectionBar
        rows={list.selectedRows}
        desk={desk}
        onUntick={() => {
          list.setSelection((was) => untick(was, list.rowKeys));
          focus.row();
        }}
      />
    </Suspense>
  );
}
