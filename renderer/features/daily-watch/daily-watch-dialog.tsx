import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  time: { width: '100px', minWidth: 0 },
  below: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  within: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, paddingLeft: tokens.spacingHorizontalXXL },
  ticks: { display: 'flex', flexDirection: 'column' },
});

const cannot = {
  elsewhere: 'daily-watch.elsewhere',
  portable: 'daily-watch.portable',
  practice: 'daily-watch.practice',
  account: 'daily-watch.account',
} as const;

/** Has Task Scheduler look after expiry every day, or no longer; the task is started once to see whether it reaches the keychain. */
export function DailyWatchDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { value, fault, reload } = useAnswer('daily-watch:read', null);
  const command = useCommand();
  const [at, setAt] = useState('07:30');
  const [logon, setLogon] = useState<'interactive' | 'password'>('interactive');
  const [password, setPassword] = useState('');
  const [rotate, setRotate] = useState(false);
  const [pfxFolder, setPfxFolder] = useState('');
  const [pfxPasswordFile, setPfxPasswordFile] = useState('');
  const [eventLog, setEventLog] = useState(true);
  const [done, setDone] = useState<string | null>(null);
  // Whoever leaves the dialog does not leave a task that nobody has seen work.
  const abandon = useEffectEvent(() => void (command.busy && request('daily-watch:cancel', null)));
  useEffect(() => () => abandon(), []);
  const account = value?.account ?? '';
  const ready = value?.place === 'ready';
  const finish = (text: string) => {
    announce(text);
    setDone(text);
    reload();
  };

  const install = async () => {
    setDone(null);
    const installed = await command.run('daily-watch:install', { at, logon, password, rotate, eventLog, pfxFolder, pfxPasswordFile });
    setPassword('');
    if (installed !== null) finish(t('daily-watch.installed', { at: at.trim(), account: installed.account }));
  };
  const remove = async () => {
    setDone(null);
    if ((await command.run('daily-watch:remove', null)) !== null) finish(t('daily-watch.removed'));
  };
  const submit = () => {
    if (!command.busy && ready && done === null) void install();
  };
  // The wait for the test was ended by the person.
  const told = command.fault?.code === 'interrupted' ? null : command.fault;

  const buttons = (
    <>
      {command.busy ? <Spinner size="tiny" label={t('daily-watch.testing')} /> : null}
      {value?.registered === true && !command.busy ? <Button onClick={() => void remove()}>{t('daily-watch.remove')}</Button> : null}
      {ready && done === null ? (
        <Button type="submit" appearance="primary" disabledFocusable={command.busy}>
          {t(value.registered ? 'daily-watch.replace' : 'daily-watch.install')}
        </Button>
      ) : null}
      <Button onClick={onClose}>{t(ready && done === null ? 'app.cancel' : 'app.close')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'daily-watch' }}
      title={t('daily-watch.title')}
      actions={buttons}
      alert
      onSubmit={submit}
      onClose={onClose}
    >
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={told} onDismiss={command.clear} />
      {done === null ? null : (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{done}</MessageBarBody>
        </MessageBar>
      )}
      {value === null && fault === null ? <Spinner /> : null}
      {value === null || value.place === 'ready' ? null : <p className={styles.text}>{t(cannot[value.place])}</p>}
      {value?.place === 'ready' ? (
        <>
          <p className={styles.text}>{t('daily-watch.what')}</p>
          {value.registered && done === null ? <p className={styles.text}>{t('daily-watch.registered')}</p> : null}
          <Field label={t('daily-watch.at')}>
            <Input className={styles.time} value={at} data-field="at" onChange={(_, typed) => setAt(typed.value)} />
          </Field>
          <Field label={t('daily-watch.runs')}>
            <RadioGroup value={logon} onChange={(_, chosen) => setLogon(chosen.value === 'password' ? 'password' : 'interactive')}>
              <Radio
                value="interactive"
                label={
                  <>
                    {t('daily-watch.interactive', { account })}
                    <br />
                    <span className={styles.below}>{t('daily-watch.interactive.hint')}</span>
                  </>
                }
              />
              <Radio
                value="password"
                label={
                  <>
                    {t('daily-watch.always')}
                    <br />
                    <span className={styles.below}>{t('daily-watch.always.hint')}</span>
                  </>
                }
              />
            </RadioGroup>
          </Field>
          {logon === 'interactive' ? null : (
            <Field label={t('daily-watch.password', { account })} required>
              <Input
                type="password"
                autoComplete="off"
                data-field="password"
                value={password}
                onChange={(_, typed) => setPassword(typed.value)}
              />
            </Field>
          )}
          <div className={styles.ticks}>
            <Checkbox
              checked={rotate}
              onChange={(_, { checked }) => setRotate(checked === true)}
              label={
                <>
                  {t('daily-watch.rotate')}
                  <br />
                  <span className={styles.below}>{t('daily-watch.rotate.hint')}</span>
                </>
              }
            />
            {rotate ? (
              <div className={styles.within}>
                <Field label={t('daily-watch.pfx-folder')} hint={t('daily-watch.pfx-folder.hint')}>
                  <Input value={pfxFolder} data-field="pfx-folder" onChange={(_, typed) => setPfxFolder(typed.value)} />
                </Field>
                <Field label={t('daily-watch.pfx-password-file')}>
                  <Input value={pfxPasswordFile} data-field="pfx-password-file" onChange={(_, typed) => setPfxPasswordFile(typed.value)} />
                </Field>
              </div>
            ) : null}
            <Checkbox checked={eventLog} onChange={(_, { checked }) => setEventLog(checked === true)} label={t('daily-watch.event-log')} />
          </div>
        </>
      ) : null}
    </DialogShell>
  );
}
