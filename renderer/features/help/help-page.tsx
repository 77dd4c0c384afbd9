import { makeStyles } from '@fluentui/react-components';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { Guide } from './guide.tsx';
import { ShortcutTable } from './shortcut-table.tsx';

const useStyles = makeStyles({
  text: { maxWidth: '760px', display: 'flex', flexDirection: 'column' },
});

/** The user guide, or the keys. */
export function HelpPage({ section }: { readonly section: 'guide' | 'shortcuts' }) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <Page title={t(`menu.${section}`)}>
      <div className={styles.text} data-help={section}>
        {section === 'guide' ? <Guide /> : <ShortcutTable />}
      </div>
    </Page>
  );
}
