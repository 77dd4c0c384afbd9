import { expect, it } from 'vitest';
import { stepsAfterCertificate, stepsFor } from '../../../renderer/features/setup/sheet-steps.ts';
import { row } from '../../e2e/renderer/fake-bridge.ts';
import { serverViewsIn } from '../../host/server-views.ts';

const server = serverViewsIn('en').find(({ id }) => id === 'mailstore-server');
if (server === undefined) throw new Error('no such server');
const stepsOf = (profile: string) => stepsFor(server, { credential: { ...row, profile }, proof: null }).map(({ id }) => id);

it('a step that is for one permission profile stands in the sheet of its credentials alone', () => {
  expect(stepsOf('mailstore-graph')).toContain('graph');
  expect(stepsOf('mailstore-guide')).not.toContain('graph');
  expect(stepsOf('mailstore-graph').filter((id) => id !== 'graph')).toEqual(stepsOf('mailstore-guide'));
});

it('a new certificate asks for no such step again', () => {
  expect(stepsAfterCertificate(server).join(' ')).not.toContain('Microsoft Graph');
});
