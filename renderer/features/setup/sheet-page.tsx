import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useServer } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import { ImportConfirmation } from '../dialog/import-confirmation.tsx';
import type { Stage } from './setup-state.ts';
import { SheetCertificate } from './sheet-certificate.tsx';
import { SheetSteps } from './sheet-steps.tsx';
import { StagePage } from './stage-page.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export interface SheetPageProps {
  readonly stage: Extract<Stage, { at: 'sheet' }>;
  readonly actions: SetupActions;
}

/** What the administrator does in the server, as its description has it. */
export function SheetPage({ stage, actions }: SheetPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { credential } = stage.report;
  const { chosen } = stage;
  const server = useServer(credential.server);
  const waits = credential.certificate === null;
  const buttons = (
    <>
      <Button
        appearance={waits ? 'secondary' : 'primary'}
        disabledFocusable={waits}
        title={t('setup.sheet.worked.hint')}
        onClick={waits ? undefined : actions.confirmHandover}
      >
        {t('setup.sheet.worked')}
      </Button>
      <Button onClick={actions.finish}>{t('setup.sheet.later')}</Button>
      <Button onClick={actions.toProof}>{t('app.back')}</Button>
    </>
  );
  return (
    <StagePage step="server" title={t('setup.sheet.title', { server: server.name })} actions={buttons}>
      <FaultBar fault={stage.fault} onRetry={actions.confirmHandover} />
      <ol className={styles.list}>
        <SheetSteps
          server={server}
          row={credential}
          certificate={(step) => <SheetCertificate credential={credential} step={step} away={chosen !== null} actions={actions} />}
        />
      </ol>
      {chosen === null ? null : (
        <ImportConfirmation
          facts={chosen.facts}
          onConfirm={actions.publish}
          onOther={actions.chooseCertificate}
          onClose={actions.dropChosen}
        />
      )}
    </StagePage>
  );
}
