import type { MigrationView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { Timeline } from '../../run/index.ts';

type State = MigrationView['timeline'][number]['state'];

const names: Readonly<Record<State, TextKey>> = {
  begun: 'move.state.begun',
  granted: 'move.state.granted',
  proven: 'move.state.proven',
  'handed-over': 'move.state.handed-over',
  'ews-removed': 'move.state.ews-removed',
  'rolled-back': 'move.state.rolled-back',
};

/** The proof is on request: it is shown once it is there. */
function shownStates(timeline: MigrationView['timeline']): State[] {
  const reached = timeline.map(({ state }) => state);
  if (reached.includes('rolled-back')) return reached;
  return (['begun', 'granted', 'proven', 'handed-over', 'ews-removed'] as const).filter(
    (state) => state !== 'proven' || reached.includes('proven'),
  );
}

/** How far the way from EWS has come, and when. */
export function MigrationTimeline({ migration: { timeline } }: { readonly migration: MigrationView }) {
  const { t } = useTexts();
  const steps = shownStates(timeline).map((state) => ({
    state,
    name: t(names[state]),
    at: timeline.find((step) => step.state === state)?.at ?? null,
    mark: state === 'rolled-back' ? ('undone' as const) : ('done' as const),
  }));
  return timeline.length === 0 ? null : <Timeline title={t('move.timeline')} steps={steps} />;
}
