import type { CredentialRecord } from '../../credential/index.ts';
import type { Engine } from '../engine.ts';

/**
 * Records that a step in the server is done by somebody's word, or takes that back. What was seen there stands until it is seen
 * otherwise: a word neither replaces nor removes it.
 *
 * @param step id of the step in the description of the server software
 * @throws Fault('input.credential.unknown')
 */
export function markStep(engine: Engine, idOrName: string, step: string, done: boolean): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  return engine.store.change(id, ({ sheet }) => {
    if (sheet[step]?.by === 'evidence' || step in sheet === done) return null;
    const { [step]: _before, ...others } = sheet;
    return { sheet: done ? { ...others, [step]: { by: 'person', at: engine.clock.now().toISOString() } } : others };
  });
}
