import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useEachRow } from '../../parts/each-row.ts';
import { FailedRows } from '../../parts/failed-rows.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, maxHeight: '240px', overflowY: 'auto', overflowWrap: 'anywhere' },
  thumbprint: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    userSelect: 'text',
  },
});

export interface ConfirmDialogProps {
  readonly rows: readonly CredentialRow[];
  readonly onClose: () => void;
}

/** The administrator’s word that servers work with their certificates: each is named, for the word is about exactly that one. */
export function ConfirmDialog({ rows, onClose }: ConfirmDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const each = useEachRow();
  const name = rows[0]?.name ?? '';
  const confirm = async () => {
    const { failed } = await each.run(rows, ({ id, certificate }) =>
      request('handover:confirm', { id, thumbprint: certificate?.thumbprint ?? '' }),
    );
    if (failed.length > 0) return;
    announce(t('manager.confirm.done', { count: rows.length, name }));
    onClose();
  };
  const buttons = (
    <>
      <Button appearance="primary" disabledFocusable={each.busy} onClick={() => void confirm()}>
        {t('details.handover.worked')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'confirm' }}
      title={t('manager.confirm.title', { count: rows.length, name })}
      actions={buttons}
      onClose={onClose}
    >
      <FailedRows {...each} />
      <span>{t('manager.confirm.body')}</span>
      <ul className={styles.list} tabIndex={0} aria-label={t('manager.list')}>
        {rows.map(({ id, name: called, certificate }) => (
          <li key={id}>
            {called}
            <span className={styles.thumbprint}>{certificate?.thumbprint}</span>
          </li>
        ))}
      </ul>
    </DialogShell>
  );
}
