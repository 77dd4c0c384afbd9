import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { request, subscribe } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import type { AskedServer } from './server-dialog.tsx';

type Taken = Output<'server:take-over'>;

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, overflowWrap: 'anywhere' },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

const named = (instance: string | null, name: string): string => (instance === null ? name : `${instance}: ${name}`);

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const styles = useStyles();
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** What came of it: what was added, and what the one has that the other does not know. */
function Result({ taken, server }: { readonly taken: Taken; readonly server: string }) {
  const { t } = useTexts();
  const { added, known, refused, missing, ews, archives } = taken;
  return (
    <>
      <span data-taken={added.length}>{t('asked.take-over.done', { added: added.length, known: known.length })}</span>
      <Lines title={t('asked.take-over.added')} lines={added.map(({ instance, credential }) => named(instance, credential.name))} />
      <Lines
        title={t('asked.take-over.refused')}
        lines={refused.map(({ instance, name, fault }) =>
          [name === null ? instance : named(instance, name), `${fault.message} ${fault.fix}`].filter((each) => each !== null).join(' – '),
        )}
      />
      <Lines title={t('asked.take-over.missing')} lines={missing.map(({ instance, name }) => named(instance, name))} />
      <Lines title={t('asked.take-over.versions')} lines={archives.map(({ instance, version }) => named(instance, version))} />
      <Lines
        title={t('asked.take-over.profiles-unread')}
        lines={archives.flatMap(({ instance, profilesRead }) => (profilesRead ? [] : [instance ?? server]))}
      />
      <Lines title={t('asked.take-over.ews')} lines={ews.map(({ instance, profile }) => named(instance, profile))} />
    </>
  );
}

export interface TakeOverDialogProps {
  readonly server: AskedServer;
  readonly onClose: () => void;
}

/** Every credential of a server, of all its running instances, into the list, to be watched. Nobody signs in for it. */
export function TakeOverDialog({ server, onClose }: TakeOverDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, fault, busy } = useCommand();
  const [taken, setTaken] = useState<Taken | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  useEffect(
    () => subscribe('server:progress', ({ server: id, done, total }) => (id === server.id ? setProgress({ done, total }) : undefined)),
    [server.id],
  );
  const take = async () => {
    setProgress(null);
    const answer = await run('server:take-over', { id: server.id });
    if (answer !== null) setTaken(answer);
  };
  const close = () => {
    if (busy) void request('server:cancel', null);
    else onClose();
  };
  const buttons =
    taken === null ? (
      <>
        <Button key="take" type="submit" appearance="primary" disabledFocusable={busy}>
          {t('asked.take-over.begin')}
        </Button>
        <Button onClick={close}>{t('app.cancel')}</Button>
      </>
    ) : (
      <Button key="close" appearance="primary" autoFocus onClick={onClose}>
        {t('app.close')}
      </Button>
    );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'take-over' }}
      title={t('asked.take-over.title', { name: server.name })}
      actions={buttons}
      onSubmit={() => !busy && taken === null && void take()}
      onClose={close}
    >
      <FaultBar fault={fault} />
      <div className={styles.content}>
        {taken === null ? <span>{t('asked.take-over.body')}</span> : <Result taken={taken} server={server.name} />}
        {busy ? (
          <ProgressBar
            aria-label={t('asked.take-over.working')}
            {...(progress === null ? {} : { value: progress.done, max: progress.total })}
          />
        ) : null}
        {busy && progress !== null ? <span>{t('asked.take-over.progress', progress)}</span> : null}
      </div>
    </DialogShell>
  );
}
