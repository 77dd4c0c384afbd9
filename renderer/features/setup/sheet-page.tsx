import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts } from '../../app/texts.tsx';
import { ImportConfirmation } from '../dialog/import-confirmation.tsx';
import type { Stage } from './setup-state.ts';
import { SheetCertificate } from './sheet-certificate.tsx';
import { SheetValue } from './sheet-value.tsx';
import { StagePage } from './stage-page.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  values: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, marginTop: tokens.spacingVerticalXS },
});

export interface SheetPageProps {
  readonly stage: Extract<Stage, { at: 'sheet' }>;
  readonly actions: SetupActions;
}

/** What the administrator does in MailStore, in MailStore's order (G4 to G9, G16), each value with a copy button. */
export function SheetPage({ stage, actions }: SheetPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { credential } = stage.report;
  const { chosen } = stage;
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
    <StagePage step="mailstore" title={t('setup.sheet.title')} actions={buttons}>
      <FaultBar fault={stage.fault} onRetry={actions.confirmHandover} />
      <ol className={styles.list}>
        <li>{t('setup.sheet.open')}</li>
        <li>
          {t('setup.sheet.settings')}
          <div className={styles.values}>
            <SheetValue label={t('field.name')} value={credential.name} />
            <SheetValue label={t('field.client-id')} value={credential.clientId ?? '–'} />
            <SheetValue label={t('field.tenant-id')} value={credential.tenantId} />
          </div>
        </li>
        <li>
          <SheetCertificate credential={credential} away={chosen !== null} actions={actions} />
        </li>
        <li>{t('setup.sheet.selected')}</li>
        {credential.redirectUri === null ? null : (
          <li>
            {t('setup.sheet.redirect-uri')}
            <div className={styles.values}>
              <SheetValue label={t('field.redirect-uri')} value={credential.redirectUri} />
            </div>
          </li>
        )}
        <li>{t('setup.sheet.test')}</li>
        <li>{t('setup.sheet.archive')}</li>
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
