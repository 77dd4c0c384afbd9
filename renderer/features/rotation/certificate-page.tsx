import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useServer } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import { ImportConfirmation } from '../dialog/import-confirmation.tsx';
import { useFocusReturn } from '../dialog/use-focus-return.ts';
import { Elapsed, StagePage, type KeptCertificate } from '../setup/index.ts';
import { DropZone } from './drop-zone.tsx';
import { FoundFiles } from './found-files.tsx';
import { RefusedFiles } from './refused-files.tsx';
import { useDownloads } from './use-downloads.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  text: { margin: 0 },
});

/** So much of a file that main can tell when it is too large. Bytes. */
const most = 262_145;

/** @returns the content in base64 */
function contentOf(file: File): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    // A file that cannot be read comes to main as one without content, which says so.
    reader.addEventListener('loadend', () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : ''));
    reader.readAsDataURL(file.slice(0, most));
  });
}

export interface CertificatePageProps {
  readonly row: CredentialRow;
  readonly onGive: (certificate: string) => void;
  readonly onClose: () => void;
}

/** Signed in and ready: the moment the server has made its certificate it is taken, compared and published. */
export function CertificatePage({ row, onGive, onClose }: CertificatePageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const downloads = useDownloads();
  const { renewal } = useServer(row.server);
  const [chosen, setChosen] = useState<KeptCertificate | null>(null);
  const around = useFocusReturn<HTMLSpanElement>(chosen !== null);
  const choose = async () => {
    const certificate = await run('certificate:choose', null);
    if (certificate !== null) setChosen(certificate);
  };
  const take = async (file: File) => {
    const certificate = await run('certificate:read', { name: file.name, content: await contentOf(file) });
    if (certificate !== null) setChosen(certificate);
  };
  return (
    <StagePage
      step={null}
      title={t('rotation.certificate.title', { name: row.name })}
      actions={<Button onClick={onClose}>{t('app.cancel')}</Button>}
    >
      <FaultBar fault={fault} onDismiss={clear} />
      <FaultBar fault={downloads.fault} />
      <ol className={styles.list}>
        {renewal.map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li>{t('rotation.certificate.take')}</li>
      </ol>
      <DropZone onFile={(file) => void take(file)}>
        <Elapsed />
        <p className={styles.text}>{t('rotation.certificate.drop')}</p>
        <span ref={around}>
          <Button disabledFocusable={busy} onClick={() => void choose()}>
            {t('rotation.certificate.choose')}
          </Button>
        </span>
        <Checkbox
          checked={downloads.folder !== null}
          onChange={(_, { checked }) => downloads.watch(checked === true)}
          label={t('rotation.downloads.watch')}
        />
        {downloads.folder === null ? null : (
          <>
            <p className={styles.text}>{t('rotation.downloads.folder', { folder: downloads.folder })}</p>
            <FoundFiles files={downloads.files} onTake={({ certificate, facts }) => setChosen({ certificate, facts })} />
            <RefusedFiles files={downloads.refused} />
          </>
        )}
      </DropZone>
      {chosen === null ? null : (
        <ImportConfirmation
          facts={chosen.facts}
          onConfirm={() => onGive(chosen.certificate)}
          onOther={() => void choose()}
          onClose={() => setChosen(null)}
        />
      )}
    </StagePage>
  );
}
