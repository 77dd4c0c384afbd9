import type { Scene } from './scene.ts';
import { exportedKey, otherCertificates } from './server.ts';
import { perform, type VerbInput, type VerbName } from './verbs.ts';

/** One verb with what comes before it; whatever happens in the middle of it, nothing may be lost. */
export interface Flow {
  /** False: the first connect is what is interrupted. */
  readonly connected?: false;
  /** Its administrator wants the registration gone, whoever uses it. */
  readonly deletes?: true;
  readonly prepare: (scene: Scene) => Promise<void>;
  readonly verb: VerbName;
  readonly input?: (scene: Scene) => Promise<VerbInput>;
}

/** What must work in a preparation. @throws Error where it does not */
async function done(scene: Scene, verb: VerbName, input: VerbInput = {}): Promise<void> {
  const { fault, bug } = await perform(scene.main, verb, input);
  if (fault !== null) throw new Error(`${verb}: ${bug ?? fault}`);
}

/** The server gets what is current, and its administrator says so where `says`. */
export async function served(scene: Scene, says = false): Promise<void> {
  const { exported = '', fault, bug } = await perform(scene.main, 'export');
  if (fault !== null || !(await scene.server.take(exportedKey(exported))))
    throw new Error(`the server cannot be served: ${bug ?? fault ?? ''}`);
  if (says) await done(scene, 'handover', { thumbprint: scene.server.held()?.thumbprint ?? '' });
}

/** Rotated, and the server has the new key: the old one may go. */
async function handedOver(scene: Scene): Promise<void> {
  await served(scene);
  await done(scene, 'rotate unattended');
  await served(scene, true);
}

const serverMade = async (index: number) => (await otherCertificates(11)).at(index);

export const flows: Readonly<Record<string, Flow>> = {
  connect: { connected: false, prepare: () => Promise.resolve(), verb: 'connect' },
  'rotate unattended': { prepare: served, verb: 'rotate unattended' },
  'rotate attended': { prepare: served, verb: 'rotate attended' },
  'remove unattended': { prepare: handedOver, verb: 'rotate at night' },
  'remove attended': { prepare: handedOver, verb: 'rotate attended' },
  repair: {
    prepare: async (scene) => {
      await served(scene);
      const application = scene.tenant().applications.find(({ displayName }) => displayName === 'MailStore Server');
      if (application?.web == null) throw new Error('no application');
      // What somebody has undone: our URI, our tokens, our roles.
      application.web.redirectUris = (application.web.redirectUris ?? []).filter((uri) => uri.startsWith('https://other-'));
      application.web.implicitGrantSettings = { enableIdTokenIssuance: false };
      scene.tenant().appRoleAssignments = scene
        .tenant()
        .appRoleAssignments.filter(({ createdDateTime }) => createdDateTime.startsWith('2024'));
    },
    verb: 'repair',
  },
  'roll back': {
    prepare: async (scene) => {
      await served(scene);
      await done(scene, 'rotate unattended');
    },
    verb: 'roll back',
  },
  'connect external': { prepare: served, verb: 'connect external', input: async () => ({ pem: (await serverMade(3))?.cer ?? '' }) },
  'import and repair': {
    prepare: async (scene) => {
      await served(scene);
      await done(scene, 'import', { pem: (await serverMade(4))?.pem ?? '' });
    },
    verb: 'repair',
  },
  'delete registration': {
    deletes: true,
    prepare: (scene) => {
      for (const kind of ['key', 'symmetric key'] as const) scene.others.takeAway(kind);
      return Promise.resolve();
    },
    verb: 'delete registration',
  },
  restore: {
    prepare: async (scene) => {
      for (const kind of ['key', 'symmetric key'] as const) scene.others.takeAway(kind);
      await done(scene, 'delete registration');
    },
    verb: 'restore',
  },
};
