import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { AddRegular, BeakerRegular, KeyMultipleRegular, LinkRegular } from '@fluentui/react-icons';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useFacts } from '../../bridge/facts.ts';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

const useStyles = makeStyles({
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalL,
    margin: 'auto',
    padding: tokens.spacingHorizontalXXL,
    maxWidth: '640px',
    textAlign: 'center',
  },
  icon: { fontSize: '48px', display: 'flex', color: tokens.colorBrandForeground1 },
  title: { ...typographyStyles.title3, margin: 0 },
  body: { margin: 0, color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS },
  quiet: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalXS },
});

export interface EmptyStateProps {
  readonly onCreate: () => void;
  readonly onAddExisting: () => void;
  readonly onDeleted: () => void;
  readonly onSettings: () => void;
}

const deleted = { deleted: true } as const;

/** A list without credentials: what this is, and the ways to begin; or that some were deleted, and the way back. */
export function EmptyState({ onCreate, onAddExisting, onDeleted, onSettings }: EmptyStateProps) {
  const { t } = useTexts();
  const { practice } = useFacts();
  const styles = useStyles();
  const { run, fault, clear, busy } = useCommand();
  const bin = useAnswer('credentials:list', deleted, ['store:changed']);
  const emptied = bin.value !== null && bin.value.length > 0;
  return (
    <div className={styles.empty}>
      <span className={styles.icon} aria-hidden>
        <KeyMultipleRegular />
      </span>
      <h1 className={styles.title}>{t(emptied ? 'empty.deleted.title' : 'empty.title')}</h1>
      <p className={styles.body}>{t(emptied ? 'empty.deleted.body' : 'empty.body')}</p>
      <div className={styles.actions}>
        <Button size="large" appearance="primary" icon={<AddRegular />} onClick={onCreate}>
          {t('manager.create')}
        </Button>
        <Button size="large" icon={<LinkRegular />} onClick={onAddExisting}>
          {t('empty.existing')}
        </Button>
      </div>
      {practice ? null : (
        <Button appearance="subtle" icon={<BeakerRegular />} disabledFocusable={busy} onClick={() => void run('app:practise', null)}>
          {t('empty.practise')}
        </Button>
      )}
      <FaultBar fault={fault} onDismiss={clear} />
      <div className={styles.quiet}>
        {emptied ? (
          <Button size="small" appearance="subtle" onClick={onDeleted}>
            {t('manager.deleted')}
          </Button>
        ) : null}
        <Button size="small" appearance="subtle" onClick={onSettings}>
          {t('manager.settings')}
        </Button>
      </div>
    </div>
  );
}
