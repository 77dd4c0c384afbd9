import { Button, Dialog, DialogSurface, makeStyles, mergeClasses } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { RunPage, runStage, type RunActions, type RunState, type RunWords, LineList, StagePage } from '../../run/index.ts';
import { verdictOf } from '../proof/index.ts';

const useStyles = makeStyles({ text: { margin: 0, overflowWrap: 'anywhere' } });

export type RunKind = 'removal' | 'restoration';

const words: Readonly<Record<RunKind, RunWords>> = {
  removal: {
    title: 'removal.plan.title',
    warning: 'removal.plan.warning',
    apply: 'removal.plan.apply',
    working: 'removal.working',
    failed: 'removal.failed',
    stopped: 'removal.stopped',
  },
  restoration: {
    title: 'restoration.plan.title',
    warning: 'restoration.plan.warning',
    apply: 'restoration.plan.apply',
    working: 'restoration.working',
    failed: 'restoration.failed',
    stopped: 'restoration.stopped',
  },
};

const ended: Readonly<Record<RunKind, TextKey>> = { removal: 'removal.done', restoration: 'restoration.done' };

interface DoneProps {
  readonly kind: RunKind;
  readonly name: string;
  readonly state: RunState;
  readonly onClose: () => void;
}

function Done({ kind, name, state: { report, lines }, onClose }: DoneProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const verdict = report === null || report.proof === null ? null : verdictOf(report, texts);
  const close = (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  );
  return (
    <StagePage title={t(ended[kind], { name })} actions={close}>
      {verdict === null ? null : <p className={styles.text}>{t(verdict.key, verdict.params)}</p>}
      <LineList lines={lines.filter(({ outcome }) => outcome === 'done' || outcome === 'refused')} />
    </StagePage>
  );
}

export interface RegistrationRunProps {
  readonly kind: RunKind;
  readonly name: string;
  /** Domain or id of its tenant. */
  readonly tenant: string;
  readonly state: RunState;
  readonly actions: RunActions;
  /** Whether it was done. */
  readonly onClose: (done: boolean) => void;
}

/** Sign in, look at what goes or comes back, and see it done: a registration deleted or restored in its tenant. */
export function RegistrationRun({ kind, name, tenant, state, actions, onClose }: RegistrationRunProps) {
  const styles = useDialogStyles();
  const stage = runStage(state);
  const close = () => onClose(stage === 'done');
  const page = { words: words[kind], warns: kind === 'removal', name, tenant, state, actions, onClose: close };
  // Escape leaves where nothing is under way.
  const leavable = stage !== 'sign-in' && stage !== 'work';
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && leavable && close()}>
      <DialogSurface className={mergeClasses(styles.surface, styles.wide)} data-dialog={kind} data-stage={stage}>
        {stage === 'done' ? <Done kind={kind} name={name} state={state} onClose={close} /> : <RunPage stage={stage} {...page} />}
      </DialogSurface>
    </Dialog>
  );
}
