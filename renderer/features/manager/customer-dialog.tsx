import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { request } from '../../bridge/bridge.ts';
import { useEachRow } from '../../parts/each-row.ts';
import { FailedRows } from '../../parts/failed-rows.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { DialogShell } from '../../parts/dialog-shell.tsx';

/** The customer that all of them have; empty where they differ. */
const common = (rows: readonly CredentialRow[]) => {
  const customers = new Set(rows.map(({ customer }) => customer));
  return customers.size === 1 ? ([...customers][0] ?? '') : '';
};

export interface CustomerDialogProps {
  readonly rows: readonly CredentialRow[];
  readonly onClose: () => void;
}

/** Set customer…: of one or of several. */
export function CustomerDialog({ rows, onClose }: CustomerDialogProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const each = useEachRow();
  const [customer, setCustomer] = useState(() => common(rows));
  const name = rows[0]?.name ?? '';
  const set = async () => {
    if (each.busy) return;
    const { failed } = await each.run(rows, ({ id }) => request('credential:annotate', { id, customer }));
    if (failed.length > 0) return;
    announce(t('manager.customer.done', { count: rows.length, name }));
    onClose();
  };
  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={each.busy}>
        {t('manager.customer.set')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': 'customer' }}
      title={t('manager.customer.title', { count: rows.length, name })}
      actions={buttons}
      onSubmit={() => void set()}
      onClose={onClose}
    >
      <FailedRows {...each} />
      <Field label={t('field.customer')} hint={t('manager.customer.hint')}>
        <Input value={customer} autoComplete="off" data-field="customer" onChange={(_, { value }) => setCustomer(value)} />
      </Field>
    </DialogShell>
  );
}
