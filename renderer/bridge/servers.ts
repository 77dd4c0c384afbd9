import type { AppFacts } from '../../preload/contract.ts';
import { useFacts } from './facts.ts';
import { useTexts } from './texts.tsx';
import type { Texts } from './translate.ts';

export type Server = AppFacts['servers'][number];
export type SheetStep = Server['sheet'][number];

/** What stands for a server software that this version does not describe: what holds for every one. */
export function undescribed(id: string, { t }: Pick<Texts, 't'>): Server {
  const values: Extract<SheetStep, { text: string }>['values'] = ['name', 'client-id', 'tenant-id', 'redirect-uri'];
  const plain = { place: '', warning: '', check: null, link: null, userSignIn: false, profiles: [] };
  return {
    id,
    name: id,
    userSignIn: true,
    instances: false,
    port: '',
    certificate: 'either',
    custody: { server: t('custody.answer.server'), external: t('custody.answer.external'), keyring: t('custody.answer.keyring') },
    signInPlace: '',
    application: '',
    renewal: [t('server.renewal.create'), t('server.renewal.download')],
    freePermissions: false,
    asked: false,
    profiles: [],
    sheet: [
      { id: 'ids', text: t('sheet.gone.ids'), values, ...plain },
      {
        id: 'certificate',
        part: 'certificate',
        keyring: t('setup.sheet.certificate.keyring'),
        external: t('setup.sheet.certificate.external'),
        waiting: t('setup.sheet.certificate.waiting'),
        instead: t('setup.sheet.certificate.keyring-other'),
      },
      { id: 'test', text: t('sheet.gone.test'), values: [], ...plain },
    ],
  };
}

/** The server software of this id. */
export function useServer(id: string): Server {
  const { servers } = useFacts();
  const texts = useTexts();
  return servers.find((server) => server.id === id) ?? undescribed(id, texts);
}
