import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { contentOf, mostOfCertificate } from '../../parts/file-content.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { DropZone } from './drop-zone.tsx';
import { FoundFiles } from './found-files.tsx';
import { RefusedFiles } from './refused-files.tsx';
import { useDownloads } from './use-downloads.ts';

/** A certificate that main keeps; `certificate` is its name there. */
export type KeptCertificate = NonNullable<Output<'certificate:choose'>>;

const useStyles = makeStyles({
  text: { margin: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    alignSelf: 'stretch',
    gap: tokens.spacingHorizontalM,
  },
});

export interface CertificateIntakeProps {
  /** `at-once` watches the Downloads folder as long as this is shown, `asked` when the person ticks it. */
  readonly watch: 'at-once' | 'asked';
  /** True while what was given is looked at elsewhere; the focus comes back afterwards. */
  readonly away: boolean;
  /** Somebody dropped or chose this very file. */
  readonly onGiven: (certificate: KeptCertificate) => void;
  /** Came into the folder, and was picked out of what did. */
  readonly onFound: (certificate: KeptCertificate) => void;
  readonly children?: ReactNode;
}

/** Takes the certificate that the server has made: by dropping it, by choosing it, or out of the Downloads folder. */
export function CertificateIntake({ watch, away, onGiven, onFound, children }: CertificateIntakeProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy, clear } = useCommand();
  const downloads = useDownloads();
  const around = useFocusReturn<HTMLSpanElement>(away);
  const begin = useEffectEvent(() => (watch === 'at-once' ? downloads.watch(true) : undefined));
  useEffect(() => begin(), []);
  const choose = async () => {
    const certificate = await run('certificate:choose', null);
    if (certificate !== null) onGiven(certificate);
  };
  const take = async (file: File) => {
    const certificate = await run('certificate:read', { name: file.name, content: await contentOf(file, mostOfCertificate) });
    if (certificate !== null) onGiven(certificate);
  };
  const watched = downloads.folder !== null;
  const some = downloads.files.length > 0 || downloads.refused.length > 0;
  return (
    <>
      <FaultBar fault={fault} onDismiss={clear} />
      {/* Where nobody asked for the watch, its end takes nothing away: the file is dropped or chosen. */}
      <FaultBar fault={watch === 'asked' ? downloads.fault : null} />
      <DropZone onFile={(file) => void take(file)}>
        {children}
        <div className={styles.line}>
          <p className={styles.text} {...(downloads.folder === null ? {} : { title: downloads.folder })}>
            {t(watched && watch === 'at-once' ? 'intake.drop-watched' : 'intake.drop')}
          </p>
          <span ref={around}>
            <Button disabledFocusable={busy} onClick={() => void choose()}>
              {t('intake.choose')}
            </Button>
          </span>
        </div>
        {watch === 'asked' ? (
          <Checkbox
            checked={watched}
            onChange={(_, { checked }) => downloads.watch(checked === true)}
            label={t('rotation.downloads.watch')}
          />
        ) : null}
        {watched && (watch === 'asked' || some) ? (
          <>
            {watch === 'asked' ? <p className={styles.text}>{t('rotation.downloads.folder', { folder: downloads.folder })}</p> : null}
            {watch === 'asked' || downloads.files.length > 0 ? (
              <FoundFiles files={downloads.files} onTake={({ certificate, facts }) => onFound({ certificate, facts })} />
            ) : null}
            <RefusedFiles files={downloads.refused} />
          </>
        ) : null}
      </DropZone>
    </>
  );
}
