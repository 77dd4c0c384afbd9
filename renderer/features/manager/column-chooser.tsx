import { Button } from '@fluentui/react-components';
import { TableSettingsRegular } from '@fluentui/react-icons';
import { later } from '../../bridge/later.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Column, ColumnId } from './columns.ts';
import { UntilOpened } from './until-opened.tsx';

const ColumnMenu = later(async () => (await import('./column-menu.tsx')).ColumnMenu);

export interface ColumnChooserProps {
  readonly offered: readonly Column[];
  readonly hidden: readonly ColumnId[];
  readonly onHidden: (hidden: readonly ColumnId[]) => void;
}

/** The way to choose the columns of the list. */
export function ColumnChooser(props: ColumnChooserProps) {
  const { t } = useTexts();
  const label = t('manager.columns');
  const button = <Button data-columns appearance="subtle" icon={<TableSettingsRegular />} title={label} aria-label={label} />;
  return <UntilOpened button={button} menu={<ColumnMenu button={button} {...props} />} />;
}
