import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useDialogStyles } from '../parts/dialog-styles.ts';
import { FaultBar } from '../parts/fault-bar.tsx';
import { useTexts } from '../bridge/texts.tsx';
import type { TextKey } from '../bridge/catalogue.ts';
import { Elapsed } from './elapsed.tsx';
import { LineList } from './line-list.tsx';
import { doneIn } from './lines.ts';
import { PlanList } from './plan-list.tsx';
import { PlannedAnew } from './planned-anew.tsx';
import { SignInCard, signInTitle } from './sign-in-card.tsx';
import { StagePage } from './stage-page.tsx';
import type { RunState } from './run-state.ts';
import type { RunActions } from './use-run.ts';

const useStyles = makeStyles({ quiet: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' } });

/** What the pages of a run say of it. Each may name the credential; title and apply the tenant as well. */
export interface RunWords {
  readonly title: TextKey;
  readonly warning: TextKey;
  readonly apply: TextKey;
  readonly working: TextKey;
  readonly failed: TextKey;
  readonly stopped: TextKey;
}

export interface RunPageProps {
  readonly words: RunWords;
  /** How much the plan takes away. */
  readonly warns: boolean;
  readonly name: string;
  /** Domain or id of the tenant of that credential. */
  readonly tenant: string;
  /** How far it has come, where it has several parts. */
  readonly steps?: ReactNode;
  readonly state: RunState;
  readonly actions: RunActions;
  readonly onClose: () => void;
}

function RunSignIn({ tenant, steps = null, state, actions, onClose }: RunPageProps) {
  const { t } = useTexts();
  const title = signInTitle(state);
  const cancel = <Button onClick={onClose}>{t('app.cancel')}</Button>;
  return (
    <StagePage key={title} steps={steps} title={t(title)} actions={cancel}>
      <SignInCard progress={state} tenant={tenant} onCopyAddress={actions.copyAddress} onUseCode={actions.useCode} />
    </StagePage>
  );
}

function RunPlan({ words, steps = null, warns, name, state: { preview, lines }, actions, onClose }: RunPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { removing } = useDialogStyles();
  if (preview === null) return null;
  const where = { name, tenant: preview.tenant.displayName, domain: preview.tenant.defaultDomain };
  const done = doneIn(lines);
  const buttons = (
    <>
      <Button appearance="primary" className={warns ? removing : undefined} onClick={actions.agree}>
        {t(words.apply, where)}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <StagePage steps={steps} title={t(words.title, where)} actions={buttons}>
      <p className={styles.quiet}>
        {t('removal.plan.who', { username: preview.username, id: preview.tenant.id })}{' '}
        {done.length === 0 ? t('setup.plan.nothing-written') : null}
      </p>
      <PlannedAnew done={done} tenant={preview.tenant.displayName} />
      <MessageBar intent={warns ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>{t(words.warning)}</MessageBarBody>
      </MessageBar>
      <PlanList plan={preview.plan} />
    </StagePage>
  );
}

function RunWork({ words, steps = null, name, state, actions }: RunPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { lines, cancelling } = state;
  const cancel = (
    <Button onClick={actions.cancel} disabledFocusable={cancelling}>
      {t('app.cancel')}
    </Button>
  );
  return (
    <StagePage steps={steps} title={t(words.working, { name })} actions={cancel}>
      <Elapsed />
      <LineList lines={lines} />
      {cancelling ? <p className={styles.quiet}>{t('setup.apply.cancelling')}</p> : null}
    </StagePage>
  );
}

function RunFailed({ words, name, state: { fault, lines }, actions, onClose }: RunPageProps) {
  const { t } = useTexts();
  const stopped = fault?.code === 'interrupted';
  const again = stopped || fault?.retryable === true;
  const buttons = (
    <>
      <Button appearance={again ? 'primary' : 'secondary'} onClick={actions.begin}>
        {t('app.retry')}
      </Button>
      <Button onClick={onClose}>{t('app.close')}</Button>
    </>
  );
  const done = doneIn(lines);
  return (
    <StagePage title={t(words[stopped ? 'stopped' : 'failed'], { name })} actions={buttons}>
      <FaultBar fault={fault} />
      {done.length === 0 ? null : <LineList lines={done} />}
    </StagePage>
  );
}

export interface RunPagesProps extends RunPageProps {
  readonly stage: 'sign-in' | 'certificate' | 'plan' | 'work' | 'failed';
  /** The page that takes the server's certificate, for a run that wants one. */
  readonly certificate?: ReactNode;
}

const pages = { 'sign-in': RunSignIn, plan: RunPlan, work: RunWork, failed: RunFailed };

/** The page of a run that is not over. */
export function RunPage({ stage, certificate = null, ...page }: RunPagesProps) {
  if (stage === 'certificate') return certificate;
  const Page = pages[stage];
  return <Page {...page} />;
}
