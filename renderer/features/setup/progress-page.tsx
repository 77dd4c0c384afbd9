import { Button, Card, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import { CodeView, LineList, PlanList, changesDone, StagePage } from '../../run/index.ts';
import type { Stage } from './setup-state.ts';

const useStyles = makeStyles({ text: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' } });

export interface ProgressPageProps {
  readonly stage: Extract<Stage, { at: 'applying' }>;
  readonly onCancel: () => void;
}

/** While changes are made: the plan, with what was done of it, and one line that says what is waited for. */
export function ProgressPage({ stage, onCancel }: ProgressPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { preview, lines, total, cancelling, code } = stage;
  const done = Math.min(changesDone(lines), total);
  const count = t('setup.apply.count', { done, total });
  const last = lines.at(-1);
  const passing = last !== undefined && (last.outcome === 'waiting' || last.outcome === 'doing') ? last : null;
  const attempts = passing?.attempts ?? 0;
  const now = [
    count,
    passing?.text ?? null,
    attempts > 1 ? t('setup.apply.attempt', { attempt: attempts }) : null,
    cancelling ? t('setup.apply.cancelling') : null,
  ].filter((each) => each !== null);
  const named = lines.filter((line) => line.name !== undefined || line.outcome === 'done' || line.outcome === 'refused');
  // What is in no line of this plan, e.g. what the plan before it did, or a finding that was ticked.
  const others = named.filter(
    (line) => line.name === undefined && line.step !== 'sign-in' && !preview.plan.some(({ reason }) => line.text.startsWith(reason)),
  );
  const actions = (
    <Button onClick={onCancel} disabledFocusable={cancelling}>
      {t('setup.apply.stop')}
    </Button>
  );
  return (
    <StagePage title={t('setup.apply.title', { tenant: preview.tenant.displayName })} actions={actions}>
      <p className={styles.text}>{now.join(' ')}</p>
      <ProgressBar value={done} max={total} aria-label={count} />
      {code === null ? null : (
        <Card>
          <CodeView code={code} />
        </Card>
      )}
      <PlanList plan={preview.plan} lines={lines} />
      {others.length === 0 ? null : <LineList lines={others} />}
    </StagePage>
  );
}
