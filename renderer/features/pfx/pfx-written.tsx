import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { CopyRegular, EyeRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { ServerValue } from '../../parts/server-value.tsx';
import type { Export, Written } from './use-export.ts';

const useStyles = makeStyles({
  written: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  path: { overflowWrap: 'anywhere', userSelect: 'text' },
  values: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  text: { margin: 0 },
});

export interface PfxWrittenProps {
  readonly written: Written;
  readonly certificate: CredentialRow['certificate'];
  readonly saving: Pick<Export, 'copied' | 'copyPassword' | 'showPassword'>;
}

function GeneratedPassword({ saving: { copied, copyPassword, showPassword } }: Pick<PfxWrittenProps, 'saving'>) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const copy = async () => {
    if (await copyPassword()) announce(t('dialog.copied', { what: t('dialog.pfx.password') }));
  };
  return (
    <MessageBar intent="warning" layout="multiline" data-generated-password>
      <MessageBarBody>
        <MessageBarTitle>
          {copied === null ? t('dialog.pfx.password.made') : t('dialog.pfx.password.copied', { seconds: copied })}
        </MessageBarTitle>
        {` ${t('dialog.pfx.password.once')}`}
      </MessageBarBody>
      <MessageBarActions>
        <Button icon={<CopyRegular />} onClick={() => void copy()}>
          {t('dialog.pfx.password.copy')}
        </Button>
        <Button icon={<EyeRegular />} onClick={showPassword}>
          {t('dialog.pfx.password.show')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** Where it is; a key in a file of its own too. */
const writtenText = ({ path, keyPath }: Written, t: Texts['t']): string =>
  keyPath === undefined ? t('export-dialog.written', { path }) : t('export-dialog.written-pair', { path, key: keyPath });

/** A file with a private key that was written: its password where that was made for it, how Windows imports it, and what to compare then. */
export function PfxWritten({ written, certificate, saving }: PfxWrittenProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const styles = useStyles();
  const top = useRef<HTMLDivElement>(null);
  const { importCommands, generatedPassword } = written;
  const said = writtenText(written, t);
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'start' });
    announce(said);
  }, [said, announce]);
  const thumbprints =
    certificate === null
      ? []
      : ([
          [t('dialog.details.thumbprint'), certificate.thumbprint, groupedThumbprint(certificate.thumbprint)],
          [t('dialog.details.thumbprint-sha256'), certificate.thumbprintSha256, groupedThumbprint(certificate.thumbprintSha256)],
          [t('dialog.details.x5t'), certificate.x5t, certificate.x5t],
        ] as const);
  return (
    <div ref={top} className={styles.written} data-written>
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody className={styles.path}>
          <MessageBarTitle>{said}</MessageBarTitle>
          {` ${t('export-dialog.next')}`}
        </MessageBarBody>
      </MessageBar>
      {generatedPassword === null ? null : <GeneratedPassword saving={saving} />}
      {importCommands === null ? null : (
        <div className={styles.values}>
          <p className={styles.text}>{t('dialog.pfx.commands')}</p>
          <ServerValue label={t('dialog.pfx.command.powershell')} value={importCommands.powershell} />
          <ServerValue label={t('dialog.pfx.command.certutil')} value={importCommands.certutil} />
        </div>
      )}
      <div className={styles.values}>
        <p className={styles.text}>{t('dialog.pfx.compare')}</p>
        {thumbprints.map(([label, value, shown]) => (
          <ServerValue key={label} label={label} value={value} shown={shown} />
        ))}
      </div>
    </div>
  );
}
