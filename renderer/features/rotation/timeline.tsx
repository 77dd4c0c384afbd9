import type { CredentialRow, RotationView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { Timeline } from '../../run/index.ts';

type State = RotationView['timeline'][number]['state'];

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
export function RotationTimeline({ rotation, custody }: { readonly rotation: RotationView; readonly custody: CredentialRow['custody'] }) {
  const { t } = useTexts();
  const steps = shownStates(rotation, custody).map((state) => ({
    state,
    name: t(names[state]),
    at: rotation.timeline.find((step) => step.state === state)?.at ?? null,
    // It ends with the step after it.
    mark: state === 'removing' ? ('waiting' as const) : state === 'rolled-back' ? ('undone' as const) : ('done' as const),
  }));
  return <Timeline title={t('rotation.timeline')} steps={steps} />;
}
