import { Button, Link, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { ImportConfirmation } from '../../parts/import-confirmation.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { PfxDialog } from '../pfx/index.ts';
import { CertificateIntake, type KeptCertificate } from '../server-certificate/index.ts';
import { SheetStepRow, type SheetStepRowProps } from './sheet-step.tsx';
import type { CertificateStep } from './sheet-steps.ts';
import { ServerValue } from '../../parts/server-value.tsx';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({
  given: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground2,
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  hex: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', userSelect: 'text' },
});

export interface SheetCertificateProps extends Pick<SheetStepRowProps, 'id' | 'number' | 'done' | 'next'> {
  readonly step: CertificateStep;
  readonly credential: CredentialRow;
  readonly publishing: KeptCertificate | null;
  readonly actions: Pick<SetupActions, 'giveCertificate' | 'useServersCertificate'>;
  readonly onTick: ((done: boolean) => void) | null;
}

/** Our key: it goes there as PFX, or the server's own certificate takes its place. */
function OurCertificate({ step, credential, actions, ...row }: Omit<SheetCertificateProps, 'publishing'>) {
  const { t } = useTexts();
  const styles = useStyles();
  const [exporting, setExporting] = useState(false);
  const around = useFocusReturn<HTMLSpanElement>(exporting);
  const { certificate } = credential;
  return (
    <SheetStepRow {...row} text={step.keyring}>
      {certificate === null ? null : (
        <ServerValue
          label={t('dialog.details.thumbprint')}
          value={certificate.thumbprint}
          shown={groupedThumbprint(certificate.thumbprint)}
        />
      )}
      <span ref={around}>
        <Button size="small" onClick={() => setExporting(true)}>
          {t('dialog.certificate.export-pfx')}
        </Button>
      </span>
      <span className={styles.quiet}>
        {step.instead}{' '}
        <Link inline className={styles.quiet} onClick={actions.useServersCertificate}>
          {t('setup.sheet.certificate.switch')}
        </Link>
      </span>
      {exporting ? <PfxDialog id={credential.id} certificate={certificate} onClose={() => setExporting(false)} /> : null}
    </SheetStepRow>
  );
}

/** What was given, while it is published. */
function Given({ facts }: Pick<KeptCertificate, 'facts'>) {
  const { t, date } = useTexts();
  const styles = useStyles();
  return (
    <div className={styles.given} data-publishing>
      <span>
        <span className={styles.hex}>{groupedThumbprint(facts.thumbprint)}</span> {t('change.note.expires', { end: date(facts.notAfter) })}
      </span>
      <ProgressBar aria-label={t('setup.sheet.publishing')} />
    </div>
  );
}

/** The certificate: the server's own comes into the sheet and is published from here, ours is brought to the server. */
export function SheetCertificate({ publishing, onTick, ...props }: SheetCertificateProps) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const [found, setFound] = useState<KeptCertificate | null>(null);
  const { step, credential, actions, ...row } = props;
  if (credential.custody === 'keyring') return <OurCertificate {...props} onTick={onTick} />;
  const { certificate } = credential;
  const waits = certificate === null;
  return (
    <SheetStepRow
      {...row}
      text={waits ? step.waiting : step.external}
      end={<span className={styles.quiet}>{t(publishing === null ? 'setup.sheet.itself' : 'setup.sheet.publishing')}</span>}
      onTick={null}
    >
      {publishing !== null ? (
        <Given facts={publishing.facts} />
      ) : waits ? (
        <CertificateIntake watch="at-once" away={found !== null} onGiven={actions.giveCertificate} onFound={setFound} />
      ) : (
        <span>
          <span className={styles.hex}>{groupedThumbprint(certificate.thumbprint)}</span>{' '}
          {t('change.note.expires', { end: date(certificate.notAfter) })}
        </span>
      )}
      {found === null ? null : (
        <ImportConfirmation
          facts={found.facts}
          onConfirm={() => {
            setFound(null);
            actions.giveCertificate(found);
          }}
          onOther={() => setFound(null)}
          onClose={() => setFound(null)}
        />
      )}
    </SheetStepRow>
  );
}
