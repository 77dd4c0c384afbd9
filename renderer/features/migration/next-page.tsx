import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { CredentialRow, FaultView, MigrationView, ReportView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { StagePage } from '../../run/index.ts';
import { CheckList } from '../proof/index.ts';
import { MigrationSteps, stepOf } from './steps-bar.tsx';
import { MigrationTimeline } from './timeline.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

export interface NextPageProps {
  readonly row: CredentialRow;
  readonly migration: MigrationView;
  /** What the last run in this dialog ended with; null before one. */
  readonly report: ReportView | null;
  /** What is done in the server. */
  readonly steps: readonly string[];
  readonly fault: FaultView | null;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onFinish: () => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

type Stage = 'handover' | 'finish' | 'nothing' | 'rolled-back';

const texts: Readonly<Record<Stage, { readonly title: TextKey; readonly what: TextKey }>> = {
  handover: { title: 'move.handover.title', what: 'move.handover.what' },
  finish: { title: 'move.finish.title', what: 'move.finish.what' },
  nothing: { title: 'move.done.title', what: 'move.done.what' },
  'rolled-back': { title: 'move.rolled-back.title', what: 'move.rolled-back.what' },
};

/** What a move waits for. */
export const stageOf = ({ next }: MigrationView): Stage => (next === 'begin' || next === 'grant' ? 'rolled-back' : next);

/** After the new permissions stand: the server's turn, then EWS goes; and back at any time. */
export function NextPage({ row, migration, report, steps, fault, busy, onConfirm, onFinish, onBack, onClose }: NextPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const stage = stageOf(migration);
  const params = { name: row.name, target: migration.target };
  const waits = stage === 'handover' || stage === 'finish';
  const failed = report?.proof?.checks.filter(({ result }) => result === 'failed') ?? [];
  const buttons = (
    <>
      {stage === 'handover' ? (
        <Button appearance="primary" disabledFocusable={busy || row.certificate === null} onClick={onConfirm}>
          {t('move.handover.worked', params)}
        </Button>
      ) : null}
      {stage === 'finish' ? (
        <Button appearance="primary" disabledFocusable={busy} onClick={onFinish}>
          {t('move.finish')}
        </Button>
      ) : null}
      <Button appearance={waits ? 'secondary' : 'primary'} onClick={onClose}>
        {t(waits ? 'setup.sheet.later' : 'app.close')}
      </Button>
    </>
  );
  const back = migration.canGoBack ? (
    <Button disabledFocusable={busy} onClick={onBack}>
      {t('move.back')}
    </Button>
  ) : null;
  return (
    <StagePage
      key={stage}
      steps={stage === 'rolled-back' ? null : <MigrationSteps current={stepOf(migration)} />}
      title={t(texts[stage].title, params)}
      actions={buttons}
      aside={back}
    >
      <FaultBar fault={fault} />
      <MigrationTimeline migration={migration} />
      {failed.length === 0 ? null : (
        <>
          <p className={styles.text}>{t('move.not-proven')}</p>
          <CheckList checks={failed} />
        </>
      )}
      {stage === 'handover' ? (
        <ol className={styles.list}>
          {steps.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      ) : null}
      <p className={styles.text}>{t(texts[stage].what, params)}</p>
    </StagePage>
  );
}
