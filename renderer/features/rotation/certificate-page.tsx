import { Button, Card, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';
import { ImportConfirmation } from '../dialog/import-confirmation.tsx';
import { useFocusReturn } from '../dialog/use-focus-return.ts';
import { Elapsed, StagePage, type KeptCertificate } from '../setup/index.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  card: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
});

export interface CertificatePageProps {
  readonly name: string;
  readonly onGive: (certificate: string) => void;
  readonly onClose: () => void;
}

/** Signed in and ready: the moment MailStore has made its certificate it is taken, compared and published. */
export function CertificatePage({ name, onGive, onClose }: CertificatePageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const [chosen, setChosen] = useState<KeptCertificate | null>(null);
  const around = useFocusReturn<HTMLSpanElement>(chosen !== null);
  const choose = async () => {
    const certificate = await run('certificate:choose', null);
    if (certificate !== null) setChosen(certificate);
  };
  return (
    <StagePage step={null} title={t('rotation.certificate.title', { name })} actions={<Button onClick={onClose}>{t('app.cancel')}</Button>}>
      <FaultBar fault={fault} onDismiss={clear} />
      <ol className={styles.list}>
        <li>{t('rotation.certificate.create')}</li>
        <li>{t('rotation.certificate.download')}</li>
        <li>{t('rotation.certificate.take')}</li>
      </ol>
      <Card className={styles.card}>
        <Elapsed />
        <span ref={around}>
          <Button appearance="primary" disabledFocusable={busy} onClick={() => void choose()}>
            {t('rotation.certificate.choose')}
          </Button>
        </span>
      </Card>
      {chosen === null ? null : <ImportConfirmation facts={chosen.facts} onConfirm={() => onGive(chosen.certificate)} onOther={() => void choose()} onClose={() => setChosen(null)} />}
    </StagePage>
  );
}
