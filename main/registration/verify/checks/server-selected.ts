import type { ServerRule } from '../check-rule.ts';
import { failed, passed } from '../verdict.ts';
import { ofHeld, untestable } from './server-word.ts';

/** G9: directory services use this credential. Archiving alone needs none. */
export const serverSelected: ServerRule = {
  sheet: 'selected',
  applies: ({ redirectUri }, linked) => linked === true && redirectUri !== null,
  validate: ofHeld((held, { word: { directory }, server }) => {
    if ('fault' in directory) return untestable(directory.fault);
    const { credentialId, type } = directory.value;
    if (credentialId === null) return failed('check.server-selected.other-type', { server, name: held.name, type });
    return credentialId === held.id
      ? passed('check.server-selected.passed', { server, name: held.name })
      : failed('check.server-selected.other', { server, name: held.name });
  }),
};
