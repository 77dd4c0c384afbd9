import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import type { CredentialRow } from '../../../preload/contract.ts';
import { Restoration } from './restoration.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  text: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const deleted = { deleted: true } as const;

/** What was deleted in the last thirty days, each with its way back. */
export function DeletedDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { value, fault, reload } = useAnswer('credentials:list', deleted, ['store:changed']);
  const command = useCommand();
  const rows = (value ?? []).filter((row) => row.deletedAt !== null);
  const [running, setRunning] = useState<CredentialRow | null>(null);
  const restore = async ({ id, name }: CredentialRow) => {
    if ((await command.run('credential:restore', { id })) !== null) announce(t('manager.restored', { count: 1, name }));
  };
  if (running !== null) return <Restoration row={running} onClose={() => setRunning(null)} />;
  const buttons = <Button onClick={onClose}>{t('app.close')}</Button>;
  return (
    <DialogShell marks={{ 'data-dialog': 'deleted' }} title={t('deleted.title')} actions={buttons} onClose={onClose}>
      {t('deleted.body')}
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      {value === null && fault === null ? <Spinner /> : null}
      {value !== null && rows.length === 0 ? <span>{t('deleted.none')}</span> : null}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.id} className={styles.line}>
            <span className={styles.text}>
              {row.name}
              <span className={styles.quiet}>
                {t('deleted.at', { tenant: row.tenantDomain || row.tenantName, time: dateTime(row.deletedAt ?? '') })}
              </span>
              {row.registrationDeleted ? <span className={styles.quiet}>{t('deleted.registration')}</span> : null}
            </span>
            <Button
              size="small"
              disabled={command.busy}
              aria-label={t('deleted.restore.name', { name: row.name })}
              onClick={() => (row.registrationDeleted ? setRunning(row) : void restore(row))}
            >
              {t(row.registrationDeleted ? 'deleted.restore.sign-in' : 'deleted.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </DialogShell>
  );
}
