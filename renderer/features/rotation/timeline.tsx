import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowUndoFilled, CheckmarkCircleFilled, CircleRegular, ClockRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { CredentialRow, RotationView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';

type State = RotationView['timeline'][number]['state'];

const useStyles = makeStyles({
  title: { ...typographyStyles.body1Strong, margin: 0 },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
  },
  step: { display: 'grid', gridTemplateColumns: '20px auto', columnGap: tokens.spacingHorizontalXS, alignItems: 'center' },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorNeutralForeground3 },
  reached: { color: tokens.colorStatusSuccessForeground1 },
  waiting: { color: tokens.colorStatusWarningForeground3 },
  name: { display: 'inline-block', '::first-letter': { textTransform: 'uppercase' } },
  when: { gridColumnStart: 2, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const names: Readonly<Record<State, TextKey>> = {
  created: 'rotation.created',
  published: 'rotation.published',
  proven: 'rotation.proven',
  'handed-over': 'rotation.handed-over',
  removing: 'rotation.removing',
  'old-removed': 'rotation.old-removed',
  'rolled-back': 'rotation.rolled-back',
};

/** With a key of the server's nothing is signed for here, so nothing is proven here. */
function shownStates({ timeline }: RotationView, custody: CredentialRow['custody']): State[] {
  const reached = timeline.map(({ state }) => state);
  if (reached.includes('rolled-back')) return reached;
  const waits = reached.includes('removing') && !reached.includes('old-removed');
  return (['created', 'published', 'proven', 'handed-over', 'removing', 'old-removed'] as const).filter(
    (state) => (state !== 'proven' || custody === 'keyring') && (state !== 'removing' || waits),
  );
}

/** What stands before a step; `removing` ends with the step after it. */
function markOf(state: State, reached: boolean) {
  if (!reached) return { Icon: CircleRegular, colour: undefined, word: 'rotation.open' } as const;
  if (state === 'removing') return { Icon: ClockRegular, colour: 'waiting', word: 'rotation.waiting' } as const;
  if (state === 'rolled-back') return { Icon: ArrowUndoFilled, colour: undefined, word: 'rotation.reached' } as const;
  return { Icon: CheckmarkCircleFilled, colour: 'reached', word: 'rotation.reached' } as const;
}

/** How far the replacement of a certificate has come, and when. */
export function Timeline({ rotation, custody }: { readonly rotation: RotationView; readonly custody: CredentialRow['custody'] }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const title = useId();
  return (
    <>
      <h3 id={title} className={styles.title}>
        {t('rotation.timeline')}
      </h3>
      <ol className={styles.list} aria-labelledby={title} data-timeline>
        {shownStates(rotation, custody).map((state) => {
          const at = rotation.timeline.find((step) => step.state === state)?.at ?? null;
          const { Icon, colour, word } = markOf(state, at !== null);
          return (
            <li key={state} className={styles.step} data-rotation-state={state} data-reached={at !== null}>
              <span className={mergeClasses(styles.icon, colour && styles[colour])}>
                <Icon aria-label={t(word)} />
              </span>
              <span className={styles.name}>{t(names[state])}</span>
              <span className={styles.when}>{at === null ? '–' : dateTime(at)}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
