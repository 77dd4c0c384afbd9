import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  report: {
    margin: 0,
    minHeight: '120px',
    maxHeight: '440px',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    userSelect: 'text',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalM,
  },
});

/** What would be saved, to be read first: nothing leaves this computer by itself. */
export function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { value, fault, reload } = useAnswer('diagnostics:read', null);
  const command = useCommand();
  const save = async () => {
    const saved = await command.run('diagnostics:save', null);
    if (saved === null) return;
    announce(t('diagnostics.saved', { path: saved.path }));
    onClose();
  };
  const buttons = (
    <>
      <Button appearance="primary" disabledFocusable={value === null || command.busy} onClick={() => void save()}>
        {t('diagnostics.save')}
      </Button>
      <Button onClick={onClose}>{t('app.close')}</Button>
    </>
  );
  return (
    <DialogShell marks={{ 'data-dialog': 'diagnostics' }} title={t('diagnostics.title')} actions={buttons} wide onClose={onClose}>
      <p className={styles.text}>{t('diagnostics.what')}</p>
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={command.fault} onDismiss={command.clear} onRetry={() => void save()} />
      {value === null && fault === null ? <Spinner /> : null}
      {value === null ? null : (
        <pre className={styles.report} tabIndex={0} role="region" aria-label={t('diagnostics.report')} data-report>
          {value.text}
        </pre>
      )}
    </DialogShell>
  );
}
