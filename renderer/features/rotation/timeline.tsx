import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUndoFilled, CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import type { CredentialRow, RotationView } from '../../../preload/contract.ts';
import { useTexts, type TextKey } from '../../app/texts.tsx';

type State = RotationView['timeline'][number]['state'];

const useStyles = makeStyles({
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

/** How far the replacement of a certificate has come, and when. */
export function Timeline({ rotation, custody }: { readonly rotation: RotationView; readonly custody: CredentialRow['custody'] }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={t('rotation.timeline')} data-timeline>
      {shownStates(rotation, custody).map((state) => {
        const at = rotation.timeline.find((step) => step.state === state)?.at ?? null;
        const Icon = at === null ? CircleRegular : state === 'rolled-back' ? ArrowUndoFilled : CheckmarkCircleFilled;
        return (
          <li key={state} className={styles.step} data-rotation-state={state} data-reached={at !== null}>
            <span className={mergeClasses(styles.icon, at !== null && state !== 'rolled-back' && styles.reached)}>
              <Icon aria-label={t(at === null ? 'rotation.open' : 'rotation.reached')} />
            </span>
            <span className={styles.name}>{t(names[state])}</span>
            <span className={styles.when}>{at === null ? '–' : dateTime(at)}</span>
          </li>
        );
      })}
    </ol>
  );
}
