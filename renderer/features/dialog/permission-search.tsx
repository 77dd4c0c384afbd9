import { Button, Combobox, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Draft, FaultView, Output } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { fittingPermissions } from './fitting-permissions.ts';

type Found = Output<'permissions:find'>;

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS },
  choice: { minWidth: 0, width: '100%' },
});

export interface PermissionSearchProps {
  readonly draft: Pick<Draft, 'tenant' | 'cloud'>;
  /** As API/VALUE. */
  readonly onChoose: (permission: string) => void;
}

/** Permissions by name, from the service principals of the tenant: somebody signs in first, and nothing is written. */
export function PermissionSearch({ draft, onChoose }: PermissionSearchProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [searching, setSearching] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [fault, setFault] = useState<FaultView | null>(null);
  const [typed, setTyped] = useState('');
  // Whoever leaves the dialog does not leave a browser waiting.
  const abandon = useEffectEvent(() => void (searching && request('permissions:cancel', null)));
  useEffect(() => () => abandon(), []);

  async function search(): Promise<void> {
    setFault(null);
    setSearching(true);
    const outcome = await request('permissions:find', { tenant: draft.tenant, cloud: draft.cloud });
    setSearching(false);
    if (outcome.ok) setFound(outcome.value);
    else if (outcome.fault.code !== 'interrupted') setFault(outcome.fault);
  }

  if (found === null)
    return (
      <>
        <div className={styles.line}>
          {searching ? <Spinner size="tiny" label={t('dialog.permissions.signing-in')} /> : null}
          <Button size="small" onClick={() => void (searching ? request('permissions:cancel', null) : search())}>
            {t(searching ? 'app.cancel' : 'dialog.permissions.search')}
          </Button>
        </div>
        <FaultBar fault={fault} onDismiss={() => setFault(null)} />
      </>
    );
  return (
    <Field label={t('dialog.permissions.find')} orientation="horizontal">
      <Combobox
        className={styles.choice}
        freeform
        value={typed}
        selectedOptions={[]}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_, { optionValue }) => {
          setTyped('');
          if (optionValue !== undefined) onChoose(optionValue);
        }}
      >
        {fittingPermissions(found, typed).map(({ permission, resource, value, displayName }) => (
          <Option key={permission} value={permission} text={permission}>
            {displayName === value ? `${value} · ${resource}` : `${value} · ${displayName} · ${resource}`}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
