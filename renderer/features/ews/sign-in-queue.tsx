import { Button, Checkbox, Dialog, DialogSurface, mergeClasses } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { runStage, SignInCard, signInTitle, StagePage, useRun } from '../../run/index.ts';
import type { EwsTenant } from './ews-page.tsx';

interface OneProps {
  readonly tenant: EwsTenant;
  /** Which of how many it is. */
  readonly steps: ReactNode;
  /** None is to come after it. */
  readonly last: boolean;
  /** Who signed in to the tenant before and is to do so here; null: whoever is chosen in the browser. */
  readonly account: string | null;
  /** Whether the same account signs in to those that are to come. */
  readonly same: boolean;
  readonly onSame: (same: boolean) => void;
  /** With the account that has signed in; null where nobody has. */
  readonly onNext: (account: string | null) => void;
  readonly onClose: () => void;
}

/** The sign-in to one tenant; begins by itself, and goes on by itself. */
function SignIn({ tenant, steps, last, account, same, onSame, onNext, onClose }: OneProps) {
  const { t } = useTexts();
  const name = tenant.tenantName || tenant.tenantId;
  // Where the account of the tenant before is refused, somebody chooses another one.
  const proposed = useRef(account);
  const [state, actions] = useRun(() => request('ews:sign-in', { tenantId: tenant.tenantId, account: proposed.current }));
  const again = () => {
    proposed.current = null;
    actions.begin();
  };
  const begin = useEffectEvent(() => actions.begin());
  useEffect(() => begin(), []);
  const stage = runStage(state);
  const next = useEffectEvent(() => onNext(state.account?.username ?? null));
  useEffect(() => {
    if (stage === 'done') next();
  }, [stage]);
  if (stage === 'failed')
    return (
      <StagePage
        steps={steps}
        title={t('ews-page.sign-in.failed', { tenant: name })}
        actions={
          <>
            <Button appearance="primary" onClick={again}>
              {t('app.retry')}
            </Button>
            {last ? null : <Button onClick={() => onNext(null)}>{t('ews-page.sign-in.skip')}</Button>}
            <Button onClick={onClose}>{t('app.close')}</Button>
          </>
        }
      >
        <FaultBar fault={state.fault} />
      </StagePage>
    );
  const title = signInTitle(state);
  return (
    <StagePage
      key={title}
      steps={steps}
      title={t(title)}
      actions={
        <>
          {last ? null : <Button onClick={() => onNext(null)}>{t('ews-page.sign-in.skip')}</Button>}
          <Button onClick={onClose}>{t('app.cancel')}</Button>
        </>
      }
    >
      <SignInCard progress={state} tenant={name} onCopyAddress={actions.copyAddress} onUseCode={actions.useCode} />
      {last ? null : (
        <Checkbox
          checked={same}
          data-field="same-account"
          label={t('ews-page.sign-in.same')}
          onChange={(_, { checked }) => onSame(checked === true)}
        />
      )}
    </StagePage>
  );
}

export interface SignInQueueProps {
  readonly tenants: readonly EwsTenant[];
  readonly onClose: () => void;
}

/** One sign-in after another, each tenant with its own; what fails in one stops none, and Cancel leaves the rest as they are. */
export function SignInQueue({ tenants, onClose }: SignInQueueProps) {
  const { t } = useTexts();
  const styles = useDialogStyles();
  const [at, setAt] = useState(0);
  const [same, setSame] = useState(false);
  const [account, setAccount] = useState<string | null>(null);
  const tenant = tenants[at];
  const last = at + 1 >= tenants.length;
  if (tenant === undefined) return null;
  const steps = tenants.length === 1 ? null : <span>{t('ews-page.sign-in.step', { number: at + 1, total: tenants.length })}</span>;
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && onClose()}>
      <DialogSurface className={mergeClasses(styles.surface, styles.wide)} data-dialog="ews-sign-in" data-tenant={tenant.tenantId}>
        <SignIn
          key={at}
          tenant={tenant}
          steps={steps}
          last={last}
          account={same ? account : null}
          same={same}
          onSame={setSame}
          onNext={(signedIn) => {
            if (last) return onClose();
            setAccount((before) => signedIn ?? before);
            setAt(at + 1);
          }}
          onClose={onClose}
        />
      </DialogSurface>
    </Dialog>
  );
}
