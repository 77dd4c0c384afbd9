import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { Section } from '../../parts/section.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  source: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  button: { alignSelf: 'flex-start' },
});

export interface ChangesOfCredentialProps {
  /** Its id. */
  readonly credential: string;
  readonly onEws: () => void;
}

/** What has changed at Microsoft, or is about to, and touches this credential; nothing where nothing does. */
export function ChangesOfCredential({ credential, onEws }: ChangesOfCredentialProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { value } = useAnswer('changes:read', { credential }, ['store:changed']);
  if (value === null || value.length === 0) return null;
  return (
    <Section title={t('changes.title')}>
      <ul className={styles.list}>
        {value.map(({ id, text, source }) => (
          <li key={id} data-change={id}>
            {text}
            <span className={styles.source}>{source}</span>
          </li>
        ))}
      </ul>
      {value.some(({ page }) => page === 'ews') ? (
        <Button className={styles.button} onClick={onEws}>
          {t('manager.ews')}
        </Button>
      ) : null}
    </Section>
  );
}
