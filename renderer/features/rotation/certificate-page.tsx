import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { ImportConfirmation } from '../../parts/import-confirmation.tsx';
import { CertificateIntake, type KeptCertificate } from '../server-certificate/index.ts';
import { Elapsed, StagePage } from '../../run/index.ts';
import { MadeNotice } from '../asked-servers/index.ts';
import { RotationSteps } from './steps-bar.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

export interface CertificatePageProps {
  readonly row: CredentialRow;
  readonly onGive: (certificate: string) => void;
  readonly onClose: () => void;
}

/** Signed in and ready: the moment the server has made its certificate it is taken, compared and published. */
export function CertificatePage({ row, onGive, onClose }: CertificatePageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { renewal } = useServer(row.server);
  const [chosen, setChosen] = useState<KeptCertificate | null>(null);
  return (
    <StagePage
      steps={<RotationSteps current="publish" />}
      title={t('rotation.certificate.title', { name: row.name })}
      actions={<Button onClick={onClose}>{t('app.cancel')}</Button>}
    >
      <ol className={styles.list}>
        {renewal.map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li>{t('rotation.certificate.take')}</li>
      </ol>
      {/* What changes of the credential meanwhile is not what this page is about. */}
      <MadeNotice row={row} onChanged={() => undefined} />
      <CertificateIntake watch="asked" away={chosen !== null} onGiven={setChosen} onFound={setChosen}>
        <Elapsed />
      </CertificateIntake>
      {chosen === null ? null : (
        <ImportConfirmation
          facts={chosen.facts}
          onConfirm={() => onGive(chosen.certificate)}
          onOther={() => setChosen(null)}
          onClose={() => setChosen(null)}
        />
      )}
    </StagePage>
  );
}
