import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { LineTable } from './line-table.tsx';
import type { FileImport } from './use-file.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
  example: {
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  begin: { alignSelf: 'start' },
});

/** Many at once: of which cloud, which file, what its lines come to, and afterwards what could not be added. */
export function FilePart({ many, cloud }: { readonly many: FileImport; readonly cloud: ReactNode }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { read, ended, good, bad, fault } = many;
  const summary = read === null ? '' : t('track-dialog.file.summary', { file: read.name, good, bad });
  return (
    <>
      {read === null ? (
        <>
          <p className={styles.text}>{t('track-dialog.file.what')}</p>
          <div className={styles.example}>{t('track-dialog.file.example')}</div>
          {cloud}
        </>
      ) : (
        <>
          <MessageBar intent={bad > 0 ? 'warning' : 'success'} layout="multiline">
            <MessageBarBody>
              {ended === null
                ? summary
                : `${t('track.added', { count: ended.count, name: ended.name })} ${t('track.refused', { count: bad })}`}
            </MessageBarBody>
          </MessageBar>
          <LineTable lines={read.lines} />
        </>
      )}
      <FaultBar fault={fault} onDismiss={many.dismiss} />
      {ended === null ? (
        <Button
          className={styles.begin}
          icon={<DocumentRegular />}
          data-choose-file
          disabledFocusable={many.busy}
          onClick={() => void many.choose()}
        >
          {t(read === null ? 'track-dialog.file.choose' : 'track-dialog.file.other')}
        </Button>
      ) : null}
    </>
  );
}
