import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { BeakerRegular } from '@fluentui/react-icons';
import { request } from '../bridge/bridge.ts';
import { useFacts } from '../bridge/facts.ts';
import { useTexts } from '../bridge/texts.tsx';

const useStyles = makeStyles({
  banner: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flexShrink: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    backgroundColor: tokens.colorPaletteGrapeBackground2,
    color: tokens.colorPaletteGrapeForeground2,
    borderBottom: `1px solid ${tokens.colorPaletteGrapeBorderActive}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  leave: { marginLeft: 'auto', flexShrink: 0 },
  icon: { flexShrink: 0, fontSize: tokens.fontSizeBase400 },
});

/** Stays above everything as long as the window works on simulated tenants. */
export function PracticeBanner() {
  const { practice } = useFacts();
  const { t } = useTexts();
  const styles = useStyles();
  if (!practice) return null;
  return (
    <header className={styles.banner} data-practice>
      <BeakerRegular className={styles.icon} />
      {t('app.practice')}
      <Button className={styles.leave} size="small" data-leave-practice onClick={() => void request('app:leave-practice', null)}>
        {t('menu.leave-practice')}
      </Button>
    </header>
  );
}
