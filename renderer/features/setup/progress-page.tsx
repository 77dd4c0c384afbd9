import { Button, Card, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import { CodeView } from './code-view.tsx';
import { Elapsed } from './elapsed.tsx';
import { LineList } from './line-list.tsx';
import { changesDone, type Stage } from './setup-state.ts';
import { StagePage } from './stage-page.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export interface ProgressPageProps {
  readonly stage: Extract<Stage, { at: 'applying' }>;
  readonly onCancel: () => void;
}

/** While changes are made: what was done, what is waited for, how long it has taken. */
export function ProgressPage({ stage, onCancel }: ProgressPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { preview, lines, total, cancelling, code } = stage;
  const done = Math.min(changesDone(lines), total);
  const count = t('setup.apply.count', { done, total });
  const actions = (
    <Button onClick={onCancel} disabledFocusable={cancelling}>
      {t('app.cancel')}
    </Button>
  );
  return (
    <StagePage step="apply" title={t('setup.apply.title', { tenant: preview.tenant.displayName })} actions={actions}>
      <div className={styles.head}>
        <span>{count}</span>
        <Elapsed />
      </div>
      <ProgressBar value={done} max={total} aria-label={count} />
      {code === null ? null : (
        <Card>
          <CodeView code={code} />
        </Card>
      )}
      <LineList lines={lines} />
      <p className={styles.text}>{t(cancelling ? 'setup.apply.cancelling' : 'setup.apply.safe')}</p>
    </StagePage>
  );
}
