import { MessageBar, MessageBarBody, makeStyles, typographyStyles } from '@fluentui/react-components';
import { useTexts } from '../bridge/texts.tsx';
import { LineList } from './line-list.tsx';
import type { Line } from './lines.ts';

const useStyles = makeStyles({ heading: { ...typographyStyles.body1Strong, margin: 0 } });

export interface PlannedAnewProps {
  /** What the plan before this one did. */
  readonly done: readonly Line[];
  /** Display name of the tenant. */
  readonly tenant: string;
}

/** Above a plan that takes the place of one of which a part was already done: why it is asked for again, and what stays done. */
export function PlannedAnew({ done, tenant }: PlannedAnewProps) {
  const { t } = useTexts();
  const styles = useStyles();
  if (done.length === 0) return null;
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('setup.plan.anew', { tenant })}</MessageBarBody>
      </MessageBar>
      <section data-done-before>
        <h3 className={styles.heading}>{t('setup.failed.done')}</h3>
        <LineList lines={done} />
      </section>
    </>
  );
}
