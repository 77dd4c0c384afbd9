import { Dialog, DialogSurface, mergeClasses } from '@fluentui/react-components';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CredentialRow, MigrationView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';
import { useDialogStyles } from '../../parts/dialog-styles.ts';
import { useWizardStyles } from '../../parts/wizard-styles.ts';
import { RunPage, runStage, useRun, type RunWords } from '../../run/index.ts';
import { BeginPage, type Wish } from './begin-page.tsx';
import { NextPage, stageOf } from './next-page.tsx';
import { MigrationSteps } from './steps-bar.tsx';

/** What signs somebody in: the move itself, its last step, or the way back. */
type Act = 'begin' | 'finish' | 'back';

const shared = { title: 'setup.plan.title', apply: 'setup.plan.apply' } as const;
const words: Readonly<Record<Act, RunWords>> = {
  begin: { ...shared, warning: 'move.plan.warning', working: 'move.working', failed: 'move.failed', stopped: 'move.stopped' },
  finish: {
    ...shared,
    warning: 'move.finish.warning',
    working: 'move.finish.working',
    failed: 'move.finish.failed',
    stopped: 'move.finish.failed',
  },
  back: {
    ...shared,
    warning: 'move.back.warning',
    working: 'move.back.working',
    failed: 'move.back.failed',
    stopped: 'move.back.failed',
  },
};

const parts = { begin: 'grant', finish: 'finish', back: 'finish' } as const;

/** A row that says nothing of it any more. */
const gone: MigrationView = { target: '', timeline: [], next: 'nothing', canGoBack: false };

export interface MigrationDialogProps {
  readonly row: CredentialRow;
  /** Begins with the way back. */
  readonly back?: boolean;
  readonly onClose: () => void;
}

/** From EWS to another permission profile: beside first, proven, used by the server, and only then EWS goes. */
export function MigrationDialog({ row: opened, back = false, onClose }: MigrationDialogProps) {
  const { t } = useTexts();
  const styles = useDialogStyles();
  const wizard = useWizardStyles();
  const announce = useAnnounce();
  const [row, setRow] = useState(opened);
  const [typed, setTyped] = useState<Wish>({ to: '', pilot: false, mailbox: '', losses: [] });
  const [act, setAct] = useState<Act>('begin');
  /** The same for the request, which goes out before the page is drawn anew. */
  const wanted = useRef<Act>('begin');
  /** Whether a run of this dialog has taken the move back. */
  const [returned, setReturned] = useState(false);
  const { id } = row;
  const { value: offer, fault: unread } = useAnswer('migration:offer', { id }, ['ews:changed']);
  const wish: Wish = { ...typed, to: typed.to === '' ? (offer?.targets[0]?.id ?? '') : typed.to };
  const [run, actions] = useRun(() => {
    if (wanted.current === 'finish') return request('migration:finish', { id });
    if (wanted.current === 'back') return request('migration:back', { id });
    return request('migration:begin', { id, ...wish, losses: [...wish.losses] });
  });
  const { run: command, fault, busy } = useCommand();
  const stage = runStage(run);
  const ended = run.report?.credential ?? null;
  const [seen, setSeen] = useState<CredentialRow | null>(null);
  // What a run ended with is what the next page is about; what was done on that page comes after it.
  if (ended !== null && ended !== seen) {
    setSeen(ended);
    setRow(ended);
    setReturned(act === 'back');
  }
  const migration = row.migration ?? gone;
  const confirm = async () => {
    const confirmed = await command('handover:confirm', { id, thumbprint: row.certificate?.thumbprint ?? '' });
    if (confirmed === null) return;
    setRow(confirmed);
    announce(t('setup.sheet.confirmed'));
  };
  const start = (which: Act) => {
    wanted.current = which;
    setAct(which);
    actions.begin();
  };

  const goBack = useEffectEvent(() => {
    if (back) start('back');
  });
  useEffect(() => goBack(), []);

  const running = run.named && stage !== 'done';
  const begins = !returned && (migration.next === 'begin' || migration.next === 'grant');
  function page() {
    if (running)
      return (
        <RunPage
          stage={stage}
          words={words[act]}
          steps={<MigrationSteps current={act === 'begin' && stage === 'sign-in' ? 'sign-in' : parts[act]} />}
          warns={act === 'finish'}
          name={row.name}
          tenant={row.tenantDomain || row.tenantId}
          state={run}
          actions={actions}
          onClose={onClose}
        />
      );
    if (begins)
      return (
        <BeginPage
          row={row}
          migration={migration}
          offer={offer ?? { targets: [], tenantId: row.tenantId, lookedAt: null, steps: [] }}
          wish={wish}
          fault={unread ?? run.fault}
          onWish={setTyped}
          onBegin={() => start('begin')}
          onBack={() => start('back')}
          onClose={onClose}
        />
      );
    return (
      <NextPage
        row={row}
        migration={migration}
        report={run.report}
        steps={offer?.steps ?? []}
        fault={fault ?? run.fault}
        busy={busy}
        onConfirm={() => void confirm()}
        onFinish={() => start('finish')}
        onBack={() => start('back')}
        onClose={onClose}
      />
    );
  }
  // Escape leaves where nothing is under way.
  const leavable = !run.named || stage === 'plan' || stage === 'failed' || stage === 'done';
  const at = running ? stage : begins ? 'begin' : stageOf(migration);
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && leavable && onClose()}>
      <DialogSurface className={mergeClasses(styles.surface, wizard.surface)} data-dialog="migration" data-stage={at}>
        {page()}
      </DialogSurface>
    </Dialog>
  );
}
