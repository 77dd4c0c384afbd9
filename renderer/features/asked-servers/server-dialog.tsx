import { Button, Checkbox, Field, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { useFacts } from '../../bridge/facts.ts';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { ShownCertificate, type Shown } from './shown-certificate.tsx';
import { kindNames } from './kind-names.ts';

export type AskedServer = Output<'server:list'>['servers'][number];

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

interface Typed {
  readonly name: string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly keepPassword: boolean;
}

const changedOf = (typed: Typed, { name, address, user, password }: AskedServer) => ({
  ...(typed.name === name ? {} : { name: typed.name }),
  ...(typed.address === address ? {} : { address: typed.address }),
  ...(typed.user === user ? {} : { user: typed.user }),
  ...(typed.password === '' ? {} : { password: typed.password }),
  ...(typed.keepPassword === (password === 'kept') ? {} : { keepPassword: typed.keepPassword }),
});

export interface ServerDialogProps {
  /** Null adds one. */
  readonly server: AskedServer | null;
  readonly keepsPasswords: boolean;
  /** What was kept; null where nothing was. */
  readonly onClose: (kept: AskedServer | null) => void;
}

/** In practice: what the servers that stand beside the simulated tenants take, so that nobody has to copy it from a page. */
function PracticeServers({ onChoose }: { readonly onChoose: (typed: Omit<Typed, 'keepPassword'>) => void }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { value } = useAnswer('practice:servers', null);
  if (value === null || value.length === 0) return null;
  return (
    <div className={styles.line} data-practice-servers>
      <span>{t('asked.practice')}</span>
      {value.map(({ kind, address, user, password }) => (
        <Button key={kind} size="small" onClick={() => onChoose({ name: t(kindNames[kind]), address, user, password })}>
          {t(kindNames[kind])}
        </Button>
      ))}
    </div>
  );
}

/** A server that is asked: its address, who asks, and then its certificate, before anything is sent to it. */
export function ServerDialog({ server, keepsPasswords, onClose }: ServerDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { practice } = useFacts();
  const { run, fault, busy, clear } = useCommand();
  const [shown, setShown] = useState<Shown | null>(null);
  const [typed, setTyped] = useState<Typed>({
    name: server?.name ?? '',
    address: server?.address ?? '',
    user: server?.user ?? '',
    password: '',
    keepPassword: keepsPasswords && (server === null || server.password === 'kept'),
  });
  const type = (some: Partial<Typed>) => {
    clear();
    setTyped((was) => ({ ...was, ...some }));
  };
  const wanted = [typed.name, typed.address, typed.user, ...(server === null ? [typed.password] : [])];
  const complete = wanted.every((each) => each.trim() !== '');
  const connect = async (pin: string | null) => {
    const answer =
      server === null
        ? await run('server:add', { ...typed, pin })
        : await run('server:set', { id: server.id, ...changedOf(typed, server), ...(pin === null ? {} : { pin }) });
    if (answer === null) setShown(null);
    else if ('server' in answer) onClose(answer.server);
    else setShown(answer.certificate);
  };
  const field = (name: Exclude<keyof Typed, 'keepPassword'>, hint: string | null, more: object = {}) => (
    <Field label={t(`asked.field.${name}`)} {...(hint === null ? {} : { hint })}>
      <Input
        name={name}
        value={typed[name]}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => type({ [name]: value })}
        {...more}
      />
    </Field>
  );
  const buttons = (
    <>
      <Button
        key={shown === null ? 'connect' : 'accept'}
        appearance="primary"
        disabledFocusable={busy || !complete}
        {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
        // A certificate is never accepted by Enter alone: it is to be compared first.
        {...(shown === null ? { type: 'submit' as const } : { onClick: () => void connect(shown.sha256) })}
      >
        {t(shown === null ? 'asked.connect' : 'asked.certificate.accept')}
      </Button>
      <Button onClick={() => (shown === null ? onClose(null) : setShown(null))}>{t(shown === null ? 'app.cancel' : 'app.back')}</Button>
    </>
  );
  const title =
    shown !== null
      ? t('asked.certificate.title', { name: typed.name })
      : server === null
        ? t('asked.add.title')
        : t('asked.edit.title', { name: server.name });
  return (
    <DialogShell
      marks={{ 'data-dialog': 'server', 'data-shows': shown === null ? 'fields' : 'certificate' }}
      title={title}
      actions={buttons}
      dimmed
      onSubmit={() => !busy && complete && shown === null && void connect(null)}
      onClose={() => onClose(null)}
    >
      <FaultBar fault={fault} onDismiss={clear} />
      {shown === null ? (
        <div className={styles.fields}>
          {practice && server === null ? <PracticeServers onChoose={type} /> : null}
          {field('name', null, { autoFocus: true })}
          {field('address', t('asked.field.address.hint'))}
          {field('user', t('asked.field.user.hint'))}
          {field('password', server === null ? null : t('asked.field.password.kept'), { type: 'password' })}
          {keepsPasswords ? (
            <Checkbox
              checked={typed.keepPassword}
              label={t('asked.field.keep')}
              onChange={(_, { checked }) => type({ keepPassword: checked === true })}
            />
          ) : (
            <span>{t('asked.field.keep.forbidden')}</span>
          )}
        </div>
      ) : (
        <ShownCertificate certificate={shown} />
      )}
    </DialogShell>
  );
}
