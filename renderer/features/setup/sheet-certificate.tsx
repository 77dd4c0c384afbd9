import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../app/texts.tsx';
import { groupedThumbprint } from '../dialog/thumbprint.ts';
import { useFocusReturn } from '../dialog/use-focus-return.ts';
import { PfxDialog } from '../pfx/index.ts';
import { SheetValue } from './sheet-value.tsx';
import type { CertificateStep } from './sheet-steps.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  wide: { alignSelf: 'stretch', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  text: { margin: 0 },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface SheetCertificateProps {
  readonly credential: CredentialRow;
  readonly step: CertificateStep;
  /** True while a chosen certificate is being confirmed. */
  readonly away: boolean;
  readonly actions: SetupActions;
}

function Thumbprint({ credential }: { readonly credential: CredentialRow }) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const { certificate } = credential;
  if (certificate === null) return null;
  return (
    <div className={styles.wide}>
      <SheetValue label={t('dialog.details.thumbprint')} value={certificate.thumbprint} shown={groupedThumbprint(certificate.thumbprint)} />
      <SheetValue label={t('dialog.details.until')} value={date(certificate.notAfter)} />
    </div>
  );
}

/** Our key: it goes there as PFX, or the server's own certificate takes its place. */
function OurCertificate({ credential, step, actions }: Omit<SheetCertificateProps, 'away'>) {
  const { t } = useTexts();
  const styles = useStyles();
  const [exporting, setExporting] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(exporting);
  return (
    <div className={styles.part}>
      <p className={styles.text}>{step.keyring}</p>
      <Thumbprint credential={credential} />
      <span ref={around}>
        <Button onClick={() => setExporting(true)}>{t('dialog.certificate.export-pfx')}</Button>
      </span>
      <p className={styles.muted}>{step.instead}</p>
      <Button size="small" onClick={actions.useServersCertificate}>
        {t('setup.sheet.certificate.switch')}
      </Button>
      {exporting ? <PfxDialog id={credential.id} certificate={credential.certificate} onClose={() => setExporting(false)} /> : null}
    </div>
  );
}

/** The third thing that the server's dialog asks for, after name and ids. */
export function SheetCertificate({ credential, step, away, actions }: SheetCertificateProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const around = useFocusReturn<HTMLSpanElement>(away);
  if (credential.custody === 'keyring') return <OurCertificate credential={credential} step={step} actions={actions} />;
  const waits = credential.certificate === null;
  return (
    <div className={styles.part}>
      <p className={styles.text}>{waits ? step.waiting : step.external}</p>
      <Thumbprint credential={credential} />
      {waits ? (
        <>
          <span ref={around}>
            <Button appearance="primary" onClick={actions.chooseCertificate}>
              {t('dialog.certificate.import')}
            </Button>
          </span>
          <p className={styles.muted}>{t('setup.sheet.certificate.waiting-hint')}</p>
        </>
      ) : null}
    </div>
  );
}
