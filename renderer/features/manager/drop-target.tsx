import { makeStyles, tokens } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { DroppedFile } from './use-dropped-file.ts';

const useStyles = makeStyles({
  over: {
    position: 'absolute',
    inset: tokens.spacingHorizontalM,
    zIndex: 10,
    display: 'grid',
    placeItems: 'center',
    border: `${tokens.strokeWidthThick} dashed ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
    fontSize: tokens.fontSizeBase400,
    opacity: 0.95,
    pointerEvents: 'none',
  },
});

/** Where a file would go that is held over the window. */
export function DropTarget({ over }: Pick<DroppedFile, 'over'>) {
  const { t } = useTexts();
  const styles = useStyles();
  return over ? <div className={styles.over}>{t('manager.drop')}</div> : null;
}
