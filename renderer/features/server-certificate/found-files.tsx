import { Button, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { shortThumbprint } from '../../parts/thumbprint.ts';
import type { FoundFile } from './use-downloads.ts';

const useStyles = makeStyles({
  found: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  text: { margin: 0 },
  hex: { fontFamily: tokens.fontFamilyMonospace },
});

export interface FoundFilesProps {
  readonly files: readonly FoundFile[];
  readonly onTake: (file: FoundFile) => void;
}

/** What came into the folder: proposed, never taken by itself, and selected beforehand only where there is one. */
export function FoundFiles({ files, onTake }: FoundFilesProps) {
  const { t, dateTime, date } = useTexts();
  const styles = useStyles();
  const [selected, setSelected] = useState<string | null>(null);
  if (files.length === 0) return <p className={styles.text}>{t('rotation.downloads.none')}</p>;
  const chosen = files.find(({ name, preselected }) => (selected === null ? preselected : name === selected)) ?? null;
  return (
    <div className={styles.found} data-found-files>
      <RadioGroup value={chosen?.name ?? ''} aria-label={t('rotation.downloads.found')} onChange={(_, { value }) => setSelected(value)}>
        {files.map(({ name, facts, modifiedAt }) => (
          <Radio
            key={name}
            value={name}
            label={
              <>
                {name} · {dateTime(modifiedAt)} · <span className={styles.hex}>{shortThumbprint(facts.thumbprint)}</span> ·{' '}
                {date(facts.notAfter)}
              </>
            }
          />
        ))}
      </RadioGroup>
      <Button appearance="primary" disabledFocusable={chosen === null} onClick={() => chosen !== null && onTake(chosen)}>
        {t('rotation.downloads.take')}
      </Button>
    </div>
  );
}
