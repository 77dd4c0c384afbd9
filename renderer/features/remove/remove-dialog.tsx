import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useEachRow } from '../../parts/each-row.ts';
import { FailedRows } from '../../parts/failed-rows.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { RegistrationChoice, type RegistrationWish } from './registration-choice.tsx';
import { RegistrationRun } from './registration-run.tsx';
import { useRun } from '../../run/index.ts';

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
  names: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, maxHeight: '120px', overflowY: 'auto' },
  facts: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  link: { alignSelf: 'flex-start' },
});

/** Of more than so many the number is typed. */
const most = 10;

/** Our key, and no server that is known to have it: then there is no other copy. */
const onlyHere = ({ custody, certificate, handover }: CredentialRow) =>
  custody === 'keyring' && certificate !== null && handover?.thumbprint !== certificate.thumbprint;

/** Deletes from the list; says what stays in the tenant, and when the key exists nowhere else. */
export function RemoveDialog({ rows, onClose }: RemoveDialogProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { removing } = useDialogStyles();
  const announce = useAnnounce();
  const each = useEachRow();
  const { busy, done } = each;
  const safe = useRef<HTMLButtonElement>(null);
  const keep = useCallback((button: HTMLButtonElement | null) => void (safe.current = button), []);
  // After Fluent's own choice, which is the first control.
  useEffect(() => {
    const frame = globalThis.requestAnimationFrame(() => safe.current?.focus());
    return () => globalThis.cancelAnimationFrame(frame);
  }, []);
  const [purge, setPurge] = useState(false);
  const [registration, setRegistration] = useState<RegistrationWish>({ wanted: false, confirmName: '' });
  const [run, removal] = useRun(() => request('removal:begin', { id: first?.id ?? '', confirmName: registration.confirmName }));
  const [first] = rows;
  const name = first?.name ?? '';
  const registered = rows.filter((row) => row.clientId !== null);
  const keysOnlyHere = rows.filter(onlyHere).length;
  const withKey = rows.filter((row) => row.custody === 'keyring' && row.certificate !== null).length;

  const [typed, setTyped] = useState('');
  const counted = rows.length <= most || typed.trim() === String(rows.length);

  const remove = async () => {
    const ended = await each.run(rows, ({ id }) => request('credential:remove', { id, purge }));
    if (ended.failed.length > 0) return;
    announce(t('manager.removed', { count: ended.done.length, name }));
    onClose({ rows: ended.done, purged: purge, registration: false });
  };
  // Main validates the name before anybody signs in.
  const proceed = () => {
    if (!counted || busy) return;
    if (registration.wanted) removal.begin();
    else void remove();
  };
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

  const buttons = (
    <>
      <Button className={removing} appearance="primary" disabledFocusable={busy || !counted} onClick={proceed}>
        {t(registration.wanted ? 'remove-dialog.sign-in' : purge ? 'remove-dialog.delete-purge' : 'remove-dialog.delete')}
      </Button>
      <Button ref={keep} onClick={leave} disabled={busy}>
        {t('app.cancel')}
      </Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'remove' }}
      title={t('remove-dialog.title', { count: rows.length, name })}
      actions={buttons}
      alert
      onClose={leave}
    >
      <FailedRows {...each} />
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
      {rows.length > most ? (
        <Field label={t('remove-dialog.count', { count: rows.length })}>
          <Input
            value={typed}
            inputMode="numeric"
            autoComplete="off"
            data-field="count"
            onChange={(_, { value }) => setTyped(value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') proceed();
            }}
          />
        </Field>
      ) : null}
    </DialogShell>
  );
}
