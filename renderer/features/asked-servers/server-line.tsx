import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { useCommand } from '../../bridge/outcome.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { CertificateDialog } from './certificate-dialog.tsx';
import type { Finding } from './findings-notice.tsx';
import { kindNames } from './kind-names.ts';
import { LineFindings } from './line-findings.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { ServerDialog, type AskedServer } from './server-dialog.tsx';
import { ServerFault } from './server-fault.tsx';
import { ShowDialog } from './show-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  text: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, justifyContent: 'flex-end' },
  below: { gridColumnStart: 1, gridColumnEnd: -1 },
});

type Opened = 'show' | 'edit' | 'remove' | 'certificate' | 'password' | 'take-over';

function RemoveDialog({ server, onClose }: { readonly server: AskedServer; readonly onClose: (removed: boolean) => void }) {
  const { t } = useTexts();
  const { attempt, fault, busy } = useCommand();
  const remove = async () => {
    if ((await attempt('server:remove', { id: server.id })).ok) onClose(true);
  };
  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={busy}>
        {t('asked.remove.confirm')}
      </Button>
      <Button onClick={() => onClose(false)}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'remove-server' }}
      title={t('asked.remove.title', { name: server.name })}
      actions={buttons}
      alert
      onSubmit={() => !busy && void remove()}
      onClose={() => onClose(false)}
    >
      <FaultBar fault={fault} />
      {t('asked.remove.body')}
    </DialogShell>
  );
}

export interface ServerLineProps {
  readonly server: AskedServer;
  /** What it was found to need. */
  readonly findings: readonly Finding[];
  readonly keepsPasswords: boolean;
  readonly onChanged: () => void;
}

/** One server with what can be done about it. */
export function ServerLine({ server, findings, keepsPasswords, onChanged }: ServerLineProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { attempt, busy } = useCommand();
  const [fault, setFault] = useState<FaultView | null>(null);
  const [open, setOpen] = useState<Opened | null>(null);
  const around = useFocusReturn<HTMLDivElement>(open !== null);
  const { name, kind, version, address, user, instances, lastContact, password } = server;
  // Each line has the same buttons.
  const of = (action: TextKey) => t('asked.action', { action: t(action), name });
  const test = async () => {
    setFault(null);
    const outcome = await attempt('server:test', { id: server.id });
    if (!outcome.ok) setFault(outcome.fault);
    else if ('certificate' in outcome.value) setOpen('certificate');
    else {
      announce(t('asked.tested', { name, version: outcome.value.server.version }));
      onChanged();
    }
  };
  const save = async () => {
    setFault(null);
    const outcome = await attempt('server:save-recording', { id: server.id });
    if (!outcome.ok) setFault(outcome.fault);
    else if (outcome.value !== null) announce(t('asked.saved', outcome.value));
  };
  const closed = (changed: boolean) => {
    setOpen(null);
    if (!changed) return;
    setFault(null);
    onChanged();
  };
  return (
    <li className={styles.line} data-server={name}>
      <div className={styles.text}>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>
          {t(kindNames[kind])} {version}
          {kind === 'spe' ? `, ${t('asked.instances', { count: instances.length })}` : null}
        </span>
        <span className={styles.quiet}>
          {address}, {user}
        </span>
        <span className={styles.quiet}>
          {password === 'wanted' ? t('asked.password.wanted') : t('asked.last-contact', { time: dateTime(lastContact) })}
        </span>
      </div>
      <div className={styles.actions} ref={around}>
        <Button
          size="small"
          data-action="test"
          aria-label={of(busy ? 'asked.connecting' : 'asked.test')}
          disabledFocusable={busy}
          {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => void test()}
        >
          {t(busy ? 'asked.connecting' : 'asked.test')}
        </Button>
        {password === 'wanted' ? (
          <Button size="small" data-action="password" aria-label={of('asked.password.type')} onClick={() => setOpen('password')}>
            {t('asked.password.type')}
          </Button>
        ) : null}
        <Button size="small" data-action="show" aria-label={of('asked.show')} onClick={() => setOpen('show')}>
          {t('asked.show')}
        </Button>
        <Button size="small" data-action="take-over" aria-label={of('asked.take-over')} onClick={() => setOpen('take-over')}>
          {t('asked.take-over')}
        </Button>
        <Button size="small" data-action="save" aria-label={of('asked.save')} disabledFocusable={busy} onClick={() => void save()}>
          {t('asked.save')}
        </Button>
        <Button size="small" data-action="edit" aria-label={of('asked.edit')} onClick={() => setOpen('edit')}>
          {t('asked.edit')}
        </Button>
        <Button size="small" data-action="remove" aria-label={of('asked.remove')} onClick={() => setOpen('remove')}>
          {t('asked.remove')}
        </Button>
      </div>
      <LineFindings className={styles.below} server={server} findings={findings} />
      {fault === null ? null : (
        <div className={styles.below}>
          <ServerFault server={server} fault={fault} onAgain={() => void test()} />
        </div>
      )}
      {open === 'show' ? <ShowDialog server={server} onClose={() => setOpen(null)} /> : null}
      {open === 'edit' ? <ServerDialog server={server} keepsPasswords={keepsPasswords} onClose={(kept) => closed(kept !== null)} /> : null}
      {open === 'remove' ? (
        <RemoveDialog
          server={server}
          onClose={(removed) => {
            if (removed) announce(t('asked.removed', { name }));
            closed(removed);
          }}
        />
      ) : null}
      {open === 'take-over' ? <TakeOverDialog server={server} onClose={() => setOpen(null)} /> : null}
      {open === 'certificate' ? <CertificateDialog server={server} onClose={closed} /> : null}
      {open === 'password' ? <PasswordDialog server={server} onClose={closed} /> : null}
    </li>
  );
}
