import { Button, Dropdown, Field, makeStyles, Option, Spinner, Tab, TabList, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { cloudNames, clouds, isCloud, type Cloud } from '../../parts/clouds.ts';
import type { Dropped } from './dropped.ts';
import { FilePart } from './file-part.tsx';
import { OneForm } from './one-form.tsx';
import { useFile } from './use-file.ts';
import { useOne } from './use-one.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
  choice: { minWidth: 0, width: '100%' },
  panel: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export interface AddExistingDialogProps {
  /** The file with which it is opened; null where nothing was dropped. */
  readonly dropped: Dropped | null;
  /** `added`: ids of the new credentials, which the list is to select; empty when nothing was added. */
  readonly onClose: (added: readonly string[]) => void;
}

/** Add existing…: one by form or many from a file; nobody signs in. */
export function AddExistingDialog({ dropped, onClose }: AddExistingDialogProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const styles = useStyles();
  const settings = useAnswer('settings:read', null);
  const [way, setWay] = useState<'one' | 'file'>(dropped?.kind === 'list' ? 'file' : 'one');
  const [chosenCloud, setCloud] = useState<Cloud | null>(null);
  const cloud = chosenCloud ?? settings.value?.cloud ?? 'global';
  const one = useOne(cloud, dropped?.kind === 'certificate' ? dropped : null);
  const many = useFile(cloud, dropped?.kind === 'list' ? dropped : null);
  const over = useRef<HTMLButtonElement>(null);
  const { ended } = many;
  const busy = one.busy || many.busy;
  const left = useRef(false);
  /** Domains are looked up as long as the network takes; left, that ends at once. */
  const close = () => {
    left.current = true;
    if (busy) void request('track:cancel', null);
    onClose(ended?.ids ?? []);
  };

  // The button that was pressed has gone: the focus goes to what is left to do.
  useEffect(() => {
    if (ended !== null) over.current?.focus();
  }, [ended]);

  const add = async () => {
    if (busy) return;
    if (way === 'file') {
      const added = many.good > 0 ? await many.add() : null;
      if (added !== null && !left.current) onClose(added);
      return;
    }
    const row = await one.submit();
    if (row === null) return;
    announce(t('track.added', { count: 1, name: row.name }));
    if (!left.current) onClose([row.id]);
  };

  const cloudChoice = (
    <Field label={t('setup.tenant.cloud')} orientation="horizontal">
      <Dropdown
        className={styles.choice}
        value={t(cloudNames[cloud])}
        selectedOptions={[cloud]}
        onOptionSelect={(_, { optionValue }) => isCloud(optionValue) && setCloud(optionValue)}
      >
        {clouds.map((each) => (
          <Option key={each} value={each}>
            {t(cloudNames[each])}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
  const buttons = (
    <>
      {ended === null ? (
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={busy || (way === 'file' && many.good === 0)}
          {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
        >
          {way === 'one' ? t('track-dialog.add') : t('track-dialog.add-count', { count: many.good })}
        </Button>
      ) : null}
      {way === 'file' && many.bad > 0 ? (
        <Button
          ref={(button: HTMLButtonElement | null) => void (over.current = button)}
          disabledFocusable={busy}
          onClick={() => void many.save()}
        >
          {t('track-dialog.save-refused')}
        </Button>
      ) : null}
      <Button onClick={close}>{t(ended === null ? 'app.cancel' : 'app.close')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'add-existing' }}
      title={t('track-dialog.title')}
      actions={buttons}
      wide
      onSubmit={() => void add()}
      onClose={close}
    >
      <p className={styles.text}>{t('track-dialog.intro')}</p>
      {ended === null ? (
        <TabList
          selectedValue={way}
          aria-label={t('track-dialog.ways')}
          onTabSelect={(_, { value }) => setWay(value === 'file' ? 'file' : 'one')}
        >
          <Tab value="one" id="add-existing-one" aria-controls="add-existing-panel">
            {t('track-dialog.one')}
          </Tab>
          <Tab value="file" id="add-existing-file" aria-controls="add-existing-panel">
            {t('track-dialog.file')}
          </Tab>
        </TabList>
      ) : null}
      <div
        id="add-existing-panel"
        className={styles.panel}
        {...(ended === null ? { role: 'tabpanel', 'aria-labelledby': `add-existing-${way}` } : {})}
      >
        {way === 'one' ? (
          <>
            <OneForm one={one} />
            {cloudChoice}
          </>
        ) : (
          <FilePart many={many} cloud={cloudChoice} />
        )}
      </div>
    </DialogShell>
  );
}
