import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../app/announce.tsx';
import { request } from '../../app/bridge.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useCommand } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';
import { RegistrationChoice, type RegistrationWish } from './registration-choice.tsx';
import { RegistrationRun } from './registration-run.tsx';
import { useRun } from '../run/index.ts';

export interface Removed {
  readonly rows: readonly CredentialRow[];
  /** The keys are forgotten: there is no Undo. */
  readonly purged: boolean;
  /** The registration went too: Undo signs somebody in. */
  readonly registration: boolean;
}

export interface RemoveDialogProps {
  readonly rows: readonly CredentialRow[];
  /** What was deleted; null when nothing was. */
  readonly onClose: (removed: Removed | null) => void;
}

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  names: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, maxHeight: '120px', overflowY: 'auto' },
  facts: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  link: { alignSelf: 'flex-start' },
});

/** Our key, and no server that is known to have it: then there is no other copy. */
const onlyHere = ({ custody, certificate, handover }: CredentialRow) =>
  custody === 'keyring' && certificate !== null && handover?.thumbprint !== certificate.thumbprint;

/** Deletes from the list; says what stays in the tenant, and when the key exists nowhere else. */
export function RemoveDialog({ rows, onClose }: RemoveDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const announce = useAnnounce();
  const { attempt, fault, busy, clear } = useCommand();
  const primary = useRef<HTMLButtonElement>(null);
  const keep = useCallback((button: HTMLButtonElement | null) => void (primary.current = button), []);
  // After Fluent's own choice, which is the first control: Delete can be undone, forgetting the key cannot.
  useEffect(() => {
    const frame = globalThis.requestAnimationFrame(() => primary.current?.focus());
    return () => globalThis.cancelAnimationFrame(frame);
  }, []);
  const [purge, setPurge] = useState(false);
  const [registration, setRegistration] = useState<RegistrationWish>({ wanted: false, confirmName: '' });
  const [run, removal] = useRun(() => request('removal:begin', { id: first?.id ?? '', confirmName: registration.confirmName }));
  const [done, setDone] = useState<readonly CredentialRow[]>([]);
  const [first] = rows;
  const name = first?.name ?? '';
  const registered = rows.filter((row) => row.clientId !== null);
  const keysOnlyHere = rows.filter(onlyHere).length;
  const withKey = rows.filter((row) => row.custody === 'keyring' && row.certificate !== null).length;

  const remove = async () => {
    const gone = [...done];
    for (const row of rows.filter((each) => !done.includes(each))) {
      if (!(await attempt('credential:remove', { id: row.id, purge })).ok) {
        setDone(gone);
        return;
      }
      gone.push(row);
    }
    announce(t('manager.removed', { count: gone.length, name }));
    onClose({ rows: gone, purged: purge, registration: false });
  };
  // Main validates the name before anybody signs in.
  const proceed = () => (registration.wanted ? removal.begin() : void remove());
  const aboutName = run.fault?.code === 'removal.name-not-confirmed' ? `${run.fault.message} ${run.fault.fix}` : null;
  // What is deleted already when a later one fails can still be undone.
  const leave = () => onClose(done.length > 0 ? { rows: done, purged: purge, registration: false } : null);
  if (run.named)
    return (
      <RegistrationRun
        kind="removal"
        name={name}
        tenant={rows[0]?.tenantDomain || (rows[0]?.tenantId ?? '')}
        state={run}
        actions={removal}
        onClose={(gone) => onClose(gone ? { rows, purged: false, registration: true } : null)}
      />
    );

  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => (open ? undefined : leave())}>
      <DialogSurface data-dialog="remove">
        <DialogBody>
          <DialogTitle>{t('remove-dialog.title', { count: rows.length, name })}</DialogTitle>
          <DialogContent className={styles.content}>
            <FaultBar fault={fault} onDismiss={clear} />
            <FaultBar fault={aboutName === null ? run.fault : null} />
            {rows.length > 1 ? (
              <ul className={styles.names} tabIndex={0}>
                {rows.map((row) => (
                  <li key={row.id}>{row.name}</li>
                ))}
              </ul>
            ) : null}
            <ul className={styles.facts}>
              {registration.wanted ? null : registered.length > 0 ? (
                <li>
                  {t('remove-dialog.stays', {
                    count: registered.length,
                    tenant: registered[0]?.tenantName || (registered[0]?.tenantDomain ?? ''),
                    clientId: registered[0]?.clientId ?? '',
                  })}
                </li>
              ) : (
                <li>{t('remove-dialog.not-registered')}</li>
              )}
              {keysOnlyHere > 0 ? <li>{t('remove-dialog.key-only-here', { count: keysOnlyHere })}</li> : null}
              <li>{t(purge && !registration.wanted ? 'remove-dialog.no-undo' : 'remove-dialog.undo')}</li>
            </ul>
            {rows.length === 1 && first !== undefined && first.clientId !== null ? (
              first.adopted ? (
                <span>{t('remove-dialog.adopted')}</span>
              ) : (
                <RegistrationChoice row={first} wish={registration} problem={aboutName} onWish={setRegistration} onEnter={proceed} />
              )
            ) : null}
            {withKey > 0 && !registration.wanted ? (
              <Checkbox
                checked={purge}
                onChange={(_, { checked }) => setPurge(checked === true)}
                label={t('remove-dialog.purge', { count: withKey })}
              />
            ) : null}
            {rows.length === 1 && first !== undefined && first.clientId !== null ? (
              <Button size="small" className={styles.link} onClick={() => void request('portal:open', { id: first.id, page: 'overview' })}>
                {t('manager.open-portal')}
              </Button>
            ) : null}
          </DialogContent>
          <DialogActions>
            <Button onClick={leave} disabled={busy}>
              {t('app.cancel')}
            </Button>
            <Button ref={keep} appearance="primary" disabledFocusable={busy} onClick={proceed}>
              {t(registration.wanted ? 'remove-dialog.sign-in' : purge ? 'remove-dialog.delete-purge' : 'manager.delete')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
