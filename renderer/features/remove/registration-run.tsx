import { Button, Dialog, DialogSurface, makeStyles, mergeClasses, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { FaultBar } from '../../app/fault-bar.tsx';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import { useDialogStyles } from '../dialog/dialog-styles.ts';
import { Elapsed, LineList, PlanList, SignInCard, signInTitle, StagePage, verdictOf } from '../setup/index.ts';
import { runStage, type RunState } from './run-state.ts';
import type { RunActions } from './use-run.ts';

const useStyles = makeStyles({
  text: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

export type RunKind = 'removal' | 'restoration';

interface Words {
  readonly title: TextKey;
  readonly warning: TextKey;
  readonly apply: TextKey;
  readonly working: TextKey;
  readonly done: TextKey;
  readonly failed: TextKey;
  readonly stopped: TextKey;
}

const words: Readonly<Record<RunKind, Words>> = {
  removal: {
    title: 'removal.plan.title',
    warning: 'removal.plan.warning',
    apply: 'removal.plan.apply',
    working: 'removal.working',
    done: 'removal.done',
    failed: 'removal.failed',
    stopped: 'removal.stopped',
  },
  restoration: {
    title: 'restoration.plan.title',
    warning: 'restoration.plan.warning',
    apply: 'restoration.plan.apply',
    working: 'restoration.working',
    done: 'restoration.done',
    failed: 'restoration.failed',
    stopped: 'restoration.stopped',
  },
};

interface PageProps {
  readonly kind: RunKind;
  readonly name: string;
  readonly state: RunState;
  readonly actions: RunActions;
  readonly onClose: () => void;
}

function SignIn({ state, actions, onClose }: PageProps) {
  const { t } = useTexts();
  const title = signInTitle(state);
  const cancel = <Button onClick={onClose}>{t('app.cancel')}</Button>;
  return (
    <StagePage key={title} step={null} title={t(title)} actions={cancel}>
      <SignInCard progress={state} onCopyAddress={actions.copyAddress} onUseCode={actions.useCode} />
    </StagePage>
  );
}

function Plan({ kind, name, state: { preview }, actions, onClose }: PageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  if (preview === null) return null;
  const where = { name, tenant: preview.tenant.displayName, domain: preview.tenant.defaultDomain };
  const buttons = (
    <>
      <Button appearance="primary" onClick={actions.agree}>
        {t(words[kind].apply, where)}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <StagePage step={null} title={t(words[kind].title, where)} actions={buttons}>
      <p className={styles.quiet}>
        {t('removal.plan.who', { username: preview.username, id: preview.tenant.id })} {t('setup.plan.nothing-written')}
      </p>
      <MessageBar intent={kind === 'removal' ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>{t(words[kind].warning)}</MessageBarBody>
      </MessageBar>
      <PlanList plan={preview.plan} />
    </StagePage>
  );
}

function Work({ kind, name, state, actions }: PageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { lines, cancelling } = state;
  const cancel = (
    <Button onClick={actions.cancel} disabledFocusable={cancelling}>
      {t('app.cancel')}
    </Button>
  );
  return (
    <StagePage step={null} title={t(words[kind].working, { name })} actions={cancel}>
      <Elapsed />
      <LineList lines={lines} />
      {cancelling ? <p className={styles.quiet}>{t('setup.apply.cancelling')}</p> : null}
    </StagePage>
  );
}

function Failed({ kind, name, state: { fault, lines }, actions, onClose }: PageProps) {
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
  const done = lines.filter(({ outcome, step }) => outcome === 'done' && step !== 'G1');
  return (
    <StagePage step={null} title={t(words[kind][stopped ? 'stopped' : 'failed'], { name })} actions={buttons}>
      <FaultBar fault={fault} />
      {done.length === 0 ? null : <LineList lines={done} />}
    </StagePage>
  );
}

function Done({ kind, name, state: { report, lines }, onClose }: PageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const verdict = report === null || report.proof === null ? null : verdictOf(report);
  const close = (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  );
  return (
    <StagePage step={null} title={t(words[kind].done, { name })} actions={close}>
      {verdict === null ? null : <p className={styles.text}>{t(verdict.key, verdict.params)}</p>}
      <LineList lines={lines.filter(({ outcome }) => outcome === 'done' || outcome === 'refused')} />
    </StagePage>
  );
}

const pages = { 'sign-in': SignIn, plan: Plan, work: Work, failed: Failed, done: Done };

export interface RegistrationRunProps {
  readonly kind: RunKind;
  readonly name: string;
  readonly state: RunState;
  readonly actions: RunActions;
  /** Whether it was done. */
  readonly onClose: (done: boolean) => void;
}

/** Sign in, look at what goes or comes back, and see it done: a registration deleted or restored in its tenant. */
export function RegistrationRun({ kind, name, state, actions, onClose }: RegistrationRunProps) {
  const styles = useDialogStyles();
  const stage = runStage(state);
  const Page = pages[stage];
  const close = () => onClose(stage === 'done');
  // Escape leaves where nothing is under way.
  const leavable = stage !== 'sign-in' && stage !== 'work';
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && leavable && close()}>
      <DialogSurface className={mergeClasses(styles.surface, styles.wide)} data-dialog={kind} data-stage={stage}>
        <Page kind={kind} name={name} state={state} actions={actions} onClose={close} />
      </DialogSurface>
    </Dialog>
  );
}
